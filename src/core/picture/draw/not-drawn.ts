/** What the picture does not show of a text, and why. It stays in the text as it is. */

import { itemsOf, textOf } from '../../base/loose'
import { both, type Text } from '../../base/text'
import { testServerNamespace, testServerService } from '../../compile/kinds/test-server-name'
import { waypointClass, waypointOf } from '../../istio/ambient'
import type { Mesh, Route } from '../../istio/mesh'
import { portsServed } from '../../istio/service-registry'
import type { Speaks } from '../../model/design'
import type { Document, DocumentId, Place } from '../../yaml/document'
import { sameDocument } from '../../yaml/place'
import { replacedBy } from '../../yaml/replaced'
import type { Guarded } from './guards'
import type { Legs } from './legs'
import type { HostRoads } from './roads'
import type { Quiet } from './ways'

export interface NotDrawn {
  of: DocumentId
  why: Text
  /** Its document is drawn, but not a call that it lets through. */
  call?: { host: string; port: number; speaks: Speaks }
}

const byKind: Record<string, Text> = {
  EnvoyFilter: both(
    'An EnvoyFilter changes the proxies’ own configuration; what it does cannot be drawn or foretold.',
    'EnvoyFilter 直接修改代理配置；它的作用无法画出，也无法预知。',
  ),
  AuthorizationPolicy: both('Who may pass is not part of the picture; the trace obeys it.', '谁可以通过不在图中；推演会遵守它。'),
  PeerAuthentication: both('How workloads accept connections is not part of the picture.', '工作负载如何接受连接不在图中。'),
  RequestAuthentication: both('Tokens of requests are not part of the picture.', '请求令牌不在图中。'),
  Sidecar: both(
    'What configuration sidecars get is not part of the picture; the trace obeys it.',
    'Sidecar 获知哪些配置不在图中；推演会遵守它。',
  ),
  Telemetry: both('Logs and metrics are not part of the picture.', '日志和指标不在图中。'),
  Secret: both('Key material is never drawn, stored or shared.', '密钥内容从不画出、保存或分享。'),
  Service: both('It is part of the cluster, not of the way out.', '它属于集群内部，不在出口路径上。'),
  EndpointSlice: both('It is part of the cluster, not of the way out.', '它属于集群内部，不在出口路径上。'),
  Endpoints: both('It is part of the cluster, not of the way out.', '它属于集群内部，不在出口路径上。'),
  WorkloadEntry: both('No host of the picture selects it.', '图中没有主机选中它。'),
  Role: both('No sidecar of the picture reads Secrets by it.', '图中没有 Sidecar 通过它读取 Secret。'),
  RoleBinding: both('No sidecar of the picture reads Secrets by it.', '图中没有 Sidecar 通过它读取 Secret。'),
  ReferenceGrant: both('Rights between namespaces are not part of the picture.', '命名空间之间的授权不在图中。'),
}

const readButUnused: Record<string, Text> = {
  Gateway: both('No route that clients take leads to its servers.', '客户端的路由都不通向它的 server。'),
  VirtualService: both(
    'No client’s request reaches it: it is for no host of the picture, or for no gateway that a route leads to.',
    '没有客户端请求会到达它：它不对应图中的主机，也不对应路由通向的网关。',
  ),
  DestinationRule: both('No hop of the picture is dialled by it.', '图中没有任何一跳使用它。'),
  ServiceEntry: both('It has no host.', '它没有主机。'),
  BackendTLSPolicy: both('No hop of the picture is dialled by it.', '图中没有任何一跳使用它。'),
}
const noClient = both('No client of the picture is one of its pods.', '图中没有客户端是它的 Pod。')
const replacedSays = both('A later object of the same name replaces it.', '后面的同名对象会取代它。')
const waypointSays = both('A waypoint of ambient mode is neither drawn nor traced.', 'Ambient 模式的 waypoint 既不画出，也不推演。')
/** What only a waypoint serves: sidecars and gateways obey no policy for it (istio/README 3.6). */
const waypointTargets = new Set(['Service', 'ServiceEntry'])
const waypointPolicy = both(
  'It is for a waypoint of ambient mode: sidecars and gateways do not obey it, and without a waypoint nobody does.',
  '它面向 ambient 模式的 waypoint：Sidecar 和网关不执行它；没有 waypoint 时，谁也不执行它。',
)
const unusedRoute = both('No client’s request reaches it.', '没有客户端请求会到达它。')

