/** What is sound is not blamed, and what is large is judged in time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examples } from '../../examples'
import { anySoundDesign } from '../../testing/any-design'
import { placed } from '../../testing/rule-test'
import { runs } from '../../testing/runs'
import { compile } from '../compile/compile'
import { dialectIds, dialects } from '../compile/dialects'
import type { Dialect } from '../compile/dialects/kind'
import { print, textOf } from '../compile/print'
import { type Design, emptyDesign } from '../model/design'
import { addFlow, type Flow } from '../model/flow'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import type { RuleInput } from '../rules/kind'
import { parse } from '../yaml/parse'
import { inOrder, lint } from './lint'

const each = Object.values(dialects)

function writtenOf(design: Design, dialect: Dialect): RuleInput {
  const { documents } = parse(textOf(print(compile(design, dialect), dialect, { comments: true, lang: 'en' })))
  return { documents, mesh: read(documents), around: surroundingsOf(design) }
}

/** Errors and warnings, as one reads them in a failure. */
const alarms = (of: RuleInput): string[] =>
  lint(of)
    .filter(({ level, at }) => level !== 'info' || !at)
    .map((finding) => `${finding.rule} ${finding.level} ${placed(finding)}: ${finding.says.en}`)

test.each(examples.flatMap((example) => each.map((dialect) => [example.id, dialect.id, example, dialect] as const)))(
  'example %s in %s is not blamed',
  (_, __, example, dialect) => {
    expect(alarms(writtenOf(example.design, dialect))).toEqual([])
  },
)

test('1,000 random sound designs are not blamed', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(anySoundDesign, fc.constantFrom(...dialectIds), (design, id) => {
      expect(alarms(writtenOf(design, dialects[id]))).toEqual([])
    }),
    runs(1000),
  )
})

const dialect = dialects['istio-v1']
const common = { pod: { name: 'sleep' }, gateway: { name: 'istio-egressgateway', tls: 'ISTIO_MUTUAL' } } as const

/** Each host as if a team of its own had written it: objects of the same names, over and over. */
const manyHosts = (count: number): RuleInput => {
  const texts = Array.from({ length: count }, (_, index) => {
    const host = `host-${index}.example.com`
    const flow: Flow =
      index % 2 === 0
        ? { ...common, call: { speaks: 'HTTP' }, host, wire: { tls: 'SIMPLE', fields: {} } }
        : { ...common, call: { speaks: 'HTTPS' }, host, wire: { tls: 'PASSTHROUGH', fields: {} } }
    return textOf(print(compile(addFlow(emptyDesign, flow), dialect), dialect, { comments: false, lang: 'en' }))
  })
  const { documents } = parse(texts.join('---\n'))
  return { documents, mesh: read(documents), around: surroundingsOf(emptyDesign) }
}

test('of 1,000 hosts each is judged as one of 50 is', { timeout: 60_000 }, () => {
  const told = (count: number) => {
    const of = manyHosts(count)
    const byRule = new Map<string, number>()
    for (const { rule } of lint(of)) byRule.set(rule, (byRule.get(rule) ?? 0) + 1)
    return { documents: of.documents.length / count, rules: [...byRule.keys()].toSorted() }
  }
  expect(told(1000)).toEqual(told(50))
})

test('findings come in the order of the text', () => {
  const { documents } = parse('apiVersion: v1\nkind: A\nmetadata: {name: a}\n---\napiVersion: v1\nkind: B\nmetadata: {name: b}\n')
  const [a, b] = documents
  if (!a || !b) throw new Error('two documents')
  const finding = (rule: string, of: typeof a, ...path: (string | number)[]) =>
    ({ rule, level: 'error', by: 'rule', on: null, says: { en: '', zh: '' }, at: { of: of.id, path } }) as const
  const found = [finding('4', b, 'x'), finding('3', b), finding('2', a, 'spec', 10), finding('1', a, 'spec', 9)]
  expect(inOrder({ documents }, found).map(({ rule }) => rule)).toEqual(['1', '2', '3', '4'])
})
