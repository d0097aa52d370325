/**
 * What people wrote, each text with its right value: how it is drawn, judged, foretold and traced, and what an edit of its picture must leave
 * (e2e/mesh/field/texts). Edits that are not right yet are named as such, each with what it must come to.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { requestAlong } from '../../testing/along'
import { schemas } from '../../testing/schemas'
import { foretell } from '../analyze/analyze'
import { clusterName } from '../istio/cluster-ref'
import type { Design } from '../model/design'
import { writeNotation } from '../model/notation'
import { pathsOf } from '../model/path'
import { draw } from '../picture/draw'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { type Request, understander } from './understanding'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../e2e/mesh/field/texts')
const textOf = (name: string): string => readFileSync(join(folder, `${name}.yaml`), 'utf8')

function understood(text: string) {
  const { documents } = parse(text)
  const drawing = draw(documents, read(documents), null)
  const of = { text, own: true, design: drawing.design, schemas, made: null }
  return { ...drawing, understanding: understander(parse)(of) }
}

/** Lines of the picture that say how apps call. */
const roads = (design: Design): string[] =>
  writeNotation(design)
    .split('\n')
    .filter((line) => /^[^#]*->/.test(line))

/** Requests beside those along the picture. */
const asked: Record<string, readonly Request[]> = {
  'gateway-sends-to-another-host': [{ from: 'default/sleep', url: 'http://one.example.com/' }],
  'trace-other-host': [{ from: 'default/sleep', url: 'http://one.example.com/' }],
  'ga-btp-headless': [{ from: 'default/sleep', url: 'http://www.google.com/' }],
  'ambient-sidecar-style': [{ from: 'istio-egress/sleep', url: 'https://httpbin.org/' }],
  'externalname-443': [{ from: 'default/sleep', url: 'https://other.example.com/' }],
  'svc-443-grpc': [{ from: 'default/sleep', url: 'https://other.example.com/' }],
}

function told(text: string, more: readonly Request[] = []) {
  const { design, notDrawn, understanding } = understood(text)
  const { documents, mesh, around, judged } = understanding
  const sent = [...pathsOf(design).map(requestAlong), ...more].map((request) => {
    const { unknown, outcome } = understanding.trace(request)
    const clusters = outcome.hops.map(({ cluster }) => (cluster ? clusterName(cluster) : '-'))
    return `${request.url} ${unknown ? 'unknown' : `${outcome.status} ${clusters.join(' > ')}`}`
  })
  return {
    roads: roads(design),
    notDrawn: notDrawn.map(({ of, why }) => `${of.kind}/${of.name}: ${why.en}`),
    found: [...judged.schema, ...judged.rules]
      .map(({ rule, at }) => `${rule} ${at?.of.kind}/${at?.of.name}`)
      .filter((each) => !each.startsWith('L17')),
    foretold: foretell({ documents, mesh, around }).map(({ code }) => code),
    sent,
  }
}

type Told = ReturnType<typeof told>
/** Each text's right value. `foretold` is what `lab check` says; what a request does was played, or is what the objects leave no doubt of. */
const right = JSON.parse(readFileSync(join(folder, '../right.json'), 'utf8')) as Record<string, Told>

test('each text has its right value', () => {
  expect(readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''))).toEqual(Object.keys(right).toSorted())
})

test.each(Object.keys(right))('%s', (name) => {
  expect(told(textOf(name), asked[name])).toEqual(right[name])
})
