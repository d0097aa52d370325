/** Whole documents to start from, one a kind, as Monaco writes snippets: `${1:place}`. Their forms are those of istio/README 3. */
import { both, type Text } from '../core/base/text'

export interface Snippet {
  apiVersion: string
  kind: string
  title: Text
  text: string
}

const networking = 'networking.istio.io/v1'
const security = 'security.istio.io/v1'
const gatewayApi = 'gateway.networking.k8s.io/v1'

const head = (apiVersion: string, kind: string, name: string, namespace = 'default'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: \${1:${name}}\n  namespace: \${2:${namespace}}\n`

const one = (apiVersion: string, kind: string, title: Text, name: string, spec: string, namespace?: string): Snippet => ({
  apiVersion,
  kind,
  title,
  text: `${head(apiVersion, kind, name, namespace)}${spec}`,
})

const gatewayHost = 'istio-egressgateway.istio-system.svc.cluster.local'

export const snippets: readonly Snippet[] = [
  one(
    networking,
    'ServiceEntry',
    both('an outside host that the mesh knows', '网格认识的外部主机'),
    'cnn',
    'spec:\n  hosts:\n  - ${3:edition.cnn.com}\n  ports:\n  - number: ${4:443}\n    name: ${5:https}\n    protocol: ${6:HTTPS}\n  resolution: ${7:DNS}\n  location: MESH_EXTERNAL\n',
  ),
  one(
    networking,
    'Gateway',
    both('what a gateway listens for', '网关监听什么'),
    'istio-egressgateway',
    'spec:\n  selector:\n    istio: egressgateway\n  servers:\n  - port:\n      number: ${3:80}\n      name: ${4:https-cnn}\n      protocol: ${5:HTTPS}\n    hosts:\n    - ${6:edition.cnn.com}\n    tls:\n      mode: ${7:ISTIO_MUTUAL}\n',
  ),
  one(
    networking,
    'DestinationRule',
    both('how a host is dialled, with which TLS', '如何连接一个主机，用哪种 TLS'),
    'egressgateway-for-cnn',
    `spec:\n  host: \${3:${gatewayHost}}\n  subsets:\n  - name: \${4:cnn}\n    trafficPolicy:\n      portLevelSettings:\n      - port:\n          number: \${5:80}\n        tls:\n          mode: \${6:ISTIO_MUTUAL}\n          sni: \${7:edition.cnn.com}\n`,
  ),
  one(
    networking,
    'VirtualService',
    both('which way a request goes', '请求走哪条路'),
    'direct-cnn-through-egress-gateway',
    `spec:\n  hosts:\n  - \${3:edition.cnn.com}\n  gateways:\n  - istio-egressgateway\n  - mesh\n  http:\n  - match:\n    - gateways:\n      - mesh\n      port: 80\n    route:\n    - destination:\n        host: ${gatewayHost}\n        subset: \${4:cnn}\n        port:\n          number: 80\n  - match:\n    - gateways:\n      - istio-egressgateway\n      port: 80\n    route:\n    - destination:\n        host: \${3:edition.cnn.com}\n        port:\n          number: \${5:443}\n`,
  ),
  one(
    networking,
    'Sidecar',
    both('what the proxies of a namespace know', '一个命名空间的代理知道什么'),
    'default',
    'spec:\n  egress:\n  - hosts:\n    - ./*\n    - istio-system/*\n  outboundTrafficPolicy:\n    mode: ${3:REGISTRY_ONLY}\n',
  ),
  one(
    security,
    'AuthorizationPolicy',
    both('who may use the gateway', '谁可以使用网关'),
    'egress-clients',
    'spec:\n  selector:\n    matchLabels:\n      istio: egressgateway\n  action: ALLOW\n  rules:\n  - from:\n    - source:\n        principals:\n        - ${3:cluster.local/ns/default/sa/sleep}\n',
    'istio-system',
  ),
  one(
    security,
    'PeerAuthentication',
    both('which mTLS proxies accept', '代理接受哪种 mTLS'),
    'default',
    'spec:\n  mtls:\n    mode: ${3:STRICT}\n',
    'istio-system',
  ),
  one(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    both('a guard: out only through the gateway', '网络策略：只能经网关出去'),
    'allow-egress-to-gateway',
    'spec:\n  podSelector: {}\n  policyTypes:\n  - Egress\n  egress:\n  - to:\n    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: kube-system\n    ports:\n    - protocol: UDP\n      port: 53\n    - protocol: TCP\n      port: 53\n  - to:\n    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: istio-system\n',
  ),
  one(
    gatewayApi,
    'Gateway',
    both('a gateway of the Gateway API', 'Gateway API 的网关'),
    'cnn-egress-gateway',
    'spec:\n  gatewayClassName: istio\n  listeners:\n  - name: ${3:http}\n    hostname: ${4:edition.cnn.com}\n    port: ${5:80}\n    protocol: ${6:HTTP}\n    allowedRoutes:\n      namespaces:\n        from: Same\n',
  ),
  one(
    gatewayApi,
    'HTTPRoute',
    both('which way HTTP goes', 'HTTP 走哪条路'),
    'cnn',
    'spec:\n  parentRefs:\n  - name: ${3:cnn-egress-gateway}\n  hostnames:\n  - ${4:edition.cnn.com}\n  rules:\n  - backendRefs:\n    - kind: Hostname\n      group: networking.istio.io\n      name: ${4:edition.cnn.com}\n      port: ${5:80}\n',
  ),
]
