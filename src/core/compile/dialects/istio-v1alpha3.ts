/**
 * As in the tutorials: networking.istio.io/v1alpha3 with their names, places and shapes, as far as Istio still accepts them and the design is
 * simple enough that they work. Where it is not, today's form, with a note that says so (istio/README 9).
 */

import { memoLast } from '../../base/memo'
import { slug } from '../../base/slug'
import { both, type Text } from '../../base/text'
import { isHTTP } from '../../istio/protocol'
import { needsClientCertificate, originatesTls, usesIstioCertificates } from '../../istio/tls-mode'
import { type Design, type Node, namespaceOf, resolutionOf } from '../../model/design'
import { tlsKinds } from '../../model/tls'
import type { HostPlan, Plan } from '../plan/plan'
import type { Style } from '../style'
import { todayStyle, versionOf } from './istio-v1'
import type { Dialect } from './kind'
import { rooms } from './rooms'

export const istioV1alpha3: Dialect<'istio-v1alpha3'> = {
  id: 'istio-v1alpha3',
  title: both('As in the tutorials · v1alpha3', '教程写法 · v1alpha3'),
  rooms,
  version: (group) => versionOf(group, 'v1alpha3'),
  recognises: ({ version }) => version === 'v1alpha3',
  // The other side of `entryExtra` below.
  listsUnused: ({ number, protocol }, ports) =>
    number === 443 && protocol === 'HTTPS' && ports.some((other) => other.number === 80 && isHTTP(other.protocol)),
  preferRoute: true,
  style: tutorialStyle,
}

const certsNote = both(
  'The tutorials write mode MUTUAL with files under /etc/certs here; Istio no longer mounts them. ISTIO_MUTUAL takes their place.',
  '教程在此处使用 MUTUAL 模式和 /etc/certs 下的文件；Istio 已不再挂载它们，改用 ISTIO_MUTUAL。',
)
const hopNote = both(
  'The tutorials put this rule into the client’s namespace. Others could not see it there, so it is beside the gateway.',
  '教程把此规则放在客户端的命名空间。其他命名空间看不到它，因此放在网关旁边。',
)
const subsetNote = both(
  'The tutorials start TLS for the whole host. Here that would encrypt other traffic twice, so only the gateway’s route names it.',
  '教程对整个主机发起 TLS。在这里那样会把其他流量加密两次，因此只由网关的路由引用该 subset。',
)

function tutorialStyle(design: Design, plan: Plan): Style {
  const today = todayStyle(design)
  const short = shortNames(design.nodes.flatMap((node) => (node.kind === 'host' ? [node.name] : [])))
  const nick = (host: Node): string | undefined => short.get(host.name)
  /** The tutorials' place works when one gateway serves one host for clients of one namespace. */
  const simple = (gateway: Node): { name: string; namespace: string } | null => {
    const lanes = plan.lanes.filter((lane) => lane.gateway === gateway)
    const spaces = new Set(lanes.flatMap((lane) => lane.paths.map((path) => namespaceOf(path.pod))))
    const hosts = new Set(lanes.map((lane) => lane.host))
    const [host] = hosts
    const [namespace] = spaces
    const others = plan.lanes.some((lane) => lane.gateway !== gateway && lane.host === host)
    if (!host || !namespace || hosts.size !== 1 || spaces.size !== 1 || others || namespace === design.world.root) return null
    return { name: `egressgateway-for-${nick(host) ?? today.subset(host)}`, namespace }
  }
  const named = (slot: string, name: string) => design.names[slot] ?? name
  return {
    ...today,
    entryName: (host) => named(`service-entry ${host.host.name}`, nick(host.host) ?? today.entryName(host)),
    entryPortName: (protocol, port) => (protocol === 'HTTP' && port === 80 ? 'http-port' : today.entryPortName(protocol, port)),
    entryExtra: ({ host, paths, ports }) => {
      const plain = paths.some((path) => path.speaks === 'HTTP' && path.dialled === 80)
      // The tutorials list 443 beside 80. DYNAMIC_DNS knows no HTTPS.
      return plain && !ports.some((port) => port.number === 443) && resolutionOf(host) !== 'DYNAMIC_DNS'
        ? [{ number: 443, protocol: 'HTTPS' }]
        : []
    },
    routeName: (host) => {
      const name = nick(host.host)
      return named(
        `virtual-service ${host.host.name}`,
        name ? slug(host.lanes.length > 0 ? `direct-${name}-through-egress-gateway` : name) : today.routeName(host),
      )
    },
    gatewayNotes: (lanes) => (lanes.some((lane) => usesIstioCertificates(lane.server.mode)) ? [certsNote] : []),
    serverName: (lane, siblings) =>
      siblings.length === 1
        ? lane.server.protocol.toLowerCase()
        : slug(`${lane.server.protocol}-${nick(lane.host) ?? today.subset(lane.host)}`),
    hopRule: (gateway) => {
      const place = simple(gateway)
      const slot = `hop-rule ${namespaceOf(gateway)}/${gateway.name}`
      return place ? { name: named(slot, slug(place.name)), namespace: place.namespace } : today.hopRule(gateway)
    },
    hopNotes: (gateway) => (simple(gateway) ? [] : [hopNote]),
    subset: (host) => nick(host) ?? today.subset(host),
    originate: (host) => originate(host, nick(host.host), today, named),
    guardName: named('guard', 'allow-egress-to-istio-system-and-kube-dns'),
  }
}

