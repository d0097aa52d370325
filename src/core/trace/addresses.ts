/** Who has an address or a name: pods, Services, hosts outside, as the lab places them (lab `mesh.go`). */

import { compare, own } from '../base/collect'
import { isIP } from '../base/ip'
import { memo } from '../base/memo'
import { namesAbove, serviceHost } from '../istio/host-name'
import type { PushContext } from '../istio/push-context'
import type { PodIP, Service } from '../istio/service-registry'
import type { Outside, Serving, Surroundings } from '../istio/surroundings'

/** What a dialled address leads to. */
export type AddressOwner =
  | { is: 'gateway'; pod: PodIP; port: number }
  | { is: 'pod'; pod: PodIP; port: number }
  | { is: 'server'; name: string; ip: string; port: number; serving: Serving; names: readonly string[]; redirects: boolean }
  | { is: 'nothing'; how: 'refused' | 'unreachable' }

interface Addresses {
  byName: Map<string, string>
  outside: Map<string, { name: string; host: Outside }>
  /** By cluster IP, then by port: where it leads to; null for a port without an endpoint. */
  services: Map<string, Map<number, { ip: string; port: number } | null>>
  pods: Map<string, PodIP>
}

const plainHost: Outside = { ports: { 80: 'plain', 443: 'tls' }, names: [], impostor: false, redirects: false, addresses: [] }

/** All names and addresses that the surroundings hold, and the Services of the YAML. */
const addressesOf = memo(({ around, pods, byHost }: PushContext): Addresses => {
  const all: Addresses = { byName: new Map(), outside: new Map(), services: new Map(), pods: new Map(pods.map((pod) => [pod.ip, pod])) }
  addOutside(all, around)
  const services = [...byHost.values()].flat().filter(({ kubernetes }) => kubernetes)
  for (const service of services) addService(all, service)
  for (const { name, alias } of services) if (alias !== '') addAlias(all, byHost, name, alias)
  return all
})

/** kube-proxy sends each port to an endpoint; of a headless Service DNS knows the endpoints themselves. */
function addService(all: Addresses, { name, address, ports, endpoints, alias }: Service): void {
  const [ip] = address === '' && alias === '' ? endpoints.flatMap((each) => (isIP(each.address) ? [each.address] : [])) : [address]
  if (ip) all.byName.set(name, ip)
  if (address === '') return
  const forwards = ports.map((port) => {
    const endpoint = endpoints.find((each) => own(each.ports, port.name) !== undefined)
    return [port.number, endpoint ? { ip: endpoint.address, port: own(endpoint.ports, port.name) as number } : null] as const
  })
  all.services.set(address, new Map(forwards))
}

/** An ExternalName is a CNAME: of what it names, through others or not. */
function addAlias(all: Addresses, byHost: PushContext['byHost'], name: string, alias: string): void {
  const seen = new Set<string>()
  let at = alias
  for (let next = at; next && !seen.has(next); next = byHost.get(at)?.find((each) => each.kubernetes)?.alias ?? '') {
    seen.add(next)
    at = next
  }
  const ip = all.byName.get(at)
  if (ip !== undefined) all.byName.set(name, ip)
}

function addOutside(all: Addresses, around: Surroundings): void {
  for (const [index, name] of Object.keys(around.hosts).toSorted(compare).entries()) {
    const host = own(around.hosts, name) ?? plainHost
    const addresses = host.addresses.length > 0 ? host.addresses : [addressAt(index)]
    all.byName.set(name, addresses[0] as string)
    for (const address of addresses) all.outside.set(address, { name, host })
  }
}

const addressAt = (index: number): string => `198.51.${100 + Math.floor(index / 250)}.${(index % 250) + 1}`

/** A host that the request names and nobody has is outside, behind all others. */
const newcomer = ({ around }: PushContext): string => addressAt(Object.keys(around.hosts).length)

/** What a newcomer serves: as a wildcard of the surroundings above its name says, else as hosts do. */
const strangerHost = ({ around }: PushContext, asked: string): Outside =>
  namesAbove(asked)
    .map((name) => own(around.hosts, name))
    .find((host) => host !== undefined) ?? plainHost

/** The address that DNS answers; null for a name that nobody has. */
export function resolved(push: PushContext, asked: string, name: string): string | null {
  if (isIP(name)) return name
  const lower = name.toLowerCase()
  const known = addressesOf(push).byName.get(lower)
  const unserved = push.byHost.get(lower)?.some(({ kubernetes }) => kubernetes)
  return known ?? (lower === asked && !unserved ? newcomer(push) : null)
}

/** Who answers at an address and port. */
export function ownerOf(push: PushContext, asked: string, ip: string, port: number): AddressOwner {
  // A container beside the proxy, which no YAML of ours says to be there.
  if (/^127\.|^::1$/.test(ip)) return { is: 'nothing', how: 'refused' }
  const { outside, services, pods, byName } = addressesOf(push)
  const service = services.get(ip)
  if (service) {
    const target = service.get(port)
    return target ? ownerOf(push, asked, target.ip, target.port) : { is: 'nothing', how: 'unreachable' }
  }
  const pod = pods.get(ip)
  if (pod) return atPod(push, pod, port)
  const stranger = !byName.has(asked) && !isIP(asked) && ip === newcomer(push)
  const found = outside.get(ip) ?? (stranger ? { name: asked, host: strangerHost(push, asked) } : undefined)
  if (!found) return { is: 'nothing', how: 'unreachable' }
  const serving = own(found.host.ports, String(port)) ?? 'none'
  if (serving === 'none') return { is: 'nothing', how: 'refused' }
  const names = found.host.impostor ? [impostorName] : [found.name, ...found.host.names]
  return { is: 'server', name: found.name, ip, port, serving, names, redirects: found.host.redirects && port === 80 }
}

const impostorName = 'impostor.example.net'

function atPod({ around }: PushContext, pod: PodIP, port: number): AddressOwner {
  if (pod.kind !== 'server') return { is: pod.kind === 'gateway' ? 'gateway' : 'pod', pod, port }
  const server = around.servers.find(({ namespace, service }) => namespace === pod.pod.namespace && service === pod.pod.name)
  const serving = (server && own(server.ports, String(port))) ?? 'none'
  if (!server || serving === 'none') return { is: 'nothing', how: 'refused' }
  const name = serviceHost(server.service, server.namespace)
  return {
    is: 'server',
    name,
    ip: pod.ip,
    port,
    serving,
    names: server.impostor ? [impostorName] : [name, ...server.names],
    redirects: false,
  }
}
