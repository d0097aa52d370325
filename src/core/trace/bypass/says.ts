/** What is said of each way past the gateway, and the guard that closes them. */

import { both } from '../../base/text'
import type { PushContext } from '../../istio/push-context'
import type { Fix } from '../../yaml/document'
import type { Way, WayId } from './way'

interface Facts {
  client: string
  host: string
  urls: readonly string[]
  namespace: string
  annotation: string
}
type Said = Pick<Way, 'says' | 'closedBy'>

const shown = (urls: readonly string[]): string => urls.join(', ')

const guard = ({ namespace }: Facts) =>
  both(
    `A NetworkPolicy in ${namespace} that lets nothing out but DNS, istiod and the gateway.`,
    `在 ${namespace} 中设置 NetworkPolicy，只允许访问 DNS、istiod 和网关。`,
  )

export const ways: Record<WayId, (of: Facts) => Said> = {
  'no-sidecar': (of) => ({
    says: both(
      `${of.client} has no sidecar: what it sends to ${of.host} is its own affair, and no object of Istio applies to it.`,
      `${of.client} 没有 Sidecar：它发往 ${of.host} 的流量由它自己决定，Istio 的任何对象都不起作用。`,
    ),
    closedBy: guard(of),
  }),
  annotation: (of) => ({
    says: both(
      `The annotation ${of.annotation} keeps the sidecar of ${of.client} away from ${shown(of.urls)}: it leaves directly, and no proxy writes a line.`,
      `注解 ${of.annotation} 使 ${of.client} 的 Sidecar 不接管 ${shown(of.urls)}：流量直接离开，没有代理写日志。`,
    ),
    closedBy: both(
      `Take the annotation away; or ${guard(of).en.charAt(0).toLowerCase()}${guard(of).en.slice(1)}`,
      `去掉这个注解；或者${guard(of).zh}`,
    ),
  }),
  'no-route': (of) => ({
    says: both(
      `The mesh knows ${of.host}, and for ${shown(of.urls)} no VirtualService that ${of.client} sees leads to a gateway: the sidecar dials the host itself.`,
      `网格知道 ${of.host}，而对于 ${shown(of.urls)}，${of.client} 看得到的 VirtualService 都没有把它送往网关：Sidecar 自己连接主机。`,
    ),
    closedBy: both(
      `A leg of the VirtualService in the mesh for that port, and a server of the gateway; or ${guard(of).en.charAt(0).toLowerCase()}${guard(of).en.slice(1)}`,
      `在 VirtualService 中为该端口加上网格的一段，并在网关上设置 server；或者${guard(of).zh}`,
    ),
  }),
  'other-entry': (of) => ({
    says: both(
      `A ServiceEntry for other hosts takes ${shown(of.urls)}: its addresses, or none, are for every destination on that port, and with resolution NONE the sidecar dials ${of.host} as the app did, under REGISTRY_ONLY too.`,
      `为其他主机设置的 ServiceEntry 接走了 ${shown(of.urls)}：它的地址（或没有地址）包含该端口上的所有目的地，而在 resolution NONE 下，Sidecar 会像应用那样连接 ${of.host}，REGISTRY_ONLY 下也是如此。`,
    ),
    closedBy: both(
      `Its own addresses in that ServiceEntry, or exportTo for the namespaces that need it; and ${guard(of).en.charAt(0).toLowerCase()}${guard(of).en.slice(1)}`,
      `在该 ServiceEntry 中写它自己的地址，或用 exportTo 限定需要它的命名空间；并且${guard(of).zh}`,
    ),
  }),
  'allow-any': (of) => ({
    says: both(
      `The mesh does not know ${shown(of.urls)}, and what is unknown may leave (ALLOW_ANY): it goes out through PassthroughCluster.`,
      `网格不知道 ${shown(of.urls)}，而未知的流量可以离开（ALLOW_ANY）：它经 PassthroughCluster 出去。`,
    ),
    closedBy: both(
      `outboundTrafficPolicy REGISTRY_ONLY, for the mesh or in a Sidecar of ${of.namespace}; and ${guard(of).en.charAt(0).toLowerCase()}${guard(of).en.slice(1)}`,
      `将 outboundTrafficPolicy 设为 REGISTRY_ONLY（对整个网格，或在 ${of.namespace} 的 Sidecar 中）；并且${guard(of).zh}`,
    ),
  }),
  'other-port': (of) => ({
    says: both(
      `On any port of ${of.host} that nobody lists, the app’s connection leaves directly (ALLOW_ANY), should the host answer there.`,
      `在 ${of.host} 的任何没有列出的端口上，只要主机有响应，应用的连接都会直接离开（ALLOW_ANY）。`,
    ),
    closedBy: both(
      `outboundTrafficPolicy REGISTRY_ONLY; and ${guard(of).en.charAt(0).toLowerCase()}${guard(of).en.slice(1)}`,
      `将 outboundTrafficPolicy 设为 REGISTRY_ONLY；并且${guard(of).zh}`,
    ),
  }),
  dns: (of) => ({
    says: both(
      `The NetworkPolicy of ${of.namespace} lets UDP port 53 out to anywhere: data can leave as questions to a name server outside.`,
      `${of.namespace} 的 NetworkPolicy 允许 UDP 53 端口通往任何地方：数据可以伪装成 DNS 查询发往外部的域名服务器。`,
    ),
    closedBy: both('Let port 53 out to kube-system only.', '只允许 53 端口通往 kube-system。'),
  }),
  'no-network-policy': (of) => ({
    says: both(
      `Only the sidecar holds ${of.client}: no NetworkPolicy selects it. A pod that is annotated otherwise, has no sidecar, or runs as the sidecar’s user 1337 leaves directly.`,
      `只有 Sidecar 约束着 ${of.client}：没有 NetworkPolicy 选中它。改了注解、没有 Sidecar，或以 Sidecar 的用户 1337 运行的 Pod，都可以直接离开。`,
    ),
    closedBy: guard(of),
  }),
}

const byName = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })

/** The guard of a namespace: DNS, istiod and every gateway's namespace stay reachable (istio/README 3.6). */
export function guardFor({ around, pods }: PushContext, namespace: string): Fix | null {
  const gateways = pods.filter(({ kind }) => kind === 'gateway').map(({ pod }) => pod.namespace)
  if (gateways.length === 0) return null
  const spaces = [...new Set([around.root, ...gateways])].toSorted()
  const add = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'allow-egress-to-istio-and-dns', namespace },
    spec: {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [byName('kube-system')],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { to: spaces.map(byName) },
      ],
    },
  }
  return {
    says: both(`Guard namespace ${namespace} with a NetworkPolicy`, `用 NetworkPolicy 守住命名空间 ${namespace}`),
    changes: [{ add }],
  }
}
