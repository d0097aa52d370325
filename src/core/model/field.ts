/** A field of a node or hop as data: one generic form draws every kind. Values are checked here, each with its own sentence. */

import { isIP } from '../base/ip'
import { cutTo } from '../base/slug'
import { both, numbered, type Text } from '../base/text'

/** Why a value is wrong, and one that would be right where it can be told. */
export interface Complaint {
  says: Text
  offer?: string
}

export interface Field {
  /** The key in `Fields`, `TlsFields`, `Node` or `Call`. */
  id: string
  title: Text
  help: Text
  type: 'text' | 'number' | 'list' | 'labels' | 'ports' | 'flag' | 'choice'
  choices?: readonly string[]
  /** What the form shows while the field is empty. */
  placeholder?: string
  /** Looks at one value as typed (of a list: one entry). */
  check?(value: string): Complaint | null
}

/** A value inside of a sentence: one that is far too long is cut. */
export const shown = (value: string): string => (value.length > 80 ? `${value.slice(0, 79)}…` : value)

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

/** A DNS label as Kubernetes wants names and namespaces (RFC 1123: at most 63 characters). */
export function checkName(value: string): Complaint | null {
  if (value === '') return { says: both('Empty: give it a name.', '为空：请填写名称。') }
  if (value.length > 63)
    return {
      says: both(`${numbered(value.length, 'character')}; a name has at most 63.`, `共 ${value.length} 个字符；名称最多 63 个。`),
      offer: cutTo(value),
    }
  if (label.test(value)) return null
  const offer = value
    .toLowerCase()
    .replace(/[^-a-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '')
    .slice(0, 63)
  return {
    says: both(
      `"${shown(value)}" is no DNS label: lower-case letters, digits and "-" only.`,
      `“${shown(value)}”不是 DNS 标签：只能用小写字母、数字和“-”。`,
    ),
    ...(label.test(offer) && { offer }),
  }
}

/** A host outside: a DNS name with a dot, or `*.` and one. Schemes, paths, ports and spaces are taken off in the offer. */
export function checkHost(value: string): Complaint | null {
  if (value === '') return { says: both('Empty: write the host, such as edition.cnn.com.', '为空：请填写主机，例如 edition.cnn.com。') }
  const bare = bareHost(value)
  const offer = bare !== value && isHostName(bare) ? { offer: bare } : {}
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value))
    return {
      says: both(`"${shown(value)}" has a scheme: only the host name belongs here.`, `“${shown(value)}”带有协议：这里只写主机名。`),
      ...offer,
    }
  if (value.includes('/'))
    return {
      says: both(`"${shown(value)}" has a path: only the host name belongs here.`, `“${shown(value)}”带有路径：这里只写主机名。`),
      ...offer,
    }
  if (isIP(value))
    return {
      says: both(
        `${value} is an IP address: name the host, and put the address into its field "addresses".`,
        `${value} 是 IP 地址：请写主机名，并把地址填入“addresses”字段。`,
      ),
    }
  if (/:\d*$/.test(value))
    return {
      says: both(`"${shown(value)}" has a port: the port belongs to the hop.`, `“${shown(value)}”带有端口：端口写在这一跳上。`),
      ...offer,
    }
  if (value === '*')
    return { says: both('"*" is every host: Istio wants at least *.example.com.', '“*”表示所有主机：Istio 至少需要 *.example.com。') }
  if (isHostName(value)) return null
  if (label.test(value))
    return {
      says: both(`"${shown(value)}" has no dot: outside hosts need their full name.`, `“${shown(value)}”没有点：外部主机需要完整名称。`),
      ...(isHostName(`${value}.example.com`) && { offer: `${value}.example.com` }),
    }
  return { says: both(`"${shown(value)}" is no DNS name.`, `“${shown(value)}”不是 DNS 名称。`), ...(isHostName(bare) && { offer: bare }) }
}

function isHostName(value: string): boolean {
  const name = value.startsWith('*.') ? value.slice(2) : value
  return name.length <= 253 && name.includes('.') && !isIP(name) && name.split('.').every((part) => part.length <= 63 && label.test(part))
}

/** What is left of a pasted URL when only the host may stay. */
function bareHost(value: string): string {
  return value
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/[/?#].*$/s, '')
    .replace(/:\d*$/, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

export function checkPort(value: string): Complaint | null {
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= 1 && number <= 65535) return null
  return {
    says: both(`"${shown(value)}" is no port: a whole number from 1 to 65535.`, `“${shown(value)}”不是端口：应为 1 到 65535 的整数。`),
  }
}

export function checkIP(value: string): Complaint | null {
  return isIP(value) ? null : { says: both(`"${shown(value)}" is no IP address.`, `“${shown(value)}”不是 IP 地址。`) }
}

/** A server's name as a certificate carries it, or as SNI sends it: no wildcard in an SNI, no port, no scheme. */
export function checkServerName(value: string): Complaint | null {
  const complaint = checkHost(value)
  if (complaint || !value.startsWith('*.')) return complaint
  return { says: both('A name that is sent cannot be a wildcard.', '发送的名称不能是通配符。') }
}

export function checkPath(value: string): Complaint | null {
  if (/^\/\S*$/.test(value)) return null
  return {
    says: both(`"${shown(value)}" is no absolute path.`, `“${shown(value)}”不是绝对路径。`),
    ...(/^[\w.]\S*$/.test(value) && { offer: `/${value}` }),
  }
}

const labelKey = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/
const labelValue = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/

/** One label as `key=value` (Kubernetes' syntax for both sides). */
export function checkLabel(value: string): Complaint | null {
  const [key = '', ...rest] = value.split('=')
  if (rest.length === 1 && labelKey.test(key) && labelValue.test(rest[0] ?? '')) return null
  return { says: both(`"${shown(value)}" is no label: write key=value.`, `“${shown(value)}”不是标签：请写成 key=value。`) }
}

/** One port of a gateway's Service as `80:8080`. */
export function checkServicePort(value: string): Complaint | null {
  const [number = '', target = '', ...rest] = value.split(':')
  if (rest.length === 0 && !checkPort(number) && (value === number || !checkPort(target))) return null
  return { says: both(`"${shown(value)}" is no port of a Service: write 80:8080.`, `“${shown(value)}”不是 Service 端口：请写成 80:8080。`) }
}