const behindWaypoint = (waypoint: string): Text =>
  both(`It goes through the waypoint ${waypoint}, which the picture leaves out.`, `它经由 waypoint ${waypoint}，图中没有画出。`)

const unknownKind = (kind: string): Text =>
  both(`${kind || 'This kind'} is not read: it stays in the text as it is.`, `${kind || '此类型'} 不会被读取：它原样保留在文本中。`)

/** `used`: keys of the documents of which something is drawn. */
export function notDrawn(
  documents: readonly Document[],
  {
    mesh,
    legs,
    used,
    hosts,
    policies,
  }: {
    mesh: Mesh
    legs: Legs
    used: ReadonlySet<string>
    hosts: readonly HostRoads[]
    policies: readonly { networkPolicy: Guarded['networkPolicy']; why: Text }[]
  },
): NotDrawn[] {
  const out: NotDrawn[] = []
  const replaced = replacedBy(documents)
  const workloads = new Set(mesh.podTemplates.map(({ from }) => from.of.key))
  const why = new Map(policies.map(({ networkPolicy, why }) => [networkPolicy.from.of.key, why]))
  for (const of of documents) {
    const { id } = of
    const reason = why.get(id.key)
    if (reason) out.push({ of: id, why: reason })
    else if (replaced.has(of)) out.push({ of: id, why: replacedSays })
    else if (!used.has(id.key) && !isTestServer(of)) out.push({ of: id, why: workloads.has(id.key) ? noClient : reasonFor(of) })
  }
  for (const { of, text } of parts(mesh, legs, hosts)) out.push({ of: of.of, why: text })
  for (const entry of mesh.serviceHosts) {
    const waypoint = used.has(entry.from.of.key) ? waypointOf(mesh, entry) : null
    if (waypoint) out.push({ of: entry.from.of, why: behindWaypoint(waypoint) })
  }
  for (const { host, quiet } of hosts)
    for (const { speaks, entryPort, because } of quiet)
      out.push({
        of: entryPort.from.of,
        why: quietSays[because](`${host}:${entryPort.number}`),
        call: { host, port: entryPort.number, speaks },
      })
  return out
}

const quietSays: Record<Quiet['because'], (place: string) => Text> = {
  'arrived-at': (place) =>
    both(
      `${place}: a route arrives there. An app that calls it by itself leaves straight from its sidecar; nobody in the picture does.`,
      `${place}：有路由到达此处。自行访问它的应用会由 Sidecar 直接离开；图中没有谁这样做。`,
    ),
  unserved: (place) =>
    both(
      `No call to ${place} arrives: the Service that its ServiceEntry names as endpoint has no such port.`,
      `对 ${place} 的请求都无法到达：ServiceEntry 以其为 endpoint 的 Service 没有此端口。`,
    ),
  'others-start': (place) =>
    both(
      `${place}: rules start TLS for the pods that they select. An app that they do not select sends plain text to a port of TLS; nobody in the picture does.`,
      `${place}：规则为其选中的 Pod 发起 TLS。未被选中的应用会向 TLS 端口发送明文；图中没有谁这样做。`,
    ),
  'others-named': (place) =>
    both(
      `${place}: its routes name their clients. An app that they do not name leaves straight from its sidecar; nobody in the picture does.`,
      `${place}：它的路由指明了客户端。未被指明的应用会由 Sidecar 直接离开；图中没有谁这样做。`,
    ),
}

/** The picture's own TLS names the host. */
const namelessSays = (place: string): Text =>
  both(
    `${place}: bytes have no Host header, and no sni is written: the TLS that starts there carries no SNI. The picture’s would carry the host’s name.`,
    `${place}：字节流没有 Host 头，也没有写 sni：在此发起的 TLS 不带 SNI。图中的 TLS 则会带上主机名。`,
  )

