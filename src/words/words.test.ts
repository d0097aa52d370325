/** Every word that is said is needed: a key that nobody reads fails, as a missing one does (`zh.ts` is typed by the English). */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { en } from './en'
import { later } from './en-later'
import { zh } from './zh'

const src = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
const textOf = (file: string): string => readFileSync(join(src, file), 'utf8')
const all = new Map(files.map((file) => [file, textOf(file)]))

/** Read as a property, named in quotes where the key is chosen at run time, or made of a beginning such as `step` and a word. */
const reads = (text: string, key: string): boolean =>
  new RegExp(`\\.${key}\\b|['"\`]${key}['"\`]`).test(text) ||
  [...text.matchAll(/\bwords\[\s*`(\w+)\$\{/g)].some(([, beginning = '']) => key.startsWith(beginning))

test('every word of the shell is read by somebody', () => {
  const texts = [...all].filter(([file]) => !file.startsWith('words/')).map(([, text]) => text)
  const unread = Object.keys({ ...en, ...later }).filter((key) => !texts.some((text) => reads(text, key)))
  expect(unread).toEqual([])
})

test('both languages have the same keys', () => {
  expect(Object.keys(zh).toSorted()).toEqual(Object.keys({ ...en, ...later }).toSorted())
})

const own = files.filter((file) => /(^|[-/])words\.ts$/.test(file) && /export const words = \{/.test(all.get(file) ?? ''))

test.each(own)('every word of %s is read by somebody', (file) => {
  const [, body = ''] = /export const words = \{\n([\s\S]*?)\n\}/.exec(all.get(file) ?? '') ?? []
  const keys = [...body.matchAll(/^ {2}(\w+):/gm)].map(([, key]) => String(key))
  expect(keys.length).toBeGreaterThan(0)
  const room = file.split('/')[0] ?? ''
  const texts = [...all].filter(([other]) => other !== file && other.startsWith(room)).map(([, text]) => text)
  expect(keys.filter((key) => !texts.some((text) => reads(text, key)))).toEqual([])
})
