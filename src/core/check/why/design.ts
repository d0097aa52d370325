/** Why the check of the drawing says what it says. */
import { issue, type Why, why } from './entry'

const entries = 'https://istio.io/latest/docs/reference/config/networking/service-entry/'
const tls = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings'

const resolution: Why = why(
  ['How a host is found', '如何找到主机'],
  [
    'resolution says where a proxy gets the address from: DNS asks for the host’s own name, STATIC takes the endpoints, NONE takes the address that the app dialled, DYNAMIC_DNS asks for the name in the request. A wildcard is no name to ask for, and a gateway has no address that an app dialled.',
    'resolution 说明代理从何处取得地址：DNS 解析主机自身的名称，STATIC 使用 endpoint，NONE 使用应用所拨的地址，DYNAMIC_DNS 解析请求中的名称。通配符不是可解析的名称，网关也没有应用所拨的地址。',
  ],
  entries,
  issue(50075),
)
const certificate: Why = why(
  ['Certificates of origination', '发起 TLS 的证书'],
  [
    'Who starts TLS may have to show a certificate and has to check the server’s. Secret or files, one of both; a Secret lies where the proxy that reads it runs; and what is skipped is not checked at all.',
    '发起 TLS 的一方可能需要出示证书，并且要校验服务器的证书。Secret 与文件二选一；Secret 位于读取它的代理所在的命名空间；跳过即完全不校验。',
  ],
  tls,
)
const tcp: Why = why(
  ['Plain TCP has no name', '明文 TCP 没有名称'],
  [
    'Nothing in a TCP connection says which host is meant: the address and the port decide. So the port must be said, and without addresses the listener takes whatever comes to that port.',
    'TCP 连接中没有任何内容说明目标主机：由地址和端口决定。因此必须写明端口；没有地址时监听会拿走到达该端口的一切。',
  ],
  issue(58696),
)
const drawing: Why = why(
  ['What a drawing needs', '图需要什么'],
  [
    'A road leads from a pod through its sidecar, and perhaps a gateway, to a host. What leads nowhere, or has lost an end, becomes no YAML; names tell the parts apart, since objects in a cluster have nothing else.',
    '一条路从 Pod 经其 Sidecar，可能再经网关，到达主机。没有去向或缺了一端的部分不会生成 YAML；各部分以名称区分，因为集群中的对象别无其他标识。',
  ],
)
const places: Why = why(
  ['Namespaces and ports of the cluster', '集群的命名空间与端口'],
  [
    'Names of namespaces are labels of DNS, and a Service has each port once. What is written here must be what the cluster has: the YAML names it, and nothing else checks it.',
    '命名空间名称是 DNS 标签，Service 的每个端口只出现一次。这里写的必须与集群一致：YAML 会引用它，且没有其他检查。',
  ],
)

const kept: Why = why(
  ['What is not drawn', '没有画出的内容'],
  [
    'A picture shows roads from pods to hosts. What is no part of a road, or says more than a picture can hold, stays in the text as it is: it is applied with the rest, and only the picture and the trace do not know what it does.',
    '图展示从 Pod 到主机的路。不属于路、或超出图所能表达的内容原样留在文本中：会与其余部分一起应用，只是图和推演不知道它的作用。',
  ],
)

export const whyDesign: Readonly<Record<string, Why>> = {
  'wildcard-gateway': resolution,
  'wildcard-origination': resolution,
  'wildcard-resolution': resolution,
  'dynamic-dns': resolution,
  'none-gateway': resolution,
  'none-endpoints': resolution,
  'static-endpoints': resolution,
  'mutual-credential': certificate,
  'sidecar-credential': certificate,
  'skip-verify': certificate,
  'tcp-addresses': tcp,
  'tcp-port': tcp,
  'cluster-service-port': tcp,
  'hop-ends': drawing,
  'hop-lost': drawing,
  'leads-nowhere': drawing,
  'duplicate-name': drawing,
  'no-sidecar': drawing,
  'test-server-once': drawing,
  field: drawing,
  'not-drawn': kept,
  'guard-namespace': places,
  'root-namespace': places,
  'gateway-ports': places,
}