const isTestServer = ({ kind, name, namespace }: Document): boolean =>
  (namespace === testServerNamespace &&
    ['Deployment', 'Service', 'ConfigMap'].includes(kind) &&
    name.startsWith(testServerService.replace(/^my-/, ''))) ||
  (namespace === testServerNamespace && name.includes(testServerService)) ||
  (kind === 'Namespace' && name === testServerNamespace)

function reasonFor(of: Document): Text {
  const { kind, group } = of
  if (group === 'gateway.networking.k8s.io' && kind === 'Gateway' && textOf(of.object.spec, 'gatewayClassName') === waypointClass)
    return waypointSays
  if (
    kind === 'AuthorizationPolicy' &&
    itemsOf(of.object.spec, 'targetRefs').some(([, target]) => waypointTargets.has(textOf(target, 'kind')))
  )
    return waypointPolicy
  if (Object.hasOwn(readButUnused, kind)) return readButUnused[kind] as Text
  if (group === 'gateway.networking.k8s.io') return kind.endsWith('Route') ? unusedRoute : unknownKind(kind)
  return Object.hasOwn(byKind, kind) ? (byKind[kind] as Text) : unknownKind(kind)
}

/** Routes of which only a part can be drawn; each said once. */
function parts(mesh: Mesh, legs: Legs, hosts: readonly HostRoads[]): { of: Place; text: Text }[] {
  const told = new Map<Route, { of: Place; text: Text }>()
  const tell = (route: Route, text: Text) => !told.has(route) && told.set(route, { of: route.from, text })
  for (const routes of mesh.routes) {
    for (const route of [...routes.http, ...routes.tls, ...routes.tcp]) {
      if (route.answers)
        tell(route, both('A route answers by itself: the request ends at the proxy.', '有一条路由自行应答：请求止于代理。'))
      else if (new Set(route.to.map(({ host }) => host)).size > 1)
        tell(
          route,
          both(
            'A route spreads requests over several hosts by weight: only the heaviest is drawn.',
            '有一条路由按权重分到多个主机：只画出权重最大的一个。',
          ),
        )
    }
  }
  for (const { host, entries, roads, strays, elsewhere } of hosts) {
    const nameless = new Map(roads.flatMap(({ dialled, outside, places }) => (outside?.nameless ? [[dialled, places.outside.at(-1)]] : [])))
    for (const [dialled, by] of nameless) if (by) tell({ from: by } as Route, namelessSays(`${host}:${dialled}`))
    for (const entry of entries)
      for (const port of entry.ports) {
        const [served, ...others] = portsServed(mesh, entry, port)
        if (others.length > 0)
          tell(
            { from: port.from } as Route,
            both(
              `The endpoints of ${host}:${port.number} are served at ports ${[served, ...others].join(', ')}: only ${served} is drawn.`,
              `${host}:${port.number} 的 endpoints 使用端口 ${[served, ...others].join('、')}：只画出 ${served}。`,
            ),
          )
      }
    for (const target of elsewhere)
      tell(
        { from: target.from } as Route,
        both(
          `At the gateway a route sends ${host} on to ${target.host}: the picture has no hop to another host than the one that was asked for.`,
          `在网关上有一条路由把 ${host} 转发到 ${target.host}：图中没有通向“所请求主机以外的主机”的一跳。`,
        ),
      )
    for (const leg of [...legs.inMesh(host), ...legs.atGateways(host)])
      if (leg.conditional)
        tell(
          leg.route,
          both(
            'A route chooses by path, headers or the like: the picture tells hosts and ports apart, no more.',
            '有一条路由按路径、请求头等选择：图中只区分主机和端口。',
          ),
        )
    for (const target of strays)
      if (!told.size || ![...told.values()].some(({ of }) => sameDocument(of.of, target.from.of)))
        tell(
          { from: target.from } as Route,
          both(
            `A route sends ${host} to ${target.host}, which is no gateway of the picture.`,
            `有一条路由把 ${host} 发往 ${target.host}，它不是图中的网关。`,
          ),
        )
  }
  return [...told.values()]
}
