import { both } from '../base/text'
import { isServiceHost } from '../istio/host-name'
import type { ClientTls, GatewayServer } from '../istio/mesh'
import type { Surroundings } from '../istio/surroundings'
import { needsClientCertificate, servesOwnCertificate } from '../istio/tls-mode'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Place } from '../yaml/document'
import { but, c4, c6 } from './canon'
import { tlsOf } from './l10-name-unchecked'
import { called, issue, ruled, setting } from './named'

const id = 'L17'
const mounted = '/etc/certs/'

/** The mesh's own certificates as files, which no proxy has any more (istio/README 7.8, 9). */
function check({ mesh, around }: RuleInput): RuleFinding[] {
  const there = filesIn(around)
  const gone = (...paths: string[]) => paths.filter((path) => path.startsWith(mounted) && !there.has(path))
  return [
    ...mesh.gatewayServers.flatMap((gatewayServer) => {
      const { tls } = gatewayServer
      if (!tls || !servesOwnCertificate(tls.mode)) return []
      const files = gone(tls.serverCertificate, tls.privateKey, tls.caCertificates)
      return files.length > 0 ? [server(gatewayServer, files[0] as string)] : []
    }),
    ...mesh.destinationRules.flatMap((destinationRule) =>
      tlsOf(destinationRule).flatMap((tls) => {
        const files = needsClientCertificate(tls.mode) ? gone(tls.clientCertificate, tls.privateKey, tls.caCertificates) : []
        return files.length > 0 ? [client(called(destinationRule), destinationRule.host, tls, files[0] as string)] : []
      }),
    ),
  ]
}

const filesIn = ({ files, filesOf }: Surroundings): Set<string> =>
  new Set([files, ...Object.values(filesOf)].flatMap((each) => Object.keys(each)))

const mutual = (place: Place, sni: string) =>
  setting(both('Use ISTIO_MUTUAL', '改用 ISTIO_MUTUAL'), [place, { mode: 'ISTIO_MUTUAL', ...(sni && { sni }) }])

function server(gatewayServer: GatewayServer, file: string): RuleFinding {
  const place = { of: gatewayServer.from.of, path: [...gatewayServer.from.path, 'tls'] }
  return ruled(
    id,
    'error',
    place,
    both(
      `The server on port ${gatewayServer.number} of ${called(gatewayServer)} takes its certificate from ${file}. Istio has not mounted /etc/certs since 1.5: the certificate never loads.`,
      `${called(gatewayServer)} 的 ${gatewayServer.number} 端口从 ${file} 读取证书。自 1.5 起 Istio 不再挂载 /etc/certs：证书永远加载不了。`,
    ),
    needsClientCertificate(gatewayServer.tls?.mode) ? mutual(place, '') : undefined,
  )
}

function client(name: string, host: string, tls: ClientTls, file: string): RuleFinding {
  return ruled(
    id,
    'error',
    tls.from,
    both(
      `${name} opens TLS to ${host} with the client certificate in ${file}. Istio has not mounted /etc/certs since 1.5: the proxy waits for a file that never comes.`,
      `${name} 以 ${file} 中的客户端证书向 ${host} 发起 TLS。自 1.5 起 Istio 不再挂载 /etc/certs：代理等待的文件永远不会出现。`,
    ),
    isServiceHost(host) ? mutual(tls.from, tls.sni) : undefined,
  )
}

const files = 'serverCertificate: /etc/certs/cert-chain.pem, privateKey: /etc/certs/key.pem, caCertificates: /etc/certs/root-cert.pem'

export const oldCertificates: Rule = {
  id,
  level: 'error',
  title: both('Certificates under /etc/certs', '/etc/certs 下的证书'),
  why: both(
    'Tutorials from before Istio 1.5 let the gateway’s server read the mesh certificates from files under /etc/certs, with mode MUTUAL. Today a proxy gets them from istiod, renewed and in memory. Mode ISTIO_MUTUAL means just that and needs no file names; Istio refuses any beside it.',
    'Istio 1.5 之前的教程让网关的 server 以 MUTUAL 模式从 /etc/certs 下的文件读取网格证书。如今代理直接从 istiod 获得证书，保存在内存中并自动轮换。ISTIO_MUTUAL 模式正是此意，不需要文件名；与它同时写出文件名会被 Istio 拒绝。',
  ),
  links: [issue(20856), issue(9659), 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/'],
  check,
  good: [
    { says: 'ISTIO_MUTUAL on both ends of the hop.', yaml: c6 },
    { says: 'The same for TLS in TLS.', yaml: c4, url: 'https://edition.cnn.com/politics' },
  ],
  bad: [
    {
      says: 'The server of the tutorials: its certificate never loads.',
      yaml: but(c6, ['    tls: {mode: ISTIO_MUTUAL}', `    tls: {mode: MUTUAL, ${files}}`]),
      at: 'Gateway/istio-egressgateway spec.servers.0.tls',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The same for TLS in TLS.',
      yaml: but(c4, ['    tls: {mode: ISTIO_MUTUAL}', `    tls: {mode: MUTUAL, ${files}}`]),
      at: 'Gateway/istio-egressgateway spec.servers.0.tls',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
