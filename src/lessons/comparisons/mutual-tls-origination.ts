/** Then and now: the gateway shows a client certificate. */
import { both } from '../../core/base/text'
import type { Comparison } from '../kind'
import { files, place, robin, root, version, weight } from './reasons'

export const mutualTlsOriginationThen: readonly Comparison[] = [
  {
    title: both('The host, and a route for the app’s own TLS', '外部主机，以及应用自己的 TLS 的路由'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata:
  name: nginx
spec:
  hosts:
  - nginx.example.com
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
  endpoints:
  - address: my-nginx.mesh-external.svc.cluster.local
    ports:
      https: 443
---
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata:
  name: nginx
spec:
  hosts:
  - nginx.example.com
  tls:
  - match:
    - port: 443
      sni_hosts:
      - nginx.example.com
    route:
    - destination:
        host: nginx.example.com
        port:
          number: 443
      weight: 100
`,
    today: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: nginx
  namespace: default
spec:
  hosts:
  - nginx.example.com
  ports:
  - number: 80
    name: http
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
  endpoints:
  - address: my-nginx.mesh-external.svc.cluster.local
`,
    reasons: [
      version,
      place,
      {
        at: 'https: 443',
        says: both(
          'The endpoint serves the same number; a mapping is only needed where it differs.',
          'endpoint 使用的端口号相同；只有不同时才需要映射。',
        ),
      },
      {
        at: 'sni_hosts',
        says: both(
          'Fields are spelled in camelCase: a cluster of today refuses `sni_hosts`, since the required `sniHosts` is missing.',
          '字段名使用驼峰式：今天的集群会拒绝 `sni_hosts`，因为缺少必填的 `sniHosts`。',
        ),
      },
      {
        at: 'kind: VirtualService',
        says: both(
          'The whole VirtualService can go: a ServiceEntry with an HTTPS port is enough for the app’s own TLS to find its way. A second one for this host follows in the tutorial, and two owners of a host are reported as IST0109.',
          '整个 VirtualService 都可以去掉：有 HTTPS 端口的 ServiceEntry 就足以让应用自己的 TLS 找到目标。教程稍后还会为同一主机再写一个 VirtualService，而一个主机有两个主人会被报为 IST0109。',
        ),
      },
    ],
  },
  {
    title: both('The gateway’s server and the hop to it', '网关的 server 与通往它的一跳'),
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
      name: https
      protocol: HTTPS
    hosts:
    - nginx.example.com
    tls:
      mode: MUTUAL
      serverCertificate: /etc/certs/cert-chain.pem
      privateKey: /etc/certs/key.pem
      caCertificates: /etc/certs/root-cert.pem
---
apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: egressgateway-for-nginx
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: nginx
    trafficPolicy:
      loadBalancer:
        simple: ROUND_ROBIN
      portLevelSettings:
      - port:
          number: 443
        tls:
          mode: ISTIO_MUTUAL
          sni: nginx.example.com
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
      name: https
      protocol: HTTPS
    hosts:
    - nginx.example.com
    tls:
      mode: ISTIO_MUTUAL
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-nginx
  namespace: istio-system
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: nginx
    trafficPolicy:
      portLevelSettings:
      - port:
          number: 443
        tls:
          mode: ISTIO_MUTUAL
          sni: nginx.example.com
`,
    reasons: [version, place, files, root, robin],
  },
  {
    title: both('The routes, and the rule with the client certificate', '路由，以及带客户端证书的规则'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata:
  name: direct-nginx-through-egress-gateway
spec:
  hosts:
  - nginx.example.com
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
        subset: nginx
        port:
          number: 443
      weight: 100
  - match:
    - gateways:
      - istio-egressgateway
      port: 443
    route:
    - destination:
        host: nginx.example.com
        port:
          number: 443
      weight: 100
---
apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: originate-mtls-for-nginx
spec:
  host: nginx.example.com
  trafficPolicy:
    loadBalancer:
      simple: ROUND_ROBIN
    portLevelSettings:
    - port:
        number: 443
      tls:
        mode: MUTUAL
        clientCertificate: /etc/nginx-client-certs/tls.crt
        privateKey: /etc/nginx-client-certs/tls.key
        caCertificates: /etc/nginx-ca-certs/ca-chain.cert.pem
        sni: nginx.example.com
`,
    today: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: direct-nginx-through-egress-gateway
  namespace: default
spec:
  hosts:
  - nginx.example.com
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
        subset: nginx
        port:
          number: 443
  - match:
    - gateways:
      - istio-egressgateway
      port: 443
    route:
    - destination:
        host: nginx.example.com
        port:
          number: 443
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: originate-mtls-for-nginx
  namespace: default
spec:
  host: nginx.example.com
  exportTo:
  - istio-system
  trafficPolicy:
    portLevelSettings:
    - port:
        number: 443
      tls:
        mode: MUTUAL
        credentialName: client-credential
        sni: nginx.example.com
        subjectAltNames:
        - nginx.example.com
`,
    reasons: [
      version,
      place,
      weight,
      {
        at: 'simple: ROUND_ROBIN',
        says: both(
          'It has nothing to do with TLS. Left out, Istio balances as it does by default.',
          '这与 TLS 无关。不写时，Istio 使用默认的负载均衡方式。',
        ),
      },
      {
        at: 'credentialName: client-credential',
        says: both(
          'A Secret in the gateway’s namespace holds certificate, key and CA. The gateway gets it from istiod: nothing is mounted, its Deployment stays as it is, and a new certificate needs no restart.',
          '证书、密钥和 CA 放在网关命名空间的一个 Secret 里，由 istiod 交给网关：无需挂载，Deployment 保持不变，更换证书也不用重启。',
        ),
      },
      {
        at: 'clientCertificate:',
        says: both(
          'Files work as well, but only once they are mounted into the gateway’s pod; the tutorial generated the whole installation anew for that.',
          '使用文件也可以，但必须先挂载到网关的 Pod 中；教程为此重新生成了整个安装清单。',
        ),
      },
      {
        at: 'subjectAltNames:',
        says: both(
          '`sni` alone switches the check of the server’s name off: any certificate of the same CA would do. The names to check have to be said.',
          '只写 `sni` 会关闭对服务器名称的校验：同一个 CA 签发的任何证书都会被接受。因此必须写明要校验的名称。',
        ),
      },
      {
        at: 'exportTo:',
        says: both(
          'The rule is for the gateway. Sidecars that see it drop its TLS settings, as they lack the Secret, and the app’s own HTTPS would suffer with files.',
          '这条规则是给网关用的。Sidecar 也看到它时，用 credentialName 的 TLS 设置会被丢弃；用文件的话，应用自己的 HTTPS 会出错。',
        ),
      },
    ],
  },
]
