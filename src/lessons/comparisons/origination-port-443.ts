/** Then and now: the gateway reached on port 443. */
import { both } from '../../core/base/text'
import type { Comparison } from '../kind'
import { place, root, version, weight } from './reasons'

export const originationPort443Then: readonly Comparison[] = [
  {
    title: both('The host', '外部主机'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata:
  name: cnn
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: http-port-for-tls-origination
    protocol: HTTP
  resolution: DNS
`,
    today: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
`,
    reasons: [
      version,
      place,
      {
        at: 'protocol: HTTPS',
        says: both(
          'The protocol says how sidecars tell hosts apart on this port. With HTTP, the app’s own `https://` belongs to no host: it leaves through PassthroughCluster, or is reset under REGISTRY_ONLY. With HTTPS it is found by its SNI; the gateway starts TLS either way.',
          '协议决定 Sidecar 如何在这个端口上区分主机。写成 HTTP 时，应用自己的 `https://` 无人认领：要么经 PassthroughCluster 离开，要么在 REGISTRY_ONLY 下被重置。写成 HTTPS 则可以按 SNI 认出；网关发起 TLS 不受影响。',
        ),
      },
      { at: 'name: https', says: both('The name follows the protocol; nothing refers to it.', '名称与协议保持一致；没有别处引用它。') },
    ],
  },
  {
    title: both('The gateway’s server on port 443', '网关在 443 端口的 server'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: Gateway
metadata:
  name: istio-egressgateway
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 443
      name: http-port-for-tls-origination
      protocol: HTTP
    hosts:
    - edition.cnn.com
`,
    today: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: istio-egressgateway
  namespace: default
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: 443
      name: http-port-for-tls-origination
      protocol: HTTP
    hosts:
    - edition.cnn.com
`,
    reasons: [
      {
        at: 'v1alpha3',
        says: both(
          'The API version is all that is old here. Port 443 with `protocol: HTTP` is right and means it: plaintext HTTP arrives at this port.',
          '这里只有 API 版本过时。443 端口写 `protocol: HTTP` 没有错，含义也正是如此：到达这个端口的是明文 HTTP。',
        ),
      },
    ],
  },
  {
    title: both('The hop and the routes', '通往网关的一跳与路由'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
---
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata:
  name: direct-cnn-through-egress-gateway
spec:
  hosts:
  - edition.cnn.com
  gateways:
  - istio-egressgateway
  - mesh
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: cnn
        port:
          number: 443
      weight: 100
  - match:
    - gateways:
      - istio-egressgateway
      port: 443
    route:
    - destination:
        host: edition.cnn.com
        port:
          number: 443
      weight: 100
`,
    today: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
  namespace: istio-system
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: direct-cnn-through-egress-gateway
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  gateways:
  - istio-egressgateway
  - mesh
  http:
  - match:
    - gateways:
      - mesh
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: cnn
        port:
          number: 443
  - match:
    - gateways:
      - istio-egressgateway
      port: 443
    route:
    - destination:
        host: edition.cnn.com
        port:
          number: 443
`,
    reasons: [version, place, weight, root],
  },
  {
    title: both('The rule that starts TLS', '发起 TLS 的规则'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: originate-tls-for-edition-cnn-com
spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      simple: ROUND_ROBIN
    portLevelSettings:
    - port:
        number: 443
      tls:
        mode: SIMPLE
`,
    today: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: originate-tls-for-edition-cnn-com
  namespace: default
spec:
  host: edition.cnn.com
  exportTo:
  - istio-system
  trafficPolicy:
    portLevelSettings:
    - port:
        number: 443
      tls:
        mode: SIMPLE
`,
    reasons: [
      version,
      place,
      {
        at: 'simple: ROUND_ROBIN',
        says: both(
          'It has nothing to do with TLS. Left out, Istio balances as it does by default.',
          '这与 TLS 无关。不写时，Istio 使用默认的负载均衡方式。',
        ),
      },
      {
        at: 'exportTo:',
        says: both(
          'As soon as port 443 of the ServiceEntry says HTTPS, sidecars use this rule for the app’s own HTTPS, too: TLS in TLS, curl exit 35. Only the gateway is to see it.',
          '一旦 ServiceEntry 的 443 端口改为 HTTPS，Sidecar 也会把这条规则用于应用自己的 HTTPS：TLS 套 TLS，curl 退出码 35。因此只应让网关看到它。',
        ),
      },
    ],
  },
]
