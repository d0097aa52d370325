/** The tracer against what the lab recorded: every case of e2e/mesh/cases and corpus, every field of every outcome (e2e/mesh/README.md). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { surroundingsOfCase } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { type LabOutcome, labOutcome } from './lab-outcome'
import type { Trace } from './outcome'
import { trace } from './trace'

const lab = join(dirname(fileURLToPath(import.meta.url)), '../../../e2e/mesh')
const recorded = JSON.parse(readFileSync(join(lab, 'outcomes.json'), 'utf8')) as Record<string, LabOutcome[]>

interface Case {
  yaml?: string
  manifests?: string[]
  pods?: { namespace: string; name: string }[]
  requests: { url: string; from?: string; curl?: string[] }[]
}

function tracesOf(folder: string, file: string): Trace[] {
  const of = load(readFileSync(join(lab, folder, file), 'utf8')) as Case
  const texts = [of.yaml ?? '', ...(of.manifests ?? []).map((name) => readFileSync(join(lab, folder, name), 'utf8'))]
  const mesh = read(parse(texts.join('\n---\n')).documents)
  const around = surroundingsOfCase(of)
  const [pod] = around.pods
  return of.requests.map(({ url, from, curl }) =>
    trace(mesh, around, { url, from: from ?? `${pod?.namespace}/${pod?.name}`, curl: curl ?? [] }),
  )
}

const cases = ['cases', 'corpus'].flatMap((folder) =>
  readdirSync(join(lab, folder))
    .filter((file) => file.endsWith('.yaml') && existsSync(join(lab, folder, file)))
    .map((file) => ({ folder, file, name: `${folder}/${basename(file, '.yaml')}` })),
)
const traced = new Map(cases.map(({ folder, file, name }) => [name, tracesOf(folder, file)]))

describe('the tracer tells what real proxies did', () => {
  test.each(cases.map(({ name }) => name))('%s', (name) => {
    const traces = traced.get(name) as Trace[]
    const known = traces.map(({ unknown }) => unknown === null)
    const told = traces.map(({ outcome }) => labOutcome(outcome))
    expect(told.filter((_, at) => known[at])).toEqual(recorded[name]?.filter((_, at) => known[at]))
  })
})

test('every recorded outcome has its request, and the other way round', () => {
  expect(Object.fromEntries([...traced].map(([name, traces]) => [name, traces.length]))).toEqual(
    Object.fromEntries(Object.entries(recorded).map(([name, outcomes]) => [name, outcomes.length])),
  )
})

test('it says “I do not know” of less than two in a hundred', () => {
  const all = [...traced].flatMap(([name, traces]) => traces.map(({ unknown }) => ({ name, unknown })))
  const unknown = all.filter((each) => each.unknown !== null)
  expect(unknown.length / all.length, unknown.map(({ name }) => name).join()).toBeLessThan(0.02)
})

test('every step has both languages and a stage, and a request that does not arrive has a reason', () => {
  for (const [name, traces] of traced) {
    for (const { steps, says, failure, outcome } of traces) {
      for (const step of steps) {
        expect(step.says.en.length * step.says.zh.length, name).toBeGreaterThan(0)
        expect(/[\u4e00-\u9fff]/.test(step.says.zh) && !/[\u4e00-\u9fff]/.test(step.says.en), `${name}: ${step.says.en}`).toBe(true)
      }
      expect(says.en.length * says.zh.length).toBeGreaterThan(0)
      expect(failure === null, `${name}: ${says.en}`).toBe(outcome.server !== null)
      expect(
        steps.every(({ ok }) => ok),
        `${name}: ${says.en}`,
      ).toBe(failure === null)
    }
  }
})
