/** Symptoms of the hop between sidecar and gateway: both ends must agree on its TLS. */

import { both } from '../../base/text'
import type { Lane } from '../../compile/plan/lanes'
import { carriesTls, usesIstioCertificates } from '../../istio/tls-mode'
import { serviceHostOf } from '../../model/design'
import type { Block, Subject } from './kind'
import { podPortOf } from './proxy-checks'
import { command, proxy } from './shell'

/** Those that can show up in this design. */
export function hopSymptoms({ plan }: Subject): Block[] {
  const mutual = plan.lanes.filter((lane) => usesIstioCertificates(lane.mesh))
  const http = mutual.find((lane) => lane.speaks === 'HTTP')
  const wrapped = mutual.find((lane) => lane.speaks === 'HTTPS')
  const plain = plan.lanes.find((lane) => !carriesTls(lane.mesh))
  const [first] = mutual
  return [
    ...(first ? [unknownSni(first)] : []),
    ...(http ? [plainClient(http)] : []),
    ...(wrapped ? [foreignCertificate(wrapped)] : []),
    ...(plain ? [tlsClient(plain)] : []),
  ]
}

const settings = ({ paths: [path], gateway, port }: Lane): string =>
  path
    ? `${command('istioctl', 'proxy-config', 'clusters', proxy(path.pod), '--fqdn', serviceHostOf(gateway), '--port', String(port), '-o', 'json')} | grep -E '"(name|sni)":'`
    : ''

const unknownSni = (lane: Lane): Block => ({
  says: both(
    `The gateway’s lines say NR filter_chain_not_found with an SNI like outbound_.${lane.port}_….: the DestinationRule of the hop has no sni, or one that the Gateway’s server does not list. It must be ${lane.host.name}.`,
    `网关的日志是 NR filter_chain_not_found，SNI 形如 outbound_.${lane.port}_…：这一跳的 DestinationRule 没有写 sni，或者 Gateway 的 server 没有列出它。它应当是 ${lane.host.name}。`,
  ),
  run: settings(lane),
  expect: `…\n…"sni": "${lane.host.name}"…`,
})

const plainClient = (lane: Lane): Block => ({
  says: both(
    `503 with UC in the sidecar’s line, and the gateway’s says NR filter_chain_not_found without an SNI: the sidecar speaks plain text to a server that wants mTLS. The subset needs portLevelSettings for port ${lane.port} with ISTIO_MUTUAL: settings for another port do not count, and auto mTLS does not reach gateways.`,
    `Sidecar 的日志是 503 和 UC，网关的日志是没有 SNI 的 NR filter_chain_not_found：Sidecar 用明文访问要求 mTLS 的 server。该 subset 需要为端口 ${lane.port} 写 ISTIO_MUTUAL 的 portLevelSettings：其他端口的设置不算，自动 mTLS 也不作用于网关。`,
  ),
  run: settings(lane),
})

const tlsClient = (lane: Lane): Block => ({
  says: both(
    `503 with WRONG_VERSION_NUMBER in the sidecar’s line, and the gateway’s say 400 DPE: the sidecar speaks mTLS to a plain server. Take ISTIO_MUTUAL out of the hop’s DestinationRule, or give it to the server of ${lane.gateway.name} too.`,
    `Sidecar 的日志是 503 和 WRONG_VERSION_NUMBER，网关的日志是 400 DPE：Sidecar 用 mTLS 访问明文的 server。请从这一跳的 DestinationRule 去掉 ISTIO_MUTUAL，或者让 ${lane.gateway.name} 的 server 也使用它。`,
  ),
  run: command('istioctl', 'proxy-config', 'listeners', proxy(lane.gateway), '--port', String(podPortOf(lane))),
})

const foreignCertificate = (lane: Lane): Block => ({
  says: both(
    `curl exits 60: the app was shown the gateway’s certificate in place of the host’s. The Gateway’s server ends the TLS that the app began, for the hop lacks its own: the subset needs ISTIO_MUTUAL for port ${lane.port}.`,
    `curl 以 60 退出：应用看到的是网关的证书，而不是主机的。因为这一跳缺少自己的 TLS，Gateway 的 server 终止了应用发起的 TLS：该 subset 需要为端口 ${lane.port} 写 ISTIO_MUTUAL。`,
  ),
  run: settings(lane),
})
