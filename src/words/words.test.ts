/** Each language says the same words, with the same values in them, and every word is read by somebody. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { first as enFirst } from './en/first'
import { rest as enRest } from './en/rest'
import { first as zhFirst } from './zh/first'
import { rest as zhRest } from './zh/rest'

const languages = { en: { ...enFirst, ...enRest }, zh: { ...zhFirst, ...zhRest } }
const { en } = languages

const src = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
const text = (file: string) => readFileSync(join(src, file), 'utf8')
const texts = files.filter((file) => !file.startsWith('words')).map(text)

/** Each sentence by its path; a counted one is one, whatever its forms. */
function sentences(words: object, path = ''): [path: string, forms: readonly string[]][] {
  return Object.entries(words).flatMap(([key, value]): [string, readonly string[]][] => {
    if (typeof value === 'string') return [[path + key, [value]]]
    return 'other' in value ? [[path + key, Object.values(value as Record<string, string>)]] : sentences(value, `${path}${key}.`)
  })
}

/** Read as a property, named in quotes where the key is chosen at run time, or made of a beginning such as `step` and a word. */
const reads = (source: string, key: string): boolean =>
  new RegExp(`\\.${key}\\b|['"\`]${key}['"\`]`).test(source) ||
  [...source.matchAll(/\bwords\[\s*`(\w+)\$\{/g)].some(([, beginning = '']) => key.startsWith(beginning))

/** Of an area such as the stages of a trace, a word is chosen at run time. */
test('every word is read by somebody, who knows of its area', () => {
  const unread = sentences(en).filter(([path]) => {
    const [key = '', ...areas] = path.split('.').toReversed()
    const chosen = new RegExp(`\\.${areas[0]}\\[`)
    return !texts.some(
      (source) => chosen.test(source) || (reads(source, key) && areas.every((area) => new RegExp(`\\b${area}\\b`).test(source))),
    )
  })
  expect(unread.map(([path]) => path)).toEqual([])
})

describe.each(Object.entries(languages))('in %s', (lang, words) => {
  const own = new Map(sentences(words))

  test('there are the same words', () =>
    expect([...own.keys()].toSorted()).toEqual(
      sentences(en)
        .map(([path]) => path)
        .toSorted(),
    ))

  test('each says the same values', () => {
    const valuesOf = (forms: readonly string[]) => forms.map((form) => [...form.matchAll(/\{\w+\}/g)].map(String).toSorted().join(' '))
    for (const [path, forms] of sentences(en))
      for (const values of valuesOf(own.get(path) ?? [])) expect(values, path).toBe(valuesOf(forms)[0])
  })

  test('a counted sentence has the forms of its language', () => {
    const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions()
    const counted = Object.values(words).flatMap((value) => (typeof value === 'object' ? [value, ...Object.values(value)] : []))
    const forms = counted.filter((value): value is { other: string } => typeof value === 'object' && 'other' in value)
    expect(forms.length).toBeGreaterThan(5)
    for (const value of forms) expect(Object.keys(value).toSorted(), value.other).toEqual(pluralCategories.toSorted())
  })
})

/** Sentences beside their data, which are told in both languages wherever they come from. */
const saysBeside: Record<string, string> = {
  'panels/inspector/DesignForm.tsx': 'fields of the design, as core has those of nodes',
  'panels/inspector/WireForm.tsx': 'a field of a hop',
  'panels/inspector/CallForm.tsx': 'a field of a hop',
  'panels/problems/problem-rows.ts': 'what a row says, as findings do',
  'panels/problems/ProblemItem.tsx': 'what a fix says, as fixes of rules do',
  'panels/runbook/runbook-asked.ts': 'what a request is for, as those of examples say',
  'store/text/following.ts': 'a kind and a name, which are the same in each language',
  'editor/known.ts': 'where a value is known from',
  'editor/snippets.ts': 'what a snippet writes',
}

test('what the shell says is in `words/`: neither a view nor the store writes a sentence in two languages', () => {
  const views = files.filter((file) => /^(panels|canvas|editor|ui|store)\/|^App/.test(file))
  const writes = views.filter((file) => /\b(?:both|same)\b.*from '.*core\/base\/text'/.test(text(file)) || /\bzh: ['"`]/.test(text(file)))
  expect(writes).toEqual(Object.keys(saysBeside).toSorted())
})
