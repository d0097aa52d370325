import { both } from '../base/text'
import { dataplaneMode, useWaypoint, waypointClass } from '../istio/ambient'
import { documentRule, type Remark } from '../rules/one-document'
import type { Document, Path } from '../yaml/document'
import { c1 } from './canon'

/** Kinds whose labels ambient reads. */
const labelled = ['Namespace', 'Pod', 'Service', 'ServiceEntry', 'WorkloadEntry']

const label = (of: Document, name: string): string | null => (labelled.includes(of.kind) ? (of.labels[name] ?? null) : null)
const labelAt = (name: string): Path => ['metadata', 'labels', name]

/** What an object hands over to ambient: its ztunnels and waypoints are neither drawn nor traced. */
function look(spec: Readonly<Record<string, unknown>>, of: Document): Remark[] {
  const found: Remark[] = []
  if (of.group === 'gateway.networking.k8s.io' && of.kind === 'Gateway' && spec.gatewayClassName === waypointClass)
    found.push({
      path: ['spec', 'gatewayClassName'],
      says: both(
        `${of.name} is a waypoint of ambient mode: it is neither drawn nor traced here.`,
        `${of.name} 是 ambient 模式的 waypoint：这里既不画出，也不推演。`,
      ),
    })
  if (label(of, dataplaneMode) === 'ambient')
    found.push({
      path: labelAt(dataplaneMode),
      says: both(
        `${of.kind} ${of.name} is in ambient mode: a ztunnel takes the traffic of its pods, and traces of them end as unknown.`,
        `${of.kind} ${of.name} 处于 ambient 模式：其 Pod 的流量由 ztunnel 接管，对它们的推演以“不能确定”结束。`,
      ),
    })
  const waypoint = label(of, useWaypoint)
  if (waypoint && waypoint !== 'none')
    found.push({
      path: labelAt(useWaypoint),
      says: both(
        `${of.kind} ${of.name} goes through the waypoint ${waypoint} in ambient mode: the picture shows it as sidecars would dial it, and traces end as unknown.`,
        `${of.kind} ${of.name} 在 ambient 模式下经由 waypoint ${waypoint}：图中按 Sidecar 的连接方式画出，推演以“不能确定”结束。`,
      ),
    })
  return found
}

const waypoint = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: egress-gateway, namespace: istio-egress, labels: {istio.io/waypoint-for: service}}
spec:
  gatewayClassName: istio-waypoint
  listeners: [{name: mesh, port: 15008, protocol: HBONE}]
`

export const ambient = documentRule({
  id: 'L26',
  level: 'info',
  title: both('Ambient mode is not modelled', 'Ambient 模式尚未建模'),
  why: both(
    'In ambient mode a ztunnel on the node takes a pod’s traffic in place of a sidecar, and a waypoint does what an egress gateway would do. Both follow other rules than sidecars and gateways do, so that nothing is foretold of requests that meet them.',
    '在 ambient 模式下，节点上的 ztunnel 代替 Sidecar 接管 Pod 的流量，waypoint 则处在出口网关的位置。它们遵循的规则与 Sidecar 和网关不同，因此对遇到它们的请求不作预测。',
  ),
  links: ['https://istio.io/latest/docs/ambient/usage/waypoint/'],
  look,
  good: [{ says: 'Sidecars and a gateway.', yaml: c1 }],
  bad: [
    {
      says: 'A waypoint.',
      yaml: waypoint,
      at: 'Gateway/egress-gateway spec.gatewayClassName',
      shows: { source: 'https://istio.io/latest/docs/ambient/usage/waypoint/' },
    },
    {
      says: 'A namespace in ambient mode.',
      yaml: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: apps, labels: {istio.io/dataplane-mode: ambient}}\n',
      at: 'Namespace/apps metadata.labels.istio.io/dataplane-mode',
      shows: { source: 'https://istio.io/latest/docs/ambient/usage/add-workloads/' },
    },
  ],
})
