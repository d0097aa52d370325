/** Every code that a finding can have is explained, in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { failures } from '../trace/failures'
import { rules } from './rules'
import { whyOf } from './why'
import { whyDesign } from './why/design'
import { whySchema } from './why/schema'
import { whyTrace } from './why/trace'
import { whyYaml } from './why/yaml'

const core = new URL('../', import.meta.url)
const sources = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.replaceAll('\\', '/').startsWith('check/why'),
)
const text = sources.map((file) => readFileSync(new URL(file, core), 'utf8')).join('\n')
const codes = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, code]) => String(code)))].toSorted()

const reader = codes(/'(Y-[a-z-]+[a-z])'/g)
const schema = codes(/'(S-[a-z-]+[a-z])'/g)
const drawing = codes(/\bfinding\(\s*'([a-z-]+)'/g)

test('the codes are found', () => {
  expect([reader.length > 25, schema.length > 10, drawing.length > 15, rules.length > 80]).toEqual([true, true, true, true])
})

test.each([
  ['the reader of YAML', reader],
  ['the schemas', schema],
  ['the drawing', drawing],
  ['the trace', Object.keys(failures)],
  ['the rules', rules.map(({ id }) => id)],
] as const)('%s: each code has its reason', (_, list) => {
  expect(list.filter((code) => whyOf(code) === null)).toEqual([])
  for (const code of list) {
    const { title, why, links } = whyOf(code)!
    for (const each of [title, why]) expect(each.en !== '' && each.zh !== '').toBe(true)
    expect(why.zh).not.toBe(why.en)
    expect(links.every((link) => link.startsWith('https://'))).toBe(true)
  }
})

test('nothing is explained that nobody says', () => {
  const said = new Set([...reader, ...schema, ...drawing, ...Object.keys(failures), 'not-drawn'])
  const explained = [whyYaml, whySchema, whyTrace, whyDesign].flatMap((part) => Object.keys(part))
  expect(explained.filter((code) => !said.has(code))).toEqual([])
  expect([whyOf('constructor'), whyOf('__proto__'), whyOf('nothing')]).toEqual([null, null, null])
})
