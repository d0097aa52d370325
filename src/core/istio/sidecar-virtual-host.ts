/** Virtual hosts of a sidecar on a port: VirtualServices first, by age, then the hosts themselves (istio/README 7.3; Istio `httproute.go`). */

import { memo } from '../base/memo'
import { isWildcarded, matches, mostSpecific } from './host-name'
import { type HttpRoute, httpRoutes, type VirtualHost } from './http-route'
import type { Proxy } from './proxy'
import type { Service, ServicePort } from './service-registry'
import type { EgressListener } from './sidecar-scope'
import type { VirtualService } from './virtual-service'

const sniffed: readonly ServicePort['protocol'][] = ['HTTP', 'HTTP2', 'GRPC', 'UNSET']

/** By domain: every name under which a virtual host is reached. */
export function sidecarVirtualHosts(proxy: Proxy, port: number): ReadonlyMap<string, VirtualHost> {
  const egress = proxy.scope.egressListeners.find((each) => each.port === null || each.port === port)
  return egress ? built(proxy, egress, port) : new Map<string, VirtualHost>()
}

interface Made {
  routes: readonly HttpRoute[]
  hosts: readonly Service[]
  /** Hosts of a VirtualService that the mesh does not know. */
  names: readonly string[]
  own: VirtualHost['own']
}

function built(proxy: Proxy, egress: EgressListener, port: number): Map<string, VirtualHost> {
  const here = new Map<string, Service>()
  for (const host of egress.hosts) if (host.ports.some(({ number }) => number === port)) here.set(host.name.toLowerCase(), host)
  // On port 80 a VirtualService counts for hosts that nobody knows as well (istio/README 7.1.5).
  const routes = port === 80 ? egress.routes : egress.routes.filter((bound) => coversAny(bound, here))
  const specific = mostSpecificRoutes(egress)
  const made: Made[] = []
  for (const bound of routes) {
    const part = partOf(bound, { proxy, port, here, specific })
    if (part) made.push(part)
  }
  const routed = new Set(made.flatMap(({ hosts }) => hosts.map(({ name }) => name)))
  for (const host of here.values()) {
    const at = host.ports.find(({ number }) => number === port) as ServicePort
    if (routed.has(host.name) || host.alias !== '' || !sniffed.includes(at.protocol)) continue
    made.push({ routes: [], hosts: [host], names: [], own: { host: host.name, port, from: at.from ?? host.from } })
  }
  return domainsOf(made, proxy.pod.namespace)
}

function coversAny(bound: VirtualService, here: ReadonlyMap<string, Service>): boolean {
  return bound.hosts.some((name) => {
    const lower = name.toLowerCase()
    if (here.has(lower)) return true
    if (isWildcarded(lower)) return [...here.keys()].some((host) => matches(lower, host))
    return mostSpecific(lower, here) !== undefined
  })
}

/** The most specific of several wildcards that cover a host has it. */
const mostSpecificRoutes = memo((egress: EgressListener): ((host: string) => VirtualService | undefined) => {
  const names = new Map<string, VirtualService>()
  for (const bound of egress.routes) for (const name of bound.hosts) if (!names.has(name)) names.set(name, bound)
  return (host) => mostSpecific(host, names)
})

interface Around {
  proxy: Proxy
  port: number
  here: ReadonlyMap<string, Service>
  specific: (host: string) => VirtualService | undefined
}

/** What one VirtualService has on the port; nothing where none of its rules counts there. */
function partOf(bound: VirtualService, { proxy, port, here, specific }: Around): Made | null {
  const routes = httpRoutes(bound, proxy, port, 'mesh')
  if (routes.length === 0) return null
  const names: string[] = []
  const hosts: Service[] = []
  for (const name of bound.hosts.map((each) => each.toLowerCase()).filter((each) => !isWildcarded(each))) {
    const host = here.get(name)
    if (host) hosts.push(host)
    else names.push(name)
  }
  for (const name of bound.hosts.map((each) => each.toLowerCase()).filter(isWildcarded)) {
    const covered = bound.api ? [] : [...here].filter(([host]) => matches(host, name))
    hosts.push(...covered.filter(([host]) => specific(host) === bound).map(([, host]) => host))
    if (covered.length === 0) names.push(name)
  }
  // Routes of the Gateway API count for their own namespace's clients, and for hosts of their namespace.
  if (bound.api && !hosts.some((host) => host.namespace === bound.namespace || proxy.pod.namespace === bound.namespace)) return null
  const spoken = hosts.filter((host) => host.ports.some(({ number, protocol }) => number === port && sniffed.includes(protocol)))
  return spoken.length === 0 && port !== 80 ? null : { routes, hosts: spoken, names, own: null }
}

/** Each name once: the first that claims it has it. */
function domainsOf(made: readonly Made[], namespace: string): Map<string, VirtualHost> {
  const domains = new Map<string, VirtualHost>()
  const titles = new Set<string>()
  const full = new Set(made.flatMap(({ hosts }) => hosts.map(({ name }) => name.toLowerCase())))
  const add = (title: string, names: readonly string[], alternatives: readonly string[], host: VirtualHost) => {
    if (titles.has(title)) return
    titles.add(title)
    for (const name of names) if (!domains.has(name)) domains.set(name, host)
    for (const name of alternatives) if (!domains.has(name) && !full.has(name)) domains.set(name, host)
  }
  for (const { routes, hosts, names, own } of made) {
    const host: VirtualHost = { routes, own, redirects: false, from: routes[0]?.bound.from ?? own?.from ?? null }
    for (const name of names) add(name, [name], [], host)
    for (const each of hosts) {
      const names = [each.name, ...each.aliases].map((name) => name.toLowerCase())
      const short = names.flatMap((name) => shortNames(name, namespace))
      add(each.name.toLowerCase(), [...below(each, names), ...addressOf(each)], below(each, short), host)
    }
  }
  return domains
}

/** Pods of a headless Service have names below its own. */
const below = ({ kubernetes, resolution }: Service, names: readonly string[]): string[] =>
  kubernetes && resolution === 'NONE' ? [...names, ...names.map((name) => `*.${name}`)] : [...names]

const addressOf = ({ address }: Service): string[] => (address === '' || address.includes('/') ? [] : [address])

/** Shorter forms of a Service's name that Kubernetes' DNS would complete (GenerateAltVirtualHosts). */
export function shortNames(host: string, namespace: string): string[] {
  const parts = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(host.toLowerCase())
  if (!parts) return [`${host.toLowerCase()}.`]
  const [full, name = '', space = ''] = parts
  const all = [`${full}.`, `${name}.${space}`, `${name}.${space}.svc`]
  return space === namespace ? [...all, name] : all
}
