/** What really happened against what the drawn path says. The path alone is asked, never the YAML: a wrong compiler must not agree with itself. */

import { isIP } from '../../src/core/base/ip'
import { clusterNamed } from '../../src/core/istio/cluster-ref'
import { carriesTls, needsClientCertificate, originatesTls, usesIstioCertificates } from '../../src/core/istio/tls-mode'
import { gatewayPortsOf, namespaceOf, serviceHostOf } from '../../src/core/model/design'
import type { Path } from '../../src/core/model/path'
import { podsOf, requestUrl } from './case'
import type { Ask, Subject } from './subject'

/** One line of one proxy's access log (case.go, Hop). */
interface Hop {
  proxy: string
  code: unknown
  flags: string
  failure?: string
  tls: string
  sni: string
  peer: string
  cluster: string
  upstream: string
}

/** case.go, Outcome. */
export interface Outcome {
  case: string
  url: string
  from: string
  /** Milliseconds until all proxies had their first configuration. */
  waited: number
  status: number
  exit: number
  error?: string
  hops: Hop[]
  server?: { host: string; port: number; tls: string; sni: string; clientCert: string; path: string; from: string }
}

/** Sentences about what differs; none if each request ended as its path says. */
export function judge(subject: Subject, outcomes: readonly Outcome[]): string[] {
  if (outcomes.length !== subject.asks.length) return [`${subject.asks.length} requests, but ${outcomes.length} outcomes`]
  const waited = outcomes[0]?.waited ?? 0
  // A proxy gives up on a file or Secret after 15 s; a busy machine takes a few.
  const slow =
    waited > 12_000 ? [`proxies waited ${Math.round(waited / 1000)} s: one was told of a file or Secret that it does not have`] : []
  const wrong = subject.asks.flatMap((ask, index) => {
    const outcome = outcomes[index] as Outcome
    const wrong = ask.path ? differences(subject, ask, ask.path, outcome, index) : leaks(outcome)
    return wrong.length > 0
      ? [`${ask.from} ${ask.url} ${ask.path ? roadOf(ask.path) : 'must be stopped'}`, ...wrong.map((line) => `  ${line}`), ...seen(outcome)]
      : []
  })
  return [...slow, ...wrong]
}

/** A path in a few words, for a person who reads a failure. */
function roadOf({ speaks, dialled, gateway, mesh, host, outside }: Path): string {
  const door = gateway && mesh ? ` -> ${namespaceOf(gateway)}/${gateway.name} ${mesh.tls}${mesh.port ? `:${mesh.port}` : ''}` : ''
  return `${speaks}:${dialled}${door} -> ${host.name} ${outside.tls}:${outside.port} ${JSON.stringify(outside.fields)}`
}

function leaks(outcome: Outcome): string[] {
  const wrong: string[] = []
  if (outcome.server) wrong.push('it reached a server')
  if (![0, 502, 503].includes(outcome.status)) wrong.push(`status ${outcome.status}`)
  return wrong
}

