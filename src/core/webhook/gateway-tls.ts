/** What Istio's webhook says of the TLS settings of a Gateway's server (istio/README 5; pkg/config/validation, validateTLSOptions). */

import { field, filled, has, inside, itemsOf, type Loose, textOf } from '../base/loose'
import { both } from '../base/text'
import { isHTTP, isProtocol, isTLS } from '../istio/protocol'
import { documentRule, networking, type Remark, without, written } from '../rules/one-document'
import type { Path } from '../yaml/document'

const reference = 'https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings'

/** A Gateway with one server: its protocol, and lines under `tls`. */
const gateway = (protocol: string, tls: readonly string[]) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: istio-egressgateway
  namespace: default
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
      number: ${protocol === 'HTTP' ? 80 : 443}
      name: port
      protocol: ${protocol}
    hosts:
    - edition.cnn.com
${tls.length > 0 ? `    tls:\n${tls.map((line) => `      ${line}\n`).join('')}` : ''}`

const server = 'Gateway/istio-egressgateway spec.servers.0'
const good = [
  { says: 'ISTIO_MUTUAL alone', yaml: gateway('HTTPS', ['mode: ISTIO_MUTUAL']) },
  { says: 'PASSTHROUGH alone', yaml: gateway('TLS', ['mode: PASSTHROUGH']) },
  { says: 'SIMPLE with a Secret', yaml: gateway('HTTPS', ['mode: SIMPLE', 'credentialName: cnn-credential']) },
]

const certificates = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames']

/** Each server with its TLS settings; null where it has none. */
const servers = (spec: Loose) =>
  itemsOf(spec, 'servers').map(([index, value]) => ({
    path: ['spec', 'servers', index] as Path,
    protocol: textOf(inside(value, 'port'), 'protocol'),
    tls: has(value, 'tls') ? inside(value, 'tls') : null,
  }))

/** Left out, the mode is PASSTHROUGH: it is the first of the enum. */
const modeOf = (tls: Loose): string => textOf(tls, 'mode') || 'PASSTHROUGH'

const tlsByProtocol = documentRule({
  id: 'W20',
  level: 'error',
  title: both('TLS settings and protocol of a server', 'server 的 TLS 设置与协议'),
  why: both(
    'A server whose protocol is HTTPS or TLS needs `tls`; one whose protocol is plain (HTTP, TCP, …) must not have it, but for `httpsRedirect`. The protocol says what arrives at the gateway: HTTPS with ISTIO_MUTUAL is HTTP inside the mesh’s own TLS, whatever the port number.',
    '协议为 HTTPS 或 TLS 的 server 必须有 `tls`；明文协议（HTTP、TCP 等）除 `httpsRedirect` 外不能有。协议说明到达网关的是什么：HTTPS 加 ISTIO_MUTUAL 表示网格自身 TLS 内的 HTTP，与端口号无关。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(({ path, protocol, tls }): Remark[] => {
      if (!isProtocol(protocol)) return []
      if (isTLS(protocol))
        return tls
          ? []
          : [
              {
                path: [...path, 'port', 'protocol'],
                says: both(
                  `A server with the protocol ${protocol} needs tls: Istio refuses it without.`,
                  `协议为 ${protocol} 的 server 需要 tls：没有时 Istio 会拒绝。`,
                ),
              },
            ]
      return tls ? plainWithTls(path, protocol, tls) : []
    }),
  good,
  bad: [
    {
      says: 'HTTPS without tls',
      yaml: gateway('HTTPS', []),
      at: `${server}.port.protocol`,
      shows: { check: 'server must have TLS settings for HTTPS/TLS protocols' },
    },
    {
      says: 'HTTP with mTLS',
      yaml: gateway('HTTP', ['mode: ISTIO_MUTUAL']),
      at: `${server}.tls`,
      shows: { check: 'server cannot have TLS settings for plain text HTTP ports' },
    },
    {
      says: 'TCP with mTLS',
      yaml: gateway('TCP', ['mode: ISTIO_MUTUAL']),
      at: `${server}.tls`,
      shows: { check: 'server cannot have TLS settings for non HTTPS/TLS ports' },
    },
  ],
})

/** Plain HTTP may have `tls` for its redirect alone. */
function plainWithTls(path: Path, protocol: string, tls: Loose): Remark[] {
  const files = ['serverCertificate', 'privateKey', 'caCertificates'].some((name) => textOf(tls, name) !== '')
  if (isHTTP(protocol) && modeOf(tls) === 'PASSTHROUGH' && !files) return []
  const meant = isHTTP(protocol) ? 'HTTPS' : 'TLS'
  return [
    {
      path: [...path, 'tls'],
      says: both(
        `tls beside the plain protocol ${protocol}: Istio refuses it. With ${modeOf(tls)} the protocol is ${meant}.`,
        `明文协议 ${protocol} 不能带 tls：Istio 会拒绝。使用 ${modeOf(tls)} 时协议应为 ${meant}。`,
      ),
      ...(modeOf(tls) === 'ISTIO_MUTUAL' && { fix: written([...path, 'port', 'protocol'], meant) }),
    },
  ]
}

const istioMutual = documentRule({
  id: 'W21',
  level: 'error',
  title: both('ISTIO_MUTUAL has no certificates of its own', 'ISTIO_MUTUAL 不带自己的证书'),
  why: both(
    'With ISTIO_MUTUAL a proxy uses the certificate that istiod gives it. Istio refuses any certificate field beside it.',
    '使用 ISTIO_MUTUAL 时代理使用 istiod 签发的证书，Istio 会拒绝与其并列的任何证书字段。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(({ path, tls }): Remark[] => {
      if (!tls || modeOf(tls) !== 'ISTIO_MUTUAL') return []
      const wrong = certificates.filter((name) => filled(tls, name))
      return wrong.length === 0
        ? []
        : [
            {
              path: [...path, 'tls', wrong[0]!],
              says: both(
                `Istio refuses ${wrong.join(', ')} beside ISTIO_MUTUAL: the certificates come from istiod.`,
                `Istio 会拒绝与 ISTIO_MUTUAL 并列的 ${wrong.join('、')}：证书来自 istiod。`,
              ),
              fix: without(wrong.map((name) => [...path, 'tls', name])),
            },
          ]
    }),
  good,
  bad: [
    {
      says: 'ISTIO_MUTUAL with the old mounted files',
      yaml: gateway('HTTPS', [
        'mode: ISTIO_MUTUAL',
        'serverCertificate: /etc/certs/cert-chain.pem',
        'privateKey: /etc/certs/key.pem',
        'caCertificates: /etc/certs/root-cert.pem',
      ]),
      at: `${server}.tls.serverCertificate`,
      shows: { check: 'ISTIO_MUTUAL TLS cannot have associated server certificate' },
    },
    {
      says: 'ISTIO_MUTUAL with a Secret',
      yaml: gateway('HTTPS', ['mode: ISTIO_MUTUAL', 'credentialName: cnn-credential']),
      at: `${server}.tls.credentialName`,
      shows: { check: 'ISTIO_MUTUAL TLS cannot have associated credentialName' },
    },
  ],
})

const ownCertificate = documentRule({
  id: 'W22',
  level: 'error',
  title: both('SIMPLE and MUTUAL servers need certificates', 'SIMPLE 与 MUTUAL 的 server 需要证书'),
  why: both(
    'A server that terminates TLS by itself needs its certificate and key, and for MUTUAL the CA of its clients: as a Secret (`credentialName`) or as mounted files. On an egress gateway the hop from the sidecar is usually meant: that is ISTIO_MUTUAL, which needs none of these.',
    '自行终止 TLS 的 server 需要证书和私钥，MUTUAL 还需要客户端的 CA：用 Secret（`credentialName`）或挂载文件提供。在出口网关上通常指来自 Sidecar 的一跳：那应是 ISTIO_MUTUAL，不需要这些。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(({ path, tls }): Remark[] => {
      if (!tls || !['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(modeOf(tls))) return []
      if (filled(tls, 'credentialName') || filled(tls, 'credentialNames')) return []
      const needed = filled(tls, 'tlsCertificates') ? [] : ['serverCertificate', 'privateKey']
      const missing = [...needed, ...(modeOf(tls) === 'SIMPLE' ? [] : ['caCertificates'])].filter((name) => !filled(tls, name))
      return missing.length === 0
        ? []
        : [
            {
              path: [...path, 'tls', 'mode'],
              says: both(
                `${modeOf(tls)} without ${missing.join(', ')} or a credentialName: Istio refuses it.`,
                `${modeOf(tls)} 缺少 ${missing.join('、')} 或 credentialName：Istio 会拒绝。`,
              ),
            },
          ]
    }),
  good,
  bad: [
    {
      says: 'SIMPLE without anything',
      yaml: gateway('HTTPS', ['mode: SIMPLE']),
      at: `${server}.tls.mode`,
      shows: { check: 'SIMPLE TLS requires a server certificate' },
    },
    {
      says: 'MUTUAL without the CA',
      yaml: gateway('HTTPS', ['mode: MUTUAL', 'serverCertificate: /etc/istio/tls.crt', 'privateKey: /etc/istio/tls.key']),
      at: `${server}.tls.mode`,
      shows: { check: 'MUTUAL TLS requires a client CA bundle' },
    },
  ],
})

const passthroughFiles = documentRule({
  id: 'W23',
  level: 'warning',
  title: both('PASSTHROUGH uses no certificates', 'PASSTHROUGH 不使用证书'),
  why: both(
    'With PASSTHROUGH the gateway does not open the app’s TLS, so certificates beside it are ignored. If the gateway was meant to open it, the mode is another.',
    '使用 PASSTHROUGH 时网关不解开应用的 TLS，其旁的证书会被忽略。如果本意是由网关解开，应使用其他模式。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(({ path, protocol, tls }): Remark[] => {
      if (!tls || !isTLS(protocol) || !['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(modeOf(tls))) return []
      const idle = [...certificates, 'caCrl'].filter((name) => filled(tls, name))
      return idle.length === 0
        ? []
        : [
            {
              path: [...path, 'tls', idle[0]!],
              says: both(
                `${modeOf(tls)} ignores ${idle.join(', ')}: the gateway does not open the TLS.`,
                `${modeOf(tls)} 会忽略 ${idle.join('、')}：网关不解开 TLS。`,
              ),
              fix: without(idle.map((name) => [...path, 'tls', name])),
            },
          ]
    }),
  good,
  bad: [
    {
      says: 'PASSTHROUGH with a Secret',
      yaml: gateway('TLS', ['mode: PASSTHROUGH', 'credentialName: cnn-credential']),
      at: `${server}.tls.credentialName`,
      shows: { check: 'mode does not use certificates, they will be ignored' },
    },
  ],
})

const redirect = documentRule({
  id: 'W24',
  level: 'warning',
  title: both('httpsRedirect belongs to an HTTP server', 'httpsRedirect 只用于 HTTP server'),
  why: both(
    'httpsRedirect answers plain HTTP with a redirect to https. On a server whose protocol is not HTTP there is nothing to redirect.',
    'httpsRedirect 把明文 HTTP 重定向到 https。协议不是 HTTP 的 server 没有可重定向的请求。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(({ path, protocol, tls }): Remark[] =>
      tls && field(tls, 'httpsRedirect') === true && !isHTTP(protocol)
        ? [
            {
              path: [...path, 'tls', 'httpsRedirect'],
              says: both(
                `httpsRedirect does nothing at a server with the protocol ${protocol}.`,
                `httpsRedirect 对协议为 ${protocol} 的 server 不起作用。`,
              ),
              fix: without([[...path, 'tls', 'httpsRedirect']]),
            },
          ]
        : [],
    ),
  good: [...good, { says: 'at an HTTP server', yaml: gateway('HTTP', ['httpsRedirect: true']) }],
  bad: [
    {
      says: 'httpsRedirect at a TLS server',
      yaml: gateway('TLS', ['mode: PASSTHROUGH', 'httpsRedirect: true']),
      at: `${server}.tls.httpsRedirect`,
      shows: { check: 'tls.httpsRedirect should only be used with http servers' },
    },
  ],
})

const twoSources = documentRule({
  id: 'W25',
  level: 'error',
  title: both('One source of a server’s certificate', 'server 证书只能有一个来源'),
  why: both(
    'A server’s certificate comes from one Secret, from several, from mounted files or from a list of them; Istio refuses two of these at once.',
    'server 的证书来自一个 Secret、多个 Secret、挂载文件或文件列表，其中两种并存时 Istio 会拒绝。',
  ),
  links: [reference],
  group: networking,
  kinds: ['Gateway'],
  look: (spec) =>
    servers(spec).flatMap(({ path, tls }): Remark[] => {
      if (!tls || modeOf(tls) === 'ISTIO_MUTUAL') return []
      const files = filled(tls, 'serverCertificate') && filled(tls, 'privateKey') ? ['serverCertificate'] : []
      const [first, other] = [...files, ...['credentialName', 'credentialNames', 'tlsCertificates'].filter((name) => filled(tls, name))]
      return other
        ? [
            {
              path: [...path, 'tls', other],
              says: both(`Istio refuses ${other} beside ${first}.`, `Istio 会拒绝与 ${first} 并列的 ${other}。`),
            },
          ]
        : []
    }),
  good,
  bad: [
    {
      says: 'a Secret beside files',
      yaml: gateway('HTTPS', [
        'mode: SIMPLE',
        'credentialName: cnn-credential',
        'serverCertificate: /etc/istio/tls.crt',
        'privateKey: /etc/istio/tls.key',
      ]),
      at: `${server}.tls.credentialName`,
      shows: { check: 'only one of' },
    },
    {
      says: 'a Secret beside a list of files',
      yaml: gateway('HTTPS', [
        'mode: SIMPLE',
        'credentialName: cnn-credential',
        'tlsCertificates: [{serverCertificate: /etc/istio/tls.crt, privateKey: /etc/istio/tls.key}]',
      ]),
      at: `${server}.tls.tlsCertificates`,
      shows: { check: 'only one of' },
    },
  ],
})

export const webhookGatewayTls = [tlsByProtocol, istioMutual, ownCertificate, passthroughFiles, redirect, twoSources]
