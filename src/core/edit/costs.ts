/**
 * What an edit of the picture costs a person's text beyond what it says: settings that go, requests that no longer arrive, objects that Istio
 * refuses. An edit that costs nothing is made; one that does is asked about first.
 */
import { isMap } from '../base/loose'
import { saidIn } from '../base/said'
import { both, type Text } from '../base/text'
import { judge } from '../check/judged'
import { isServiceHost, isWildcarded } from '../istio/host-name'
import { emptyMesh, type Mesh } from '../istio/mesh'
import { labSurroundings, type Surroundings } from '../istio/surroundings'
import { carriesTls, originatesTls } from '../istio/tls-mode'
import { type Design, serviceHostOf } from '../model/design'
import { type Path, pathsOf } from '../model/path'
import { callOf, surroundingsOf } from '../picture/drawn-surroundings'
import { type Schemas, shape } from '../schema/schema'
import { decidedOutside, type FailureName } from '../trace/failures'
import type { Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import { webhookRules } from '../webhook'
import type { Document } from '../yaml/document'
import { goneOf, nameOf } from './gone'
import { partingOf } from './parting'

/** What requests go by: the objects of a text, and what its picture has around them. */
export interface Roads {
  mesh: Mesh
  around: Surroundings
}

export const roadsOf = (mesh: Mesh, picture: Design): Roads => ({ mesh, around: surroundingsOf(picture, mesh) })

/** A text and its picture, before and after an edit. */
export interface Edited {
  /** The text, with hosts renamed as the edit says. */
  was: readonly Document[]
  is: readonly Document[]
  before: Design
  after: Design
  /** The text as it was before any renaming: its picture, and what requests go by in it. */
  old: { documents: readonly Document[]; picture: Design; roads: Roads }
  /** What requests go by after the edit. */
  now: Roads
  schemas: Schemas | null
  /** Key paths that the picture writes, by kind: all others are the person's own. */
  ours: ReadonlySet<string>
}

/** Each cost as a sentence; none where the edit changes what it says and nothing else. */
export const costsOf = (edited: Edited): Text[] => [
  ...lostSettings(edited),
  ...moves(edited),
  ...refusals(edited),
  ...brokenRequests(edited),
  ...fruitless(edited),
]

/** An object that goes while another comes for the same host: applied over a cluster, both would be there. */
function moves({ was, is }: Edited): Text[] {
  const purposeOf = ({ kind, object }: Document) => `${kind} ${JSON.stringify(hostsOf(object))}`
  const come = new Map(goneOf(is, was).map((document) => [purposeOf(document), document]))
  return goneOf(was, is).flatMap((document) => {
    const other = come.get(purposeOf(document))
    if (!other || hostsOf(document.object).length === 0) return []
    const [old, now] = [nameOf(document), nameOf(other)]
    return [both(`${old} would be replaced by ${now}; delete the old one in the cluster.`, `${old} 会被 ${now} 取代；请在集群中删除旧的。`)]
  })
}

/** The hosts that an object is for. */
export function hostsOf(object: unknown): string[] {
  const spec = isMap(object) && isMap(object.spec) ? object.spec : {}
  return [spec.host, ...(Array.isArray(spec.hosts) ? spec.hosts : [])].filter((host): host is string => typeof host === 'string')
}

/** Settings that the picture does not know. What an edit removes takes its own settings along. */
function lostSettings({ was, is, before, after, ours }: Edited): Text[] {
  const now = new Map(is.map((document) => [nameOf(document), document]))
  const left = new Set([...after.nodes, ...after.hops].map(({ id }) => id))
  const removes = [...before.nodes, ...before.hops].some(({ id }) => !left.has(id))
  return was.flatMap((document) => {
    const then = now.get(nameOf(document))
    if (then?.object === document.object || (removes && !then)) return []
    const lost = lostOf(document, then).filter(([path]) => !ours.has(`${document.kind} ${path}`) && !(removes && path.includes('[].')))
    const list = lost.slice(0, mostTold).map(([path, value]) => `${path.replace(/^spec\./, '').replaceAll('[]', '')}: ${String(value)}`)
    const rest = lost.length - list.length
    const [more, others] = rest > 0 ? [`, and ${rest} more`, `，以及另外 ${rest} 项`] : ['', '']
    return lost.length === 0
      ? []
      : [
          both(
            `${nameOf(document)} would lose what you set: ${list.join(', ')}${more}.`,
            `${nameOf(document)} 会失去你的设置：${list.join('、')}${others}。`,
          ),
        ]
  })
}

const mostTold = 5

/** What a document says and the one after it does not. */
function lostOf(document: Document, then: Document | undefined): [path: string, value: unknown][] {
  const left = [...saidIn(then?.object)].map(([path, value]) => `${path} ${JSON.stringify(value)}`)
  return [...saidIn(document.object)].filter(([path, value]) => {
    const index = left.indexOf(`${path} ${JSON.stringify(value)}`)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

const refusing = webhookRules.filter(({ level }) => level === 'error')
const alone = (document: Document) => ({ documents: [document], mesh: emptyMesh, around: labSurroundings })

/** What the API server or Istio's webhook would refuse of the documents that changed, and did not before. */
function refusals({ was, is, schemas }: Edited): Text[] {
  const old = new Map(was.map((document) => [nameOf(document), document]))
  const errorsOf = (document: Document) =>
    [...(schemas ? shape([document], schemas) : []), ...refusing.flatMap((rule) => judge(rule, alone(document)))].filter(
      ({ level }) => level === 'error',
    )
  return is.flatMap((document) => {
    const then = old.get(nameOf(document))
    if (then?.object === document.object) return []
    const before = new Set(then ? errorsOf(then).map(({ rule }) => rule) : [])
    return errorsOf(document)
      .filter(({ rule }) => !before.has(rule))
      .map(({ says }) => says)
  })
}

const keyOf = (path: Path): string => JSON.stringify([path.pod.id, path.speaks, path.dialled, path.host.id])
/** Whether objects say the path: an app's own TLS to a plain hop is none, and straight to a Service nothing has to be written. */
export const isWritten = ({ speaks, outside, gateway, host }: Path): boolean =>
  (speaks !== 'HTTPS' || carriesTls(outside.tls)) && (gateway !== null || !isServiceHost(host.name) || originatesTls(outside.tls))

/** What of a path the picture shows; one that the edit changes here is meant to change. */
export const roadOf = (path: Path): string =>
  JSON.stringify([path.gateway?.id, path.mesh?.tls, path.mesh?.port, path.outside.tls, path.outside.port, path.outside.fields])

/** Requests that nothing written ended, that the edit leaves as they are drawn, and that would not arrive any more, or go another way. */
function brokenRequests({ was, is, after, old, now }: Edited): Text[] {
  const isTouched = touchedBy([...changedIn(was, is), ...changedIn(is, was)])
  const then = { ...now, around: withServersOf(old.roads.around, now.around) }
  const kept = new Map(pathsOf(after).map((path) => [keyOf(path), path]))
  return pathsOf(old.picture).flatMap((path) => {
    const same = kept.get(keyOf(path))
    if (!same || roadOf(same) !== roadOf(path) || !(isTouched(path) || path.host.name !== same.host.name)) return []
    const ended = sent(old.roads, path)
    if (!isLeftAlone(ended)) return []
    // Where an edit says how a host is reached or called, that is so.
    const isMoved = path.host.fields !== same.host.fields || path.host.name !== same.host.name
    const ends = sent(isMoved ? now : then, same)
    return (isMoved ? !arrives(ended) || arrives(ends) : sameWay(ended, ends)) ? [] : [brokenSays(ended, ends)]
  })
}

/** Whether it arrives, or whatever it meets outside ended it: a text that is right then goes as far. */
const isLeftAlone = (ended: Trace): boolean => arrives(ended) || (!ended.unknown && outside.has(ended.failure ?? ''))

const outside: ReadonlySet<string> = new Set<FailureName>(decidedOutside)

/** Where a request ends by what the edit does not write: policies, servers, names and certificates outside. */
export const otherwise: ReadonlySet<string> = new Set<FailureName>([
  ...decidedOutside,
  'denied',
  'blocked',
  'redirected',
  'no-client-certificate',
])

/** Requests that the edit draws, or draws anew, and that do not arrive with what it writes. */
export function fruitless({ before, after, now }: Pick<Edited, 'before' | 'after' | 'now'>): Text[] {
  const old = new Set(pathsOf(before).map((path) => keyOf(path) + roadOf(path)))
  return pathsOf(after).flatMap((path) => {
    if (old.has(keyOf(path) + roadOf(path)) || !isWritten(path)) return []
    const ends = sent(now, path)
    const { from, url } = ends.request
    if (ends.unknown || otherwise.has(ends.failure ?? '')) return []
    if (!arrives(ends)) return [both(`${from} would not reach ${url}: ${ends.says.en}`, `${from} 无法访问 ${url}：${ends.says.zh}`)]
    const host = sentTo(ends)
    return host === path.host.name
      ? []
      : [both(`${from} would reach ${host} in place of ${url}.`, `${from} 访问 ${url} 时会到达 ${host}。`)]
  })
}

/** The host whose cluster the last proxy took: a port that knows no host takes everybody to the first. */
function sentTo({ outcome }: Trace): string {
  const cluster = outcome.hops.at(-1)?.cluster
  return cluster && 'host' in cluster ? cluster.host : 'PassthroughCluster'
}

const changedIn = (was: readonly Document[], is: readonly Document[]): Document[] => {
  const now = new Set(is.map(({ object }) => object))
  return was.filter(({ object }) => !now.has(object))
}

const ofHosts = new Set(['ServiceEntry', 'VirtualService', 'DestinationRule'])

/** Whose requests these documents may change: rules for one host those of that host, all others anybody's. */
function touchedBy(documents: readonly Document[]): (path: Path) => boolean {
  const hosts = new Set(documents.flatMap(({ object }) => hostsOf(object)))
  const isNarrow = documents.every(({ kind }) => ofHosts.has(kind)) && ![...hosts].some((host) => isWildcarded(host))
  return ({ host, gateway }) => !isNarrow || hosts.has(host.name) || (gateway !== null && hosts.has(serviceHostOf(gateway)))
}

function brokenSays(ended: Trace, ends: Trace): Text {
  const { from, url } = ended.request
  const way = partingOf(ended, ends)
  return arrives(ends) || !arrives(ended)
    ? both(`${from} would reach ${url} in another way: ${way.en}.`, `${from} 会以另一种方式访问 ${url}：${way.zh}。`)
    : both(`${from} would no longer reach ${url}: ${ends.says.en}`, `${from} 将无法再访问 ${url}：${ends.says.zh}`)
}

/** An edit of the picture moves no server outside. */
export const withServersOf = (before: Surroundings, after: Surroundings): Surroundings => ({
  ...after,
  hosts: { ...after.hosts, ...before.hosts },
  servers: [...before.servers, ...after.servers.filter((server) => !before.servers.some(({ service }) => service === server.service))],
  secrets: [...before.secrets, ...after.secrets],
  filesOf: { ...after.filesOf, ...before.filesOf },
})

const sent = ({ mesh, around }: Roads, path: Path): Trace => trace(mesh, around, callOf(path, 'www'))

export const arrives = ({ failure, outcome, unknown }: Trace): boolean => !unknown && failure === null && outcome.exit === 0

/** Through the same clusters as well. */
const sameWay = (a: Trace, b: Trace): boolean => {
  const clusters = ({ outcome }: Trace) => JSON.stringify(outcome.hops.map(({ cluster }) => cluster))
  return sameEnd(a, b) && clusters(a) === clusters(b)
}

/** By the same proxies to the same server in the same way; what their logs call it may be another name. */
export function sameEnd(a: Trace, b: Trace): boolean {
  const told = ({ outcome, failure, unknown }: Trace) =>
    JSON.stringify([
      unknown,
      failure,
      outcome.status,
      outcome.exit,
      outcome.server,
      outcome.hops.map(({ proxy, peer, tls }) => [proxy, peer, tls]),
    ])
  return told(a) === told(b)
}
