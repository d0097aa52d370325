/** The sentences about an object that does not fit its schema: what is wrong and what to do. */

import { both, numbered, type Text } from '../base/text'
import type { Path } from '../yaml/document'
import { belongsIn, belongsOut, meant, nearestValue } from './fixes'
import { formats } from './formats'
import { ruleWords } from './rule-words'
import { own, type Trouble } from './walk'

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'null'
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** `spec.ports[0].number`. */
export const pathText = (path: Path): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('') || 'object'

const types: Record<string, readonly [string, string]> = {
  string: ['a text', '文本'],
  integer: ['a whole number', '整数'],
  number: ['a number', '数字'],
  boolean: ['true or false', 'true 或 false'],
  array: ['a list', '列表'],
  object: ['a map', '映射'],
  null: ['nothing', '空值'],
}
const typeWords = (wants: readonly string[], lang: 0 | 1): string =>
  wants.map((type) => types[type]?.[lang] ?? type).join(lang === 0 ? ' or ' : '或')

/** What is written, by its kind: `a text`, `a list`. */
function written(value: unknown, lang: 0 | 1): string {
  if (value === null) return types.null?.[lang] ?? ''
  if (Array.isArray(value)) return types.array?.[lang] ?? ''
  if (typeof value === 'object') return types.object?.[lang] ?? ''
  return lang === 0 ? `${types[typeof value]?.[0]} (${shown(value)})` : `${types[typeof value]?.[1]}（${shown(value)}）`
}

/** The sentence about one trouble, and the name of its rule. */
export function saidOf(trouble: Trouble): { rule: string; says: Text } {
  const field = pathText(trouble.path)
  switch (trouble.is) {
    case 'unknown':
      return { rule: 'S-unknown', says: unknown(trouble) }
    case 'required': {
      const whole = trouble.path.length === 0 ? '' : field
      return {
        rule: 'S-required',
        says: both(
          `\`${trouble.key}\` is missing${whole && ` in \`${whole}\``}: the API server requires it.`,
          `${whole && `\`${whole}\` `}缺少 \`${trouble.key}\`：API server 要求必须有它。`,
        ),
      }
    }
    case 'type':
      return {
        rule: 'S-type',
        says: both(
          `\`${field}\` must be ${typeWords(trouble.wants, 0)}, but ${written(trouble.value, 0)} is written.`,
          `\`${field}\` 应为${typeWords(trouble.wants, 1)}，这里却是${written(trouble.value, 1)}。`,
        ),
      }
    case 'enum':
      return { rule: 'S-enum', says: notAllowed(trouble, field) }
    case 'least':
    case 'most':
    case 'short':
    case 'long':
    case 'few':
    case 'many':
      return { rule: trouble.is === 'least' || trouble.is === 'most' ? 'S-range' : 'S-size', says: limits(trouble, field) }
    default:
      return formSaid(trouble, field)
  }
}

function unknown(trouble: Extract<Trouble, { is: 'unknown' }>): Text {
  const { key, path, schema } = trouble
  const place = path.length > 1 ? pathText(path.slice(0, -1)) : ''
  const en = `There is no field \`${key}\`${place ? ` in \`${place}\`` : ''}: kubectl refuses it, and without its check it is dropped silently.`
  const zh = `${place ? `\`${place}\` ` : ''}没有 \`${key}\` 这个字段：kubectl 会拒绝；不检查时它会被悄悄丢掉。`
  const name = meant(trouble)
  if (name) return both(`${en} Is \`${name}\` meant?`, `${zh}是不是想写 \`${name}\`？`)
  const into = belongsIn(trouble)
  if (into) return both(`${en} It belongs into \`${into}\`.`, `${zh}它应写在 \`${into}\` 里。`)
  if (belongsOut(trouble))
    return both(`${en} It belongs one level further out: look at the indentation.`, `${zh}它应写在外面一层：请检查缩进。`)
  const fields = Object.keys(schema.properties ?? {})
  if (fields.length === 0 || fields.length > 12) return both(en, zh)
  return both(`${en} Allowed: ${fields.join(', ')}.`, `${zh}可用的字段：${fields.join('、')}。`)
}

