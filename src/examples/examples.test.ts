import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compile } from '../core/compile/compile'
import { dialects } from '../core/compile/dialects'
import { plan } from '../core/compile/plan/plan'
import { print, textOf } from '../core/compile/print'
import { subsetOf } from '../core/istio/host-name'
import { check } from '../core/model/check'
import { namespaceOf } from '../core/model/design'
import { pathsOf } from '../core/model/path'
import { examples } from '.'
import { first } from './draw'
import type { Example } from './kind'
import { tlsOriginationMtls } from './tls-origination-mtls'

const golden = join(dirname(fileURLToPath(import.meta.url)), 'golden')

/** Compares with the file; `UPDATE_GOLDEN=1` writes it. */
function expectGolden(name: string, text: string): void {
  const file = join(golden, name)
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(golden, { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file), `${name} is missing: run with UPDATE_GOLDEN=1`).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

/** The path that a request takes, if one is drawn. */
function pathOf(example: Example, from: string, text: string) {
  const url = new URL(text)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const speaks = url.protocol.slice(0, -1).toUpperCase()
  return pathsOf(example.design).find(
    (path) =>
      `${namespaceOf(path.pod)}/${path.pod.name}` === from &&
      path.speaks === speaks &&
      path.dialled === port &&
      subsetOf(url.hostname, path.host.name),
  )
}

test('ids are unique, and name the design', () => {
  expect(new Set(examples.map((example) => example.id)).size).toBe(examples.length)
  for (const example of examples) expect(example.design.name).toBe(example.id)
})

test('the example of a first visit is the example’s own design', () => expect(tlsOriginationMtls.design).toBe(first))

describe.each(examples.map((example) => [example.id, example] as const))('%s', (id, example) => {
  test.each(Object.values(dialects).map((dialect) => [dialect.id, dialect] as const))('is written as before in %s', (_, dialect) => {
    expectGolden(`${id}.${dialect.id}.yaml`, textOf(print(compile(example.design, dialect), dialect, { comments: true, lang: 'en' })))
  })

  test.each([false, true])('has no error and no warning (by route: %s)', (preferRoute) => {
    const findings = [...check(example.design), ...plan(example.design, { preferRoute }).findings]
    expect(findings.filter((finding) => finding.level !== 'info')).toEqual([])
  })

  test('has a story and requests in both languages', () => {
    const texts = [example.title, example.story, ...example.requests.map((request) => request.says)]
    for (const text of texts) {
      expect(text.en).not.toBe('')
      expect(text.zh).toMatch(/\p{Script=Han}/u)
    }
    expect(example.requests.length).toBeGreaterThan(0)
  })

  test.each(example.requests.map((request) => [request.url, request] as const))(
    'its request to %s comes from a pod and goes where it says',
    (url, request) => {
      const pods = example.design.nodes.filter((node) => node.kind === 'pod').map((pod) => `${namespaceOf(pod)}/${pod.name}`)
      expect(pods).toContain(request.from)
      const path = pathOf(example, request.from, url)
      if (request.ends === 'arrives') expect(path).toBeDefined()
      else expect(example.design.nodes.map((node) => node.name)).not.toContain(new URL(url).hostname)
    },
  )
})
