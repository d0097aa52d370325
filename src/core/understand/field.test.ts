/**
 * What people wrote, each text with its right value: how it is drawn, judged, foretold and traced, and what an edit of its picture must leave
 * (e2e/mesh/field/texts). Edits that are not right yet are named as such, each with what it must come to.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { leaves, requestAlong } from '../../testing/along'
import { schemas } from '../../testing/schemas'
import { foretell } from '../analyze/analyze'
import { lint } from '../check/lint'
import { clusterName } from '../istio/cluster-ref'
import type { Design } from '../model/design'
import { isWireHop } from '../model/design'
import { remove, setTls } from '../model/edit'
import { placed } from '../model/layout'
import { readNotation, writeNotation } from '../model/notation'
import { pathsOf } from '../model/path'
import { draw } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { writtenBack } from '../picture/write-back'
import { read } from '../read/read'
import { shape } from '../schema/schema'
import { trace } from '../trace/trace'
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

/** What the picture is asked to do, and what must be left of the text. */
interface Edit {
  edit: (design: Design) => Design
  /** What the text says still, or says now. */
  says: readonly RegExp[]
  /** A sentence in place of a new text is right as well. */
  mayRefuse?: true
  /** Why it is not right yet; one that is leaves the list. */
  notYet?: string
}

const outside =
  (mode: 'SIMPLE', isThrough = false) =>
  (design: Design): Design =>
    pathsOf(design)
      .filter((path) => (path.gateway !== null) === isThrough)
      .slice(0, 1)
      .reduce((now, path) => setTls(now, path.outside.hop, mode), design)
const add =
  (line: string) =>
  (design: Design): Design =>
    placed(readNotation(line, design).design)
const meshHops = (design: Design) => design.hops.filter(isWireHop).filter(({ to }) => to.startsWith('gateway:'))

const edits: Record<string, Edit> = {
  'add-host-own-subset': {
    edit: add('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> added.example.org SIMPLE'),
    says: [/- name: mine/],
    mayRefuse: true,
    notYet: 'the own subset of the gateway’s rule is lost, and the rule moves to another namespace',
  },
  'direct-simple-without-443': {
    edit: outside('SIMPLE'),
    says: [/443/],
    notYet: 'the form of v1alpha3 always lists port 443, so that nothing is added where the text does not',
  },
  'document-end-markers': { edit: (design) => remove(design, ['host:one.example.com']), says: [/kind: ConfigMap/] },
  'gateway-api-add-flow': {
    edit: add('sleep HTTP -> default/one-egress-gateway-istio ISTIO_MUTUAL -> added.example.org SIMPLE'),
    says: [/gatewayClassName: istio/],
    mayRefuse: true,
    notYet: 'a classic Gateway is added that selects no pod',
  },
  'mesh-hop-without-subset': {
    edit: (design) => meshHops(design).reduce((now, { id }) => setTls(now, id, 'ISTIO_MUTUAL'), design),
    says: [/mode: ISTIO_MUTUAL/, /subset: /],
    notYet: 'refused, as subsets are not named as ours',
  },
  'ports-doubled': { edit: outside('SIMPLE', true), says: [/number: 9090/], notYet: 'refused' },
  'simple-renames-port': { edit: outside('SIMPLE'), says: [/name: web/, /web: 15443/], notYet: 'the port is renamed, its endpoint is not' },
  'timeout-lost': { edit: outside('SIMPLE'), says: [/timeout: 3s/], notYet: 'the timeout is lost, and port 443 is not added' },
}

/** What is wrong with the text that an edit makes: it is refused somewhere, says less than it should, or a drawn path does not arrive as drawn. */
function wrongWith(name: string, { edit, says, mayRefuse }: Edit): string[] {
  const text = textOf(name)
  const { design } = understood(text)
  const after = edit(design)
  const result = writtenBack(text, design, after)
  if ('refused' in result) return mayRefuse ? [] : [result.refused.en]
  const { documents, findings } = parse(result.text)
  const mesh = read(documents)
  const around = surroundingsOf(after, mesh)
  const errors = [...findings, ...shape(documents, schemas), ...lint({ documents, mesh, around })].filter(({ level }) => level === 'error')
  return [
    ...errors.map(({ says: said }) => said.en),
    ...says.filter((each) => !each.test(result.text)).map((each) => `no ${each}`),
    ...pathsOf(after).flatMap((path) => leaves(path, trace(mesh, around, requestAlong(path)))),
  ]
}

test.each(Object.entries(edits))('an edit of %s', (name, edit) => {
  const wrong = wrongWith(name, edit)
  if (edit.notYet) expect(wrong).not.toEqual([])
  else expect(wrong).toEqual([])
})
