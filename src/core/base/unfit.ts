/** Why a value of a file is not what its field takes, in a sentence for the person who wrote the file. */
import { both, type Text } from './text'

/** As a validator of shapes tells it: what was expected and found are its own short words, such as `"pod" | "host"`, `Array` or `undefined`. */
export interface Unfit {
  type: string
  expected: string | null
  received: string
  message: string
}

const kinds: Record<string, readonly [en: string, zh: string]> = {
  string: ['text', '文本'],
  number: ['a number', '数字'],
  boolean: ['true or false', 'true 或 false'],
  Array: ['a list', '列表'],
  Object: ['a map of fields', '字段映射'],
  null: ['null', 'null'],
  undefined: ['nothing', '空'],
  NaN: ['no number', '非数字'],
  'lower-case letters, digits and "-"': ['of lower-case letters, digits and "-"', '小写字母、数字和 "-"'],
}
const longest = 40

/** `whole`: what a path of no letters is called. Takes any words of a validator; what is known of none of them is said as it was found. */
export function unfit(path: string, { type, expected, received, message }: Unfit, whole: Text): Text {
  const field = path ? both(path, path) : whole
  const [, least] = /^>=(\d+)$/.exec(expected ?? '') ?? []
  const [, most] = /^<=(\d+)$/.exec(expected ?? '') ?? []
  if (type === 'strict_object' && expected === 'never') return both(`${field.en} is unknown here.`, `${field.zh} 在此未知。`)
  if (received === 'undefined') return both(`${field.en} is missing.`, `缺少 ${field.zh}。`)
  if (least) return both(`${field.en} is too short: at least ${least} is needed.`, `${field.zh} 过短：至少需要 ${least}。`)
  if (most) return both(`${field.en} is too long: at most ${most} is allowed.`, `${field.zh} 过长：最多 ${most}。`)
  const wanted = wantedOf(type === 'custom' || type === 'regex' ? message : (expected ?? message))
  const is = foundOf(received)
  return both(`${field.en} has to be ${wanted.en}; it is ${is.en}.`, `${field.zh} 应为${wanted.zh.trimEnd()}，实为${is.zh.trimEnd()}。`)
}

/** One of several, each in its quotes, or a kind of value. */
function wantedOf(expected: string): Text {
  const choices = expected.replace(/^\(|\)$/g, '').split(' | ')
  if (choices.length > 1 && choices.every((one) => /^"[^"]*"$/.test(one)))
    return both(`one of ${choices.join(', ')}`, ` ${choices.join('、')} 之一`)
  const texts = choices.map(kindOf)
  return both(texts.map(({ en }) => en).join(' or '), texts.map(({ zh }) => zh).join('或'))
}

const kindOf = (word: string): Text => both(...(kinds[word] ?? ([word, ` ${word} `] as const)))

const foundOf = (received: string): Text => kindOf(received.length > longest ? `${received.slice(0, longest)}…` : received)