function originate(
  host: HostPlan,
  nick: string | undefined,
  today: Style,
  named: (slot: string, name: string) => string,
): ReturnType<Style['originate']> {
  const mutual = host.lanes.some((lane) => needsClientCertificate(lane.outside.tls))
  const name = named(
    `originate ${host.host.name}`,
    mutual && nick ? slug(`originate-mtls-for-${nick}`) : slug(`originate-tls-for-${today.subset(host.host)}`),
  )
  const note = wholeHostBreaks(host)
  if (note) return { name, subset: 'originate', open: false, note: host.lanes.length > 0 ? note : null }
  // Sidecars would wait for files that only the gateway has, so a rule that names some stays hidden from them, and so does a client certificate.
  const files = host.lanes.some((lane) => lane.outside.fields.caCertificates)
  return { name, subset: null, open: !mutual && !files, note: null }
}

/** Whether a rule for the whole host would touch traffic that must stay as it is (istio/README 7.4). */
function wholeHostBreaks(host: HostPlan): Text | null {
  const originated = new Map<number, string>()
  const starts = (tls: string) => originatesTls(tls)
  for (const lane of host.lanes) {
    if (!starts(lane.outside.tls)) continue
    // What apps say counts too: TCP has no Host header to take the server's name from.
    const wire = JSON.stringify(tlsKinds[lane.outside.tls].client(lane.outside.fields, { host: host.host.name, speaks: lane.speaks }))
    if ((originated.get(lane.outside.port) ?? wire) !== wire) return subsetNote
    originated.set(lane.outside.port, wire)
  }
  const plain = host.paths.some((path) => (!starts(path.outside.tls) && originated.has(path.outside.port)) || originated.has(path.dialled))
  const straight = host.paths.some((path) => !path.gateway)
  return plain || straight ? subsetNote : null
}

/** The tutorials' nicknames: `cnn` for edition.cnn.com, `nginx` for nginx.example.com. Hosts that would share one get none. */
const shortNames = memoLast((hosts: readonly string[]): Map<string, string> => {
  const count = new Map<string, number>()
  for (const host of hosts) count.set(nickOf(host), (count.get(nickOf(host)) ?? 0) + 1)
  return new Map(hosts.filter((host) => count.get(nickOf(host)) === 1).map((host) => [host, nickOf(host)]))
})

function nickOf(name: string): string {
  const parts = name.replace(/^\*\./, '').split('.')
  const second = parts.at(-2) ?? ''
  return slug(second === 'example' || parts.length < 3 || /^(co|com|org|net|svc|cluster)$/.test(second) ? (parts[0] ?? name) : second)
}
