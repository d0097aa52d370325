/** How the Chinese of rules and traces is set: a space between Han and Latin letters, full-width punctuation behind Han. */
import { expect, test } from 'vitest'
import { examples } from '../examples'
import { writtenOf } from '../testing/rule-test'
import { lint } from './check/lint'
import { rules } from './check/rules'
import { compile } from './compile/compile'
import { dialects } from './compile/dialects'
import { print, textOf } from './compile/print'
import { mayConnect } from './model/edit'
import { surroundingsOf } from './picture/drawn-surroundings'
import { read } from './read/read'
import { runbookOf } from './runbook/runbook'
import { trace } from './trace/trace'
import { parse } from './yaml/parse'

/** Where Han touches a Latin letter, or an ASCII comma or full stop; code between backticks is a Latin word, whatever it holds. */
const wrong = (zh: string): string[] =>
  [
    ...zh
      .replace(/`[^`]*`/g, 'code')
      .matchAll(/.{0,8}(?:\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}|\p{Script=Han}[,.;:!?](?:\s|$)).{0,8}/gu),
  ].map(([found]) => found)

const saysOf = (yaml: string, around?: Record<string, unknown>): string[] =>
  lint(writtenOf({ yaml, ...(around && { around }) })).flatMap(({ says, fix }) => [says.zh, fix?.says.zh ?? ''])

test.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const said = [rule.title.zh, rule.why.zh, ...rule.bad.flatMap(({ yaml, around }) => saysOf(yaml, around))]
  expect(said.flatMap(wrong)).toEqual([])
})

test('which nodes may be connected', () => {
  const nodes = examples.flatMap(({ design }) => design.nodes.map(({ id }) => [design, id] as const))
  const said = nodes.flatMap(([design, from]) => design.nodes.map(({ id }) => mayConnect(design, from, id)))
  const refusals = said.filter((may) => may !== true)
  expect(refusals.length).toBeGreaterThan(10)
  expect([...new Set(refusals.flatMap(({ zh }) => wrong(zh)))]).toEqual([])
})

test.each(examples.map((example) => [example.id, example] as const))('%s', (_, { title, story, design, requests }) => {
  const dialect = dialects['istio-v1']
  const mesh = read(parse(textOf(print(compile(design, dialect), dialect, { comments: true, lang: 'zh' }))).documents)
  const walks = requests.map(({ from, url }) => trace(mesh, surroundingsOf(design), { from, url, curl: [] }))
  const book = runbookOf(design, dialect, requests).chapters
  const said = [
    title,
    story,
    ...requests.map(({ says }) => says),
    ...walks.flatMap(({ says, steps }) => [says, ...steps.map((step) => step.says)]),
    ...book.flatMap((chapter) => [chapter.title, chapter.says, ...chapter.blocks.map(({ says }) => says)]),
  ]
  expect(said.flatMap(({ zh }) => wrong(zh))).toEqual([])
})
