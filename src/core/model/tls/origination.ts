/** What SIMPLE and MUTUAL share: their fields, where they fit, and how the server's name is checked. */

import { both, same, type Text } from '../../base/text'
import type { Leg, Speaks, TlsFields } from '../design'
import { checkName, checkPath, checkServerName, type Field } from '../field'
import type { Along } from './kind'

const sni: Field = {
  id: 'sni',
  title: same('sni'),
  type: 'text',
  help: both('The server name that is sent. Empty: the name in the Host header.', '发送的服务器名称。留空则取 Host 头中的名称。'),
  check: checkServerName,
}
const subjectAltNames: Field = {
  id: 'subjectAltNames',
  title: same('subjectAltNames'),
  type: 'list',
  help: both(
    'Names of which the server’s certificate must have one. Empty: the sni, or the Host header.',
    '服务器证书必须包含其中一个名称。留空则检查 sni 或 Host 头。',
  ),
  check: checkServerName,
}
const caCertificates: Field = {
  id: 'caCertificates',
  title: same('caCertificates'),
  type: 'text',
  help: both(
    'A file in the proxy with the CAs to trust. Empty: those of its operating system.',
    '代理中保存受信任 CA 的文件。留空则用操作系统的 CA。',
  ),
  placeholder: '/etc/istio/certs/ca.crt',
  check: checkPath,
}
const insecureSkipVerify: Field = {
  id: 'insecureSkipVerify',
  title: same('insecureSkipVerify'),
  type: 'flag',
  help: both('Do not check the server’s certificate at all. For experiments only.', '完全不检查服务器证书。仅用于试验。'),
}
const credentialName: Field = {
  id: 'credentialName',
  title: same('credentialName'),
  type: 'text',
  help: both('A Secret in the namespace of the proxy that starts the TLS.', '发起 TLS 的代理所在命名空间里的 Secret。'),
  placeholder: 'client-credential',
  check: checkName,
}
const clientCertificate: Field = {
  id: 'clientCertificate',
  title: same('clientCertificate'),
  type: 'text',
  help: both('A mounted file with the client certificate; instead of credentialName.', '挂载的客户端证书文件；与 credentialName 二选一。'),
  placeholder: '/etc/istio/certs/tls.crt',
  check: checkPath,
}
const privateKey: Field = {
  id: 'privateKey',
  title: same('privateKey'),
  type: 'text',
  help: both('A mounted file with the client’s key; instead of credentialName.', '挂载的客户端密钥文件；与 credentialName 二选一。'),
  placeholder: '/etc/istio/certs/tls.key',
  check: checkPath,
}

export const simpleFields: readonly Field[] = [sni, subjectAltNames, caCertificates, insecureSkipVerify]
export const mutualFields: readonly Field[] = [credentialName, clientCertificate, privateKey, ...simpleFields]

/** Origination belongs on the way outside, and never on top of the app's own TLS. */
export function fitsOrigination(leg: Leg, speaks: Speaks): true | Text {
  if (leg !== 'outside') return both('Only on the way outside.', '只用于通往外部的一跳。')
  if (speaks === 'HTTPS')
    return both(
      'The app speaks TLS itself: this would be TLS in TLS, which the host does not understand.',
      '应用自己使用 TLS：再加一层就成了 TLS 套 TLS，主机无法理解。',
    )
  return true
}

/**
 * The fields as a DestinationRule carries them. `sni` alone switches the name check off, so `subjectAltNames` come with it; TCP has no Host
 * header to take both from (istio/README 7.5). `insecureSkipVerify` is beside neither (section 5).
 */
export function verified(fields: TlsFields, along: Along): TlsFields {
  const { sni, subjectAltNames, insecureSkipVerify, ...rest } = fields
  const sent = sni || (along.speaks === 'HTTP' ? undefined : along.host)
  if (insecureSkipVerify) return { ...rest, ...(sent && { sni: sent }), insecureSkipVerify }
  const names = subjectAltNames?.length ? subjectAltNames : sent ? [sent] : undefined
  return { ...rest, ...(sent && { sni: sent }), ...(names && { subjectAltNames: names }) }
}

/**
 * Only the fields that the mode has: what was typed under another mode stays in the design and out of the YAML. In the order of the mode, so
 * that the same settings are the same text whatever was typed first.
 */
export function only(fields: readonly Field[], values: TlsFields): TlsFields {
  const said = fields.map(({ id }) => [id, values[id as keyof TlsFields]] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== '' && value !== undefined && value !== false))
}
