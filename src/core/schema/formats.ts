/** Forms of texts that schemas name: what fits them, and how a person is told (k8s.io/apimachinery, pkg/util/validation; pkg/api/validate). */

import { isBase64 } from '../base/base64'
import { isBlock, isIP } from '../base/ip'
import { blockOf, isBare } from '../base/ip-block'
import { both, type Text } from '../base/text'

export interface Format {
  fits(value: string): boolean
  /** How it must be, behind "it must be". */
  says: Text
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const dnsLabel = new RegExp(`^${label}$`)
const dns1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const subdomain = new RegExp(`^${label}(\\.${label})*$`)
const plainName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

export const isSubdomain = (value: string): boolean => value.length <= 253 && subdomain.test(value)

/** A name, with the domain of whoever gave it before a slash. */
function isQualified(value: string): boolean {
  const [name = '', prefix, ...more] = value.split('/').toReversed()
  return more.length === 0 && (prefix === undefined || isSubdomain(prefix)) && name.length <= 63 && plainName.test(name)
}

/** A name of a port: also a letter somewhere, and no dash beside another. */
const isPortName = (value: string): boolean =>
  value.length <= 15 && /^[-a-z0-9]+$/.test(value) && /[a-z]/.test(value) && !value.includes('--') && !/^-|-$/.test(value)

const isKey = (value: string): boolean => value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value) && value !== '.' && !value.startsWith('..')

/** A special address leads nowhere outside of its own machine or link. */
const isUsualIP = (value: string): boolean => isIP(value) && !/^(?:0\.0\.0\.0|127\.|169\.254\.|224\.0\.0\.|::1?$|fe80:|ff02:)/i.test(value)

const nameOfHost = both(
  'a name of lower case letters, digits, dashes and dots, such as edition.cnn.com',
  '由小写字母、数字、连字符和点组成的名称，例如 edition.cnn.com',
)
const portName = both(
  'a port’s name: at most 15 lower case letters, digits and dashes, among them a letter',
  '端口名：最多 15 个小写字母、数字和连字符，其中至少一个字母',
)
const block = both(
  'a block of addresses without more bits than its prefix has, such as 10.0.0.0/8',
  '地址段，前缀之外的位为零，例如 10.0.0.0/8',
)
function isBareBlock(value: string): boolean {
  const of = blockOf(value)
  return of !== null && isBare(of)
}

const address = both('an IP address, such as 192.0.2.1', 'IP 地址，例如 192.0.2.1')

export const formats: Readonly<Record<string, Format>> = {
  ipv4: {
    fits: (value) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(value),
    says: both('an IPv4 address, such as 192.0.2.1', 'IPv4 地址，例如 192.0.2.1'),
  },
  ipv6: {
    fits: (value) => value.includes(':') && /^[0-9a-fA-F:.]+$/.test(value),
    says: both('an IPv6 address, such as 2001:db8::1', 'IPv6 地址，例如 2001:db8::1'),
  },
  // What is secret was masked when it was read.
  byte: {
    fits: (value) => isBase64(value) || /^(\*{3}|(\*{4})+)$/.test(value),
    says: both('base64, with its padding', 'base64 编码，包括末尾的填充'),
  },
  ip: { fits: isIP, says: address },
  'usual-ip': { fits: isUsualIP, says: both('an IP address that others can reach', '其他机器可以到达的 IP 地址') },
  cidr: { fits: isBlock, says: block },
  'dns-label': {
    fits: (value) => value.length <= 63 && dnsLabel.test(value),
    says: both(
      'at most 63 lower case letters, digits and dashes, with a letter or digit at both ends',
      '最多 63 个小写字母、数字和连字符，两端为字母或数字',
    ),
  },
  'dns-1035-label': {
    fits: (value) => value.length <= 63 && dns1035.test(value),
    says: both(
      'at most 63 lower case letters, digits and dashes; a letter first, no dash last',
      '最多 63 个小写字母、数字和连字符，以字母开头，不以连字符结尾',
    ),
  },
  'dns-subdomain': {
    fits: isSubdomain,
    says: nameOfHost,
  },
  // A name to which something is added may end in a dash.
  'name-beginning': { fits: (value) => isSubdomain(value.replace(/.-$/, 'a')), says: nameOfHost },
  'label-key': {
    fits: isQualified,
    says: both(
      'at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a domain and one `/` may be before it',
      '最多 63 个字母、数字、`-`、`_` 和 `.`，两端为字母或数字；前面可以有域名和一个 `/`',
    ),
  },
  'annotation-key': {
    fits: (value) => isQualified(value.toLowerCase()),
    says: both(
      'at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a domain and one `/` may be before it',
      '最多 63 个字母、数字、`-`、`_` 和 `.`，两端为字母或数字；前面可以有域名和一个 `/`',
    ),
  },
  'label-value': {
    fits: (value) => value === '' || (value.length <= 63 && plainName.test(value)),
    says: both(
      'at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends',
      '最多 63 个字母、数字、`-`、`_` 和 `.`，两端为字母或数字',
    ),
  },
  'port-name': {
    fits: isPortName,
    says: portName,
  },
  'bare-cidr': { fits: isBareBlock, says: block },
  'spaced-cidr': { fits: (value) => isBareBlock(value.trim()), says: block },
  finalizer: {
    fits: (value) => isQualified(value) && (value.includes('/') || ['kubernetes', 'orphan', 'foregroundDeletion'].includes(value)),
    says: both('a name with a domain, such as example.com/wait', '带域名的名称，例如 example.com/wait'),
  },
  'target-port': { fits: (value) => value === '' || isPortName(value), says: portName },
  key: {
    fits: isKey,
    says: both('a key of letters, digits, `-`, `_` and `.`', '由字母、数字、`-`、`_` 和 `.` 组成的键'),
  },
  'path-segment': {
    fits: (value) => value !== '.' && value !== '..' && !/[/%]/.test(value),
    says: both('a name without `/` and `%`', '不含 `/` 和 `%` 的名称'),
  },
  quantity: {
    fits: (value) => /^[+-]?(\d+(?:\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(value.trim()),
    says: both('a quantity, such as 100m or 128Mi', '数量，例如 100m 或 128Mi'),
  },
  percent: { fits: (value) => /^\d+%$/.test(value), says: both('a number, or a percentage such as 25%', '数字，或百分比，例如 25%') },
  env: {
    fits: (value) => value !== '' && /^[\x20-\x3c\x3e-\x7e]+$/.test(value),
    says: both('printable characters without `=`', '不含 `=` 的可打印字符'),
  },
}
