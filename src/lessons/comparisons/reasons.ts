/** Reasons that several comparisons share: why a line of the tutorials is written otherwise today. */
import { both } from '../../core/base/text'
import type { Comparison } from '../kind'

type Reason = Comparison['reasons'][number]

/** The API version. */
export const version: Reason = {
  at: 'networking.istio.io/v1alpha3',
  says: both(
    'The networking kinds are `v1` since Istio 1.22. A cluster still takes `v1alpha3`, so old files go on working; new ones should not begin with it.',
    '从 Istio 1.22 起，网络类的对象都有了 `v1`。集群仍然接受 `v1alpha3`，旧文件可以继续使用，但新写的文件应当用 `v1`。',
  ),
}

/** Objects say their namespace. */
export const place: Reason = {
  at: '  namespace: default',
  says: both(
    'Without a namespace an object lands where `kubectl` happens to point. A Gateway named without a namespace in a VirtualService means the one beside it, and ServiceEntries and rules are looked up by namespace: say where each belongs.',
    '不写命名空间，对象会落在 `kubectl` 当前所指的命名空间里。VirtualService 里不带命名空间的 Gateway 名称，指的是与它同一命名空间的那一个；ServiceEntry 和各种规则也按命名空间查找，所以最好写清楚。',
  ),
}

/** The rule on the hop lies beside the gateway’s Service. */
export const root: Reason = {
  at: '  namespace: istio-system',
  says: both(
    'A sidecar looks for rules on the gateway’s Service in its own namespace first, then beside the Service. In `istio-system` every client finds this one; in `default` a client in another namespace would meet an unknown subset: `503 NC`.',
    '查找关于网关 Service 的规则时，Sidecar 先看自己的命名空间，再看 Service 所在的命名空间。放在 `istio-system`，所有客户端都能找到；放在 `default`，其他命名空间的客户端就会遇到不存在的 subset：`503 NC`。',
  ),
}

/** Weights of a single destination. */
export const weight: Reason = {
  at: 'weight: 100',
  says: both('A single destination gets everything anyway.', '只有一个目的地时，流量本来就全部给它。'),
}

/** The spelling of SNI matches. */
export const sni: Reason = {
  at: 'sniHosts:',
  says: both(
    'Fields are camelCase. A cluster refuses `sni_hosts`: the required `sniHosts` is missing then.',
    '字段名采用驼峰写法。集群会拒绝 `sni_hosts`，因为这样就缺少了必填的 `sniHosts`。',
  ),
}

/** Certificates that a sidecar once found in files. */
export const files: Reason = {
  at: 'mode: ISTIO_MUTUAL',
  says: both(
    'The files in `/etc/certs` are gone: certificates come to the proxy over SDS. With `MUTUAL` and these paths the server never gets its certificate and every handshake is reset. `ISTIO_MUTUAL` means the mesh’s own certificates, and allows no certificate field beside it.',
    '`/etc/certs` 下已经没有这些文件：证书改由 SDS 下发给代理。继续用 `MUTUAL` 和这些路径，网关 server 永远拿不到证书，每次握手都会被重置。`ISTIO_MUTUAL` 表示使用网格自己签发的证书，旁边不允许再写任何证书字段。',
  ),
}

/** Load balancing that nothing depends on. */
export const robin: Reason = {
  at: 'loadBalancer:',
  says: both(
    'How requests are spread over the gateway’s pods is another question, and the default answers it well: write only what this hop needs.',
    '请求如何分摊到网关的各个 Pod 是另一回事，默认值就很合适：只写这一跳需要的内容。',
  ),
}
