/** What Istio's webhook refuses in the TLS settings of a DestinationRule (istio/README 5; pkg/config/validation/agent, ValidateTLS). */

import { field, filled, has, inside, type Loose, textOf } from '../base/loose'
import { both } from '../base/text'
import { documentRule, networking, type Remark, without } from '../rules/one-document'
import type { Path } from '../yaml/document'
import { destinationRule, good, policiesOf } from './destination-rule'

const reference = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings'

const tls = (...lines: readonly string[]) =>
  destinationRule(
    `  trafficPolicy:\n    portLevelSettings:\n    - port:\n        number: 443\n      tls:\n${lines.map((line) => `        ${line}\n`).join('')}`,
  )
const at = 'DestinationRule/cnn spec.trafficPolicy.portLevelSettings.0.tls'

/** Every TLS setting of a DestinationRule. */
const settingsOf = (spec: Loose): { path: Path; tls: Loose; mode: string }[] =>
  policiesOf(spec).flatMap(({ path, policy }) => {
    const settings = inside(policy, 'tls')
    return has(policy, 'tls') ? [{ path: [...path, 'tls'], tls: settings, mode: textOf(settings, 'mode') || 'DISABLE' }] : []
  })

const originates = (mode: string) => mode === 'SIMPLE' || mode === 'MUTUAL'
const files = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl']

const mutual = documentRule({
  id: 'W57',
  level: 'error',
  title: both('MUTUAL needs a client certificate', 'MUTUAL 需要客户端证书'),
  why: both(
    'With MUTUAL the proxy shows a certificate to the server: from a Secret (`credentialName`) or from mounted files (`clientCertificate` and `privateKey`). Towards a gateway of the mesh ISTIO_MUTUAL is meant, which needs neither.',
    '使用 MUTUAL 时代理要向服务器出示证书：来自 Secret（`credentialName`）或挂载文件（`clientCertificate` 与 `privateKey`）。若是去往网格内的网关，应使用 ISTIO_MUTUAL，两者都不需要。',
  ),
  links: [reference],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    settingsOf(spec).flatMap(({ path, tls: settings, mode }): Remark[] => {
      if (mode !== 'MUTUAL' || filled(settings, 'credentialName')) return []
      const missing = ['clientCertificate', 'privateKey'].filter((name) => !filled(settings, name))
      return missing.length === 0
        ? []
        : [
            {
              path: [...path, 'mode'],
              says: both(
                `MUTUAL without ${missing.join(', ')} or a credentialName: Istio refuses it.`,
                `MUTUAL 缺少 ${missing.join('、')} 或 credentialName：Istio 会拒绝。`,
              ),
            },
          ]
    }),
  good: [...good, { says: 'MUTUAL with a Secret', yaml: tls('mode: MUTUAL', 'credentialName: client-credential') }],
  bad: [
    {
      says: 'MUTUAL alone',
      yaml: tls('mode: MUTUAL'),
      at: `${at}.mode`,
      shows: { check: 'client certificate required for mutual tls' },
    },
    {
      says: 'MUTUAL without the key',
      yaml: tls('mode: MUTUAL', 'clientCertificate: /etc/istio/certs/tls.crt'),
      at: `${at}.mode`,
      shows: { check: 'private key required for mutual tls' },
    },
  ],
})

const secretAndFiles = documentRule({
  id: 'W58',
  level: 'error',
  title: both('A Secret beside certificate files', 'Secret 与证书文件并存'),
  why: both(
    'The certificates come from the Secret that `credentialName` names, its CA included, or from mounted files; Istio refuses both at once.',
    '证书（含 CA）来自 `credentialName` 指定的 Secret，或来自挂载文件；二者并存时 Istio 会拒绝。',
  ),
  links: [reference],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    settingsOf(spec).flatMap(({ path, tls: settings, mode }): Remark[] => {
      const beside = originates(mode) && filled(settings, 'credentialName') ? files.filter((name) => filled(settings, name)) : []
      return beside.length === 0
        ? []
        : [
            {
              path: [...path, beside[0]!],
              says: both(
                `Istio refuses ${beside.join(', ')} beside credentialName: the Secret holds them.`,
                `Istio 会拒绝与 credentialName 并列的 ${beside.join('、')}：它们应在 Secret 中。`,
              ),
              fix: without(beside.map((name) => [...path, name])),
            },
          ]
    }),
  good,
  bad: [
    {
      says: 'a CA file beside the Secret',
      yaml: tls('mode: SIMPLE', 'credentialName: client-credential', 'caCertificates: /etc/ssl/certs/ca.crt'),
      at: `${at}.caCertificates`,
      shows: { check: 'cannot specify client certificates or CA certificate' },
    },
  ],
})

const skipVerify = documentRule({
  id: 'W59',
  level: 'error',
  title: both('insecureSkipVerify beside what it skips', 'insecureSkipVerify 与校验设置并存'),
  why: both(
    '`insecureSkipVerify` switches every check of the server’s certificate off, so a CA or names to check beside it contradict it. With MUTUAL a credentialName may stay, for the client certificate.',
    '`insecureSkipVerify` 关闭对服务器证书的一切校验，与 CA 或要校验的名称互相矛盾。MUTUAL 可以保留 credentialName 以提供客户端证书。',
  ),
  links: [reference],
  group: networking,
  kinds: ['DestinationRule'],
  look: (spec) =>
    settingsOf(spec).flatMap(({ path, tls: settings, mode }): Remark[] => {
      if (field(settings, 'insecureSkipVerify') !== true || !originates(mode)) return []
      const names = ['caCertificates', 'subjectAltNames', ...(mode === 'SIMPLE' ? ['credentialName'] : [])]
      const beside = names.filter((name) => filled(settings, name))
      return beside.length === 0
        ? []
        : [
            {
              path: [...path, 'insecureSkipVerify'],
              says: both(
                `insecureSkipVerify contradicts ${beside.join(', ')}: Istio refuses it.`,
                `insecureSkipVerify 与 ${beside.join('、')} 矛盾：Istio 会拒绝。`,
              ),
              fix: without([[...path, 'insecureSkipVerify']]),
            },
          ]
    }),
  good: [...good, { says: 'alone', yaml: tls('mode: SIMPLE', 'insecureSkipVerify: true') }],
  bad: [
    {
      says: 'names to check beside it',
      yaml: tls('mode: SIMPLE', 'insecureSkipVerify: true', 'subjectAltNames: [edition.cnn.com]'),
      at: `${at}.insecureSkipVerify`,
      shows: { check: 'when InsecureSkipVerify is set true' },
    },
    {
      says: 'a Secret beside it, SIMPLE',
      yaml: tls('mode: SIMPLE', 'insecureSkipVerify: true', 'credentialName: ca-credential'),
      at: `${at}.insecureSkipVerify`,
      shows: { check: 'when InsecureSkipVerify is set true' },
    },
  ],
})

export const webhookClientTls = [mutual, secretAndFiles, skipVerify]
