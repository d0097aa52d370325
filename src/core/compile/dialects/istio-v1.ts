/** Istio today: networking.istio.io/v1, everything placed as compile/README 11 says. */

import type { Labels } from '../../base/labels'
import { memoLast } from '../../base/memo'
import { slug, slugs } from '../../base/slug'
import { both } from '../../base/text'
import { type Design, type Node, namespaceOf } from '../../model/design'
import type { Style } from '../style'
import type { Dialect } from './kind'
import { rooms } from './rooms'

export const istioV1: Dialect<'istio-v1'> = {
  id: 'istio-v1',
  title: both('Istio today · v1', '当前 Istio · v1'),
  rooms,
  version: (group) => versionOf(group, 'v1'),
  recognises: ({ version }) => version === 'v1',
  listsUnused: () => false,
  preferRoute: false,
  style: todayStyle,
}

/** API versions by group; `networking` is Istio's own (istio/README 1). */
export function versionOf(group: string, networking: string): string {
  if (group === '') return 'v1'
  return group === 'networking.istio.io' ? `${group}/${networking}` : `${group}/v1`
}

/** Istio's installation labels its gateway with app and istio; the shorter of them is what everyone selects by. */
export function selectorOf(labels: Labels): Labels {
  return labels.istio ? { istio: labels.istio } : labels
}

/** All that names are made of, and the names; one object while they stay the same. */
interface Naming {
  names: Record<string, string>
  hosts: Map<string, string>
  /** Gateways that share a name in different namespaces. */
  twins: Set<string>
}

/** Kept between two styles of one design: most edits rename nothing. */
function namingOf({ nodes, names }: Design): Naming {
  const hosts = nodes.flatMap((node) => (node.kind === 'host' ? [node.name] : []))
  const gateways = nodes.flatMap((node) => (node.kind === 'gateway' ? [node.name] : []))
  return namingFrom(hosts, gateways, names)
}

const namingFrom = memoLast(
  (hosts: readonly string[], gateways: readonly string[], names: Record<string, string>): Naming => ({
    names,
    hosts: slugs(hosts),
    twins: new Set(gateways.filter((name, index) => gateways.indexOf(name) !== index)),
  }),
)

export function todayStyle(design: Design): Style {
  const naming = namingOf(design)
  const of = (host: Node) => naming.hosts.get(host.name) ?? slug(host.name)
  const prefixed = (prefix: string, host: Node): string => slug(`${prefix}-${of(host)}`)
  const named = (slot: string, name: string) => design.names[slot] ?? name
  const gatewayName = (gateway: Node) => (naming.twins.has(gateway.name) ? slug(`${gateway.name}-${namespaceOf(gateway)}`) : gateway.name)
  return {
    entryName: ({ host }) => named(`service-entry ${host.name}`, of(host)),
    entryPortName,
    entryExtra: () => [],
    routeName: ({ host }) => named(`virtual-service ${host.name}`, of(host)),
    routeNotes: () => [],
    gatewayName: (gateway) => named(`gateway ${namespaceOf(gateway)}/${gateway.name}`, gatewayName(gateway)),
    gatewayNotes: () => [],
    selector: selectorOf,
    serverName: (lane) => prefixed(lane.server.protocol, lane.host),
    hopRule: (gateway) => ({
      name: named(`hop-rule ${namespaceOf(gateway)}/${gateway.name}`, gateway.name),
      namespace: namespaceOf(gateway),
    }),
    hopNotes: () => [],
    subset: of,
    originate: ({ host }) => ({
      name: named(`originate ${host.name}`, prefixed('originate', host)),
      subset: 'originate',
      open: false,
      note: null,
    }),
    guardName: named('guard', 'allow-egress-to-istio-and-dns'),
  }
}

/** The protocol, with the number behind it where it is not the usual one. */
export function entryPortName(protocol: string, port: number): string {
  const usual: Record<string, number> = { HTTP: 80, HTTPS: 443, TLS: 443 }
  return usual[protocol] === port ? protocol.toLowerCase() : `${protocol.toLowerCase()}-${port}`
}
