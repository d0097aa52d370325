/** Virtual hosts of a sidecar on a port: VirtualServices first, by age, then the hosts themselves (istio.md 7.3; Istio `httproute.go`). */

import { isWildcarded as isWild, matches as meets, mostSpecific } from '../istio/host-name'
import type { Proxy } from '../istio/proxy'
import { type PushContext, remembered } from '../istio/push-context'
import type { Service as Host, ServicePort as HostPort } from '../istio/service-registry'
import type { EgressListener as Window } from '../istio/sidecar-scope'
import type { VirtualService as Bound } from '../istio/virtual-service'
import { type HttpRoute, httpRoutes, type VirtualHost } from './route'

const sniffed: readonly HostPort['protocol'][] = ['HTTP', 'HTTP2', 'GRPC', 'UNSET']

/** By domain: every name under which a virtual host is reached. */
export function meshHosts(istiod: PushContext, proxy: Proxy, port: number): ReadonlyMap<string, VirtualHost> {
  return remembered(istiod, `hosts ${proxy.at.ip} ${port}`, () => {
    const window = proxy.sight.windows.find((each) => each.port === null || each.port === port)
    return window ? built(istiod, proxy, window, port) : new Map<string, VirtualHost>()
  })
}

interface Made {
  routes: readonly HttpRoute[]
  hosts: readonly Host[]
  /** Hosts of a VirtualService that the mesh does not know. */
  names: readonly string[]
  own: VirtualHost['own']
}

function built(istiod: PushContext, proxy: Proxy, window: Window, port: number): Map<string, VirtualHost> {
  const here = new Map<string, Host>()
  for (const host of window.hosts) if (host.ports.some(({ number }) => number === port)) here.set(host.name.toLowerCase(), host)
  // On port 80 a VirtualService counts for hosts that nobody knows as well (istio.md 7.1.5).
  const routes = port === 80 ? window.routes : window.routes.filter((bound) => coversAny(bound, here))
  const specific = mostSpecificRoutes(istiod, proxy, window)
  const made: Made[] = []
  for (const bound of routes) {
    const part = partOf(bound, { proxy, port, here, specific })
    if (part) made.push(part)
  }
  const routed = new Set(made.flatMap(({ hosts }) => hosts.map(({ name }) => name)))
  for (const host of here.values()) {
    const at = host.ports.find(({ number }) => number === port) as HostPort
    if (routed.has(host.name) || !sniffed.includes(at.protocol)) continue
    made.push({ routes: [], hosts: [host], names: [], own: { host: host.name, port, from: at.from ?? host.from } })
  }
  return domainsOf(made, proxy.pod.namespace)
}

function coversAny(bound: Bound, here: ReadonlyMap<string, Host>): boolean {
  return bound.hosts.some((name) => {
    const lower = name.toLowerCase()
    if (here.has(lower)) return true
    if (isWild(lower)) return [...here.keys()].some((host) => meets(lower, host))
    return mostSpecific(lower, here) !== undefined
  })
}

/** Of several wildcards that cover a host the most specific one has it. */
function mostSpecificRoutes(istiod: PushContext, proxy: Proxy, window: Window): (host: string) => Bound | undefined {
  const { sight } = proxy
  const index = remembered(istiod, `specific ${sight.key} ${sight.windows.indexOf(window)}`, () => {
    const names = new Map<string, Bound>()
    for (const bound of window.routes) for (const name of bound.hosts) if (!names.has(name)) names.set(name, bound)
    return names
  })
  return (host) => mostSpecific(host, index)
}

interface Around {
  proxy: Proxy
  port: number
  here: ReadonlyMap<string, Host>
  specific: (host: string) => Bound | undefined
}

/** What one VirtualService has on the port; nothing where none of its rules counts there. */
function partOf(bound: Bound, { proxy, port, here, specific }: Around): Made | null {
  const routes = httpRoutes(bound, proxy, port, 'mesh')
  if (routes.length === 0) return null
  const names: string[] = []
  const hosts: Host[] = []
  for (const name of bound.hosts.map((each) => each.toLowerCase()).filter((each) => !isWild(each))) {
    const host = here.get(name)
    if (host) hosts.push(host)
    else names.push(name)
  }
  for (const name of bound.hosts.map((each) => each.toLowerCase()).filter(isWild)) {
    const covered = bound.api ? [] : [...here].filter(([host]) => meets(host, name))
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
    for (const each of hosts)
      add(each.name.toLowerCase(), [each.name.toLowerCase(), ...addressOf(each)], shortNames(each.name, namespace), host)
  }
  return domains
}

const addressOf = ({ address }: Host): string[] => (address === '' || address.includes('/') ? [] : [address])

/** Shorter forms of a Service's name that Kubernetes' DNS would complete (GenerateAltVirtualHosts). */
export function shortNames(host: string, namespace: string): string[] {
  const parts = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(host.toLowerCase())
  if (!parts) return [`${host.toLowerCase()}.`]
  const [full, name = '', space = ''] = parts
  const all = [`${full}.`, `${name}.${space}`, `${name}.${space}.svc`]
  return space === namespace ? [...all, name] : all
}