export function differences(subject: Subject, ask: Ask, path: Path, outcome: Outcome, index: number): string[] {
  const wrong: string[] = []
  const want = (what: string, expected: unknown, got: unknown) => {
    if (expected !== got) wrong.push(`${what}: want ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`)
  }
  want('exit', 0, outcome.exit)
  want('status', 200, outcome.status)
  const proxies = [
    `sidecar ${namespaceOf(path.pod)}/${path.pod.name}`,
    ...(path.gateway ? [`gateway ${namespaceOf(path.gateway)}/${path.gateway.name}`] : []),
  ]
  want('proxies', proxies.join(', '), outcome.hops.map((hop) => hop.proxy).join(', '))
  const [first, second] = outcome.hops
  const name = new URL(ask.url).hostname
  if (first) {
    if (path.gateway) intoGateway(path, first, wrong)
    else outOf(path, first, wrong)
  }
  if (second && path.gateway && path.mesh) {
    const mutual = usesIstioCertificates(path.mesh.tls)
    want(
      'peer at the gateway',
      mutual ? `spiffe://cluster.local/ns/${namespaceOf(path.pod)}/sa/${path.pod.fields.serviceAccount || path.pod.name}` : '',
      second.peer,
    )
    want('sni at the gateway', mutual || path.speaks === 'HTTPS' ? path.host.name : '', second.sni)
    want('mesh TLS at the gateway', mutual, second.tls.startsWith('TLS'))
    outOf(path, second, wrong)
  }
  const { server } = outcome
  if (!server) return [...wrong, 'nothing arrived at a server']
  const { outside } = path
  const starts = originatesTls(outside.tls)
  want('port at the server', outside.port, server.port)
  want('TLS at the server', carriesTls(outside.tls), server.tls !== '')
  want('sni at the server', !carriesTls(outside.tls) ? '' : (starts && outside.fields.sni) || name, server.sni)
  want('client certificate', needsClientCertificate(outside.tls) ? 'client.example.com' : '', server.clientCert)
  want('Host', new URL(requestUrl(ask.url, index)).host, server.host)
  want('path', new URL(requestUrl(ask.url, index)).pathname, server.path)
  want('who connected', addressOf(subject, path), server.from)
  return wrong
}

/** `outbound|port|subset|host` of Envoy's cluster. */
const clusterOf = (hop: Hop) => {
  const cluster = clusterNamed(hop.cluster)
  return cluster && 'host' in cluster ? cluster : { port: 0, host: '' }
}

function intoGateway(path: Path, hop: Hop, wrong: string[]): void {
  const gateway = path.gateway as NonNullable<Path['gateway']>
  const { port, host } = clusterOf(hop)
  if (host !== serviceHostOf(gateway)) wrong.push(`the sidecar dials ${hop.cluster}, not ${serviceHostOf(gateway)}`)
  const has = path.mesh?.port !== undefined ? [path.mesh.port] : gatewayPortsOf(gateway).map((each) => each.number)
  if (!has.includes(port)) wrong.push(`the gateway is reached on port ${port}, not on ${has.join(' or ')}`)
}

/** The last proxy dials the host's own cluster, and the port that the outside hop arrives at. */
function outOf(path: Path, hop: Hop, wrong: string[]): void {
  const { port, host } = clusterOf(hop)
  if (host !== path.host.name) wrong.push(`${hop.proxy} dials ${hop.cluster}, not ${path.host.name}`)
  const ports = path.gateway ? [path.outside.port] : [path.outside.port, path.dialled]
  if (!ports.includes(port)) wrong.push(`${hop.proxy} dials ${hop.cluster}, not port ${ports.join(' or ')}`)
  const at = hop.upstream.lastIndexOf(':')
  if (hop.upstream.slice(at + 1) !== String(path.outside.port))
    wrong.push(`${hop.proxy} connects to ${hop.upstream}, not to port ${path.outside.port}`)
  const { endpoints, addresses, resolution } = path.host.fields
  const places = endpoints?.length ? endpoints.filter(isIP) : resolution === 'STATIC' ? (addresses ?? []) : []
  if (places.length > 0 && !places.includes(hop.upstream.slice(0, at)))
    wrong.push(`${hop.proxy} connects to ${hop.upstream}, not to ${places.join(' or ')}`)
}

/** The lab numbers pods with, then without, gateways: the first has 10.44.0.2. */
function addressOf({ design }: Subject, path: Path): string {
  const places = [...podsOf(design), ...design.nodes.filter((node) => node.kind === 'gateway')]
  return `10.44.0.${2 + places.indexOf(path.gateway ?? path.pod)}`
}

const seen = (outcome: Outcome): string[] => [
  `  status ${outcome.status}, exit ${outcome.exit} ${outcome.error ?? ''}`,
  ...outcome.hops.map(
    (hop) =>
      `  ${hop.proxy}: ${hop.code} ${hop.flags} ${hop.failure ?? ''} tls ${hop.tls} sni ${hop.sni} peer ${hop.peer} -> ${hop.cluster} ${hop.upstream}`,
  ),
  ...(outcome.server ? [`  server: ${JSON.stringify(outcome.server)}`] : []),
]
