/** Rules and tracer speak with one voice: what a finding says of a request, its trace says too. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { configurationOf } from '../../../e2e/mesh/agree-case'
import { surroundingsOfCase } from '../istio/surroundings'
import { lintRules } from '../lint'
import { read } from '../read/read'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { parse } from '../yaml/parse'
import { judged } from './judged'
import { lint } from './lint'
import { arrives, endsSo, tracesOf } from './outcome'

const lab = new URL('../../../e2e/mesh/', import.meta.url)

export function inputOf(yaml: string, around: unknown): RuleInput {
  const { documents } = parse(yaml)
  return { documents, mesh: read(documents), around: surroundingsOfCase(around) }
}

/** What findings say of requests, and which of it the traces deny. */
export function voicesOf(of: RuleInput, findings: readonly RuleFinding[]): { told: number; denied: string[] } {
  let told = 0
  const denied = findings.flatMap(({ rule, level, says, foretells }) => {
    if (!foretells) return []
    const traces = tracesOf(of, foretells)
    told += traces.length
    return traces
      .filter((traced) => !foretells.ends.some((end) => endsSo(traced, end)) || (level === 'error' && arrives(traced)))
      .map(({ outcome, failure }) => `${rule} ${says.en} / ${foretells.url} / ${JSON.stringify(outcome)} ${failure}`)
  })
  return { told, denied }
}

const examples = lintRules.flatMap((rule) => rule.bad.map((example) => [`${rule.id} ${example.says}`, rule, example] as const))

describe('a bad example says what its request meets', () => {
  test.each(examples)('%s', (_, rule: Rule, { yaml, around, level }) => {
    const of = inputOf(yaml, around)
    const own = judged(rule, of)
    expect(voicesOf(of, lint(of)).denied).toEqual([])
    // What a rule foretells of its own example is so: the example has no other mistake.
    const foretold = rule.check(of).filter((finding) => finding.foretells && finding.level === (level ?? rule.level))
    expect(foretold.length === 0 || own.some(({ foretells }) => foretells), foretold.map(({ says }) => says.en).join()).toBe(true)
  })
})

interface Case {
  yaml?: string
  manifests?: string[]
}

const plays = ['cases/', 'corpus/', 'kept/', 'field/'].flatMap((folder) =>
  readdirSync(new URL(folder, lab))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [folder + file, folder] as const),
)

/** What only a trace can know: a status, a flag of Envoy, where a request leaves. */
const outcomes = /\b(?!443\b)[45]\d\d\b|\b(NC|NR|UH|UF|URX|UC|DC)\b|PassthroughCluster|BlackHoleCluster|\breset\b|Secret is not supplied/

test.each(examples)('what is said without a foretelling says no outcome: %s', (_, rule: Rule, { yaml, around }) => {
  const said = rule.check(inputOf(yaml, around)).filter(({ foretells }) => !foretells)
  expect(said.map(({ says }) => says.en).filter((sentence) => outcomes.test(sentence))).toEqual([])
})

describe('a recorded play', () => {
  test.each(plays)('%s', (file, folder) => {
    const of = (parse(readFileSync(new URL(file, lab), 'utf8')).documents[0]?.object ?? {}) as Case
    const yaml = [of.yaml ?? '', ...(of.manifests ?? []).map((name) => readFileSync(new URL(folder + name, lab), 'utf8'))].join('\n---\n')
    const input = inputOf(yaml, of)
    expect(voicesOf(input, lint(input)).denied).toEqual([])
  })
})

/** Working configurations with one to three random mistakes, as `npm run agree` plays them with real proxies. */
test('random broken configurations', { timeout: 120_000 }, async ({ annotate }) => {
  const first = Math.floor(Math.random() * 1_000_000)
  await annotate(`seeds from ${first}`)
  const voices = Array.from({ length: 120 }, (_, index) => {
    const { says, objects, around, requests, seed } = configurationOf(first + index, fileURLToPath(lab))
    const of = inputOf(objects.map((object) => dump(object, { noRefs: true })).join('---\n'), { ...around, requests })
    const { told, denied } = voicesOf(of, lint(of))
    return { told, denied: denied.map((each) => `${seed}: ${says.join(' | ')}: ${each}`) }
  })
  expect(voices.flatMap(({ denied }) => denied)).toEqual([])
  expect(voices.reduce((sum, { told }) => sum + told, 0)).toBeGreaterThan(30)
})