function notAllowed({ value, schema }: Extract<Trouble, { is: 'enum' }>, field: string): Text {
  const allowed = (schema.enum ?? []).filter((one) => one !== '').map(String)
  const near = nearestValue(value, schema)
  const en = `\`${field}\` cannot be ${shown(value)}. Allowed: ${allowed.join(', ')}.`
  const zh = `\`${field}\` 不能是 ${shown(value)}。可用的值：${allowed.join('、')}。`
  return near === undefined ? both(en, zh) : both(`${en} Is ${String(near)} meant?`, `${zh}是不是想写 ${String(near)}？`)
}

type Limit = Extract<Trouble, { limit: number }>

function limits(trouble: Limit, field: string): Text {
  const { limit } = trouble
  if (trouble.is === 'least')
    return both(
      `\`${field}\` is ${trouble.size}, but must be ${trouble.exclusive ? 'more than' : 'at least'} ${limit}.`,
      `\`${field}\` 是 ${trouble.size}，应${trouble.exclusive ? '大于' : '不小于'} ${limit}。`,
    )
  if (trouble.is === 'most')
    return both(
      `\`${field}\` is ${trouble.size}, but must be ${trouble.exclusive ? 'less than' : 'at most'} ${limit}.`,
      `\`${field}\` 是 ${trouble.size}，应${trouble.exclusive ? '小于' : '不大于'} ${limit}。`,
    )
  if (trouble.is === 'short')
    return limit === 1
      ? both(`\`${field}\` must not be empty.`, `\`${field}\` 不能为空。`)
      : both(`\`${field}\` must have at least ${numbered(limit, 'character')}.`, `\`${field}\` 至少要有 ${limit} 个字符。`)
  if (trouble.is === 'long')
    return both(`\`${field}\` must have at most ${numbered(limit, 'character')}.`, `\`${field}\` 最多 ${limit} 个字符。`)
  if (trouble.is === 'few')
    return both(`\`${field}\` needs at least ${numbered(limit, 'entry', 'entries')}.`, `\`${field}\` 至少要有 ${limit} 项。`)
  return both(
    `\`${field}\` may have at most ${numbered(limit, 'entry', 'entries')}, and has ${trouble.size}.`,
    `\`${field}\` 最多 ${limit} 项，现在有 ${trouble.size} 项。`,
  )
}

type Formal = Extract<Trouble, { is: 'pattern' | 'format' | 'one-of' | 'form' | 'twice' | 'rule' }>

function formSaid(trouble: Formal, field: string): { rule: string; says: Text } {
  if (trouble.is === 'pattern' || trouble.is === 'format') {
    const known = trouble.is === 'format' ? own(formats, trouble.schema.format ?? '')?.says : undefined
    const form = known ?? both(`something like \`${trouble.schema.pattern}\``, `符合 \`${trouble.schema.pattern}\` 的文本`)
    return {
      rule: 'S-pattern',
      says: both(
        `\`${field}\` cannot be ${shown(trouble.value)}: it must be ${form.en}.`,
        `\`${field}\` 不能是 ${shown(trouble.value)}：它应为${form.zh}。`,
      ),
    }
  }
  if (trouble.is === 'one-of')
    return {
      rule: 'S-one-of',
      says: both(
        `Only one of ${trouble.fields.join(', ')} may be in \`${field}\`. Remove the others.`,
        `\`${field}\` 里 ${trouble.fields.join('、')} 只能有一个。请删去其余的。`,
      ),
    }
  if (trouble.is === 'twice') {
    const by = trouble.keys.length > 0 ? trouble.keys.join(', ') : ''
    return {
      rule: 'S-twice',
      says: both(
        `An entry with the same ${by || 'value'} is further up in the list. Each must be unique.`,
        `列表前面已有${by ? ` ${by} 相同的` : '相同的'}一项。每一项必须不同。`,
      ),
    }
  }
  if (trouble.is === 'rule') {
    const words = trouble.zh ? both(trouble.message, trouble.zh) : ruleWords(trouble.message)
    return { rule: 'S-rule', says: both(`\`${field}\`: ${words.en}`, `\`${field}\`：${words.zh}`) }
  }
  return {
    rule: 'S-form',
    says: both(`\`${field}\` has none of the forms that the API server takes.`, `\`${field}\` 不符合 API server 接受的任何一种形式。`),
  }
}
