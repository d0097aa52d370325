/** Who has an address or a name: pods, Services, hosts outside, as the lab places them (lab `mesh.go`). */

import { compare, own } from '../base/collect'
import { isIP } from '../base/ip'
import { memo } from '../base/memo'
import { namesAbove, serviceHost } from '../istio/host-name'
import type { PushContext } from '../istio/push-context'
import type { PodIP } from '../istio/service-registry'
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
  services: Map<string, PodIP>
  pods: Map<string, PodIP>
}

const plainHost: Outside = { ports: { 80: 'plain', 443: 'tls' }, names: [], impostor: false, redirects: false, addresses: [] }

/** All names and addresses that the surroundings hold. */
const addressesOf = memo(({ around, pods }: PushContext): Addresses => {
  const all: Addresses = { byName: new Map(), outside: new Map(), services: new Map(), pods: new Map() }
  for (const placed of pods) {
    all.pods.set(placed.ip, placed)
    if (placed.ports.length === 0) continue
    all.services.set(placed.clusterIP, placed)
    all.byName.set(serviceHost(placed.pod.name, placed.pod.namespace), placed.clusterIP)
  }
  addOutside(all, around)
  return all
})

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
  return addressesOf(push).byName.get(name.toLowerCase()) ?? (name.toLowerCase() === asked ? newcomer(push) : null)
}

/** Who answers at an address and port. */
export function ownerOf(push: PushContext, asked: string, ip: string, port: number): AddressOwner {
  // A container beside the proxy, which no YAML of ours says to be there.
  if (/^127\.|^::1$/.test(ip)) return { is: 'nothing', how: 'refused' }
  const { outside, services, pods, byName } = addressesOf(push)
  const service = services.get(ip)
  if (service) {
    const target = service.ports.find(({ number }) => number === port)
    return target ? atPod(push, service, target.targetPort) : { is: 'nothing', how: 'unreachable' }
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
