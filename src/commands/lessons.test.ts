import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../command-line'
import { lessons } from '../lessons/catalog'
import type { Input } from './kind'

const guide = readFileSync(new URL('../lessons/README.md', import.meta.url), 'utf8')
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []

const files: Record<string, string> = {
  'good.yaml': example,
  'wrong.yaml': example.replace('ends: {gateway: any, arrives: true}', 'ends: {gatewy: any}'),
  'done.yaml': example.replace('sleep HTTP -> httpbin.org DISABLE', 'sleep HTTP -> istio-egressgateway DISABLE -> httpbin.org DISABLE'),
  'unmet.yaml': example.replace('istio-egressgateway DISABLE -> httpbin.org DISABLE', 'httpbin.org DISABLE'),
  'nothing.yaml': example.replace(/ {4}show:[\s\S]*? {4}after:/, '    after:'),
  'such.yaml': example.replace(
    '        says: Plaintext arrives',
    "        such: {flows: 'sleep HTTP -> httpbin.org DISABLE'}\n        says: Plaintext arrives",
  ),
}
const input: Input = {
  read: (file) => (files[file] === undefined ? { problem: `${file} cannot be read: no such file` } : { text: files[file] }),
}

const cases: [string, string[], number, { out?: RegExp; err?: RegExp }][] = [
  ['a lesson that keeps the laws', ['check', 'good.yaml'], 0, { out: /^$/, err: /^$/ }],
  ['a misspelled goal', ['check', 'wrong.yaml'], 1, { out: /^wrong\.yaml: steps\.0\.goals\.0\.is.*gatewy/ }],
  ['a step that is done before it begins', ['check', 'done.yaml'], 1, { out: /^done\.yaml: steps\.0\.goals: All goals hold already/ }],
  ['Show me that misses its goal', ['check', 'unmet.yaml'], 1, { out: /^unmet\.yaml: steps\.0\.goals\.0: Show me does not meet/ }],
  ['Show me that does nothing', ['check', 'nothing.yaml'], 1, { out: /^nothing\.yaml: steps\.0: Neither `show` nor `sends`/ }],
  ['a wrong way that is none', ['check', 'such.yaml'], 1, { out: /^such\.yaml: steps\.0\.wrong\.0: The condition does not hold/ }],
  ['in Chinese', ['check', 'done.yaml', '--lang', 'zh'], 1, { out: /步骤开始时，所有目标都已经达到/ }],
  ['one wrong file of two', ['check', 'good.yaml', 'wrong.yaml'], 1, { out: /^wrong/ }],
  ['no file to check', ['check'], 2, { err: /Name a FILE/ }],
  ['a file that is not there', ['check', 'none.yaml'], 2, { err: /cannot be read/ }],
  ['an unknown verb', ['teach'], 2, { err: /known are check and show/ }],
  ['an unknown language', ['--lang', 'fr'], 2, { err: /en or zh/ }],
  ['an unknown lesson', ['show', 'none'], 2, { err: /No lesson is called none/ }],
  ['two lessons at once', ['show', 'a', 'b'], 2, { err: /Name one lesson/ }],
  ['a file that is no lesson', ['show', 'wrong.yaml'], 1, { out: /^$/, err: /gatewy/ }],
]

test.each(cases)('%s', (_, words, code, { out, err }) => {
  const result = run(['lessons', ...words], input)
  expect(result.code, result.err).toBe(code)
  if (out) expect(result.out).toMatch(out)
  if (err) expect(result.err).toMatch(err)
})

test('the list has each lesson with its steps, for people and as JSON', () => {
  const list = JSON.parse(run(['lessons', '--json'], input).out)
  expect(list.map(({ id }: { id: string }) => id)).toEqual(lessons.map(({ id }) => id))
  for (const { id, title, steps } of lessons) {
    const [en, zh] = [run(['lessons'], input).out, run(['lessons', '--lang', 'zh'], input).out]
    expect(en).toContain(`${id} `)
    expect(en).toContain(title.en)
    for (const step of steps) expect(zh).toContain(step.title.zh)
  }
})

test('findings as JSON', () => {
  const [first] = JSON.parse(run(['lessons', 'check', 'done.yaml', '--json'], input).out)
  expect(first).toMatchObject({ file: 'done.yaml', id: 'ask-through-the-gateway', findings: [{ path: 'steps.0.goals' }] })
})

test.each(lessons.map(({ id }) => id))('%s is printed whole, the answers behind all steps', (id) => {
  const lesson = lessons.find((each) => each.id === id)
  for (const lang of ['en', 'zh'] as const) {
    const { out, code } = run(['lessons', 'show', id, '--lang', lang], input)
    expect(code).toBe(0)
    const [asked = '', answers = ''] = out.split(lang === 'en' ? '\n## Answers\n' : '\n## 答案\n')
    for (const step of lesson?.steps ?? []) {
      for (const part of [asked, answers]) expect(part).toContain(step.title[lang].replaceAll(/[<>[\]]/g, '\\$&'))
      if (step.show?.yaml === undefined) for (const line of step.show?.flows.trim().split('\n') ?? []) expect(answers).toContain(line)
      if (step.sends) expect(answers).toContain(step.sends.url)
    }
  }
})

test('a handout of a file: nothing of it becomes markup or ends a block', () => {
  files['odd.yaml'] = example
    .replace('What was learned.', "'[x](http://a) <b> `<c>` # d'")
    .replace('hint: Add', 'hint: |-\n      # e\n      Add')
  const { out } = run(['lessons', 'show', 'odd.yaml'], input)
  expect(out).toContain('\\[x\\](http://a) \\<b\\> `<c>` # d')
  expect(out).toContain('Hint: \\# e')
  expect(out).toContain('```text\noutbound REGISTRY_ONLY\nsleep HTTP -> istio-egressgateway DISABLE -> httpbin.org DISABLE\n```')
})
