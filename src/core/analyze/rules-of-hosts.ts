/** Codes of DestinationRules and ServiceEntries (analyzers/destinationrule, analyzers/serviceentry, analyzers/service). */

import { listed } from '../base/collect'
import { asList, has, inside, itemsOf, type Loose, numberOf, textOf, textsOf } from '../base/loose'
import { both } from '../base/text'
import { convertHostToFQDN, isServiceHost } from '../istio/host-name'
import { servicePortProtocol } from '../istio/protocol'
import { fits } from '../istio/selector'
import { originatesTls } from '../istio/tls-mode'
import type { Document, Path } from '../yaml/document'
import { type Foretold, foretold, issue } from './foretold'
import { type KnownHosts } from './known-hosts'
import { type Seen, scopesOf, specOf } from './seen'

export const rulesOfHosts = (seen: Seen, hosts: KnownHosts): Foretold[] => [
  ...seen.all('DestinationRule').flatMap((of) => [...unverified(of), ...selection(of, seen, hosts)]),
  ...seen.all('ServiceEntry').flatMap(withoutAddresses),
  ...conflictingProtocols(seen),
  ...seen.all('Service', '').flatMap(portNames),
]

/** IST0128, IST0129 (ca-certificates.go). */
function unverified(of: Document): Foretold[] {
  const spec = specOf(of)
  const selecting = has(spec, 'workloadSelector')
  const policy = inside(spec, 'trafficPolicy')
  const lacks = (tls: Loose) =>
    originatesTls(textOf(tls, 'mode')) && textOf(tls, 'caCertificates') === '' && !(textOf(tls, 'credentialName') !== '' && selecting)
  const remark = (code: string, path: Path) =>
    foretold(
      code,
      of,
      path,
      both(
        'TLS without caCertificates: the server’s identity is not verified, it says.',
        'TLS 没有 caCertificates：称服务器身份未经校验。',
      ),
      both(
        'Since Istio 1.21 the CAs of the operating system verify the server where no file is named, and a Secret brings its own CA. The analyzer still asks for a file.',
        '自 Istio 1.21 起，未写明文件时用操作系统的 CA 校验服务器，Secret 则自带 CA。分析器仍要求写明文件。',
      ),
      [issue(48952), issue(53186)],
    )
  const ports = itemsOf(policy, 'portLevelSettings').filter(([, setting]) => lacks(inside(setting, 'tls')))
  return [
    ...(lacks(inside(policy, 'tls')) ? [remark('IST0128', ['spec', 'trafficPolicy', 'tls'])] : []),
    ...ports.map(([index]) => remark('IST0129', ['spec', 'trafficPolicy', 'portLevelSettings', index, 'tls'])),
  ]
}

/** IST0173, IST0174 (subset.go). */
function selection(of: Document, seen: Seen, hosts: KnownHosts): Foretold[] {
  const spec = specOf(of)
  const host = textOf(spec, 'host')
  const known = hosts.find(of.namespace, textsOf(spec, 'exportTo'), host)
  if (!known)
    return [
      foretold(
        'IST0174',
        of,
        ['spec', 'host'],
        both(`The host ${host} matches no service.`, `主机 ${host} 不匹配任何服务。`),
        isServiceHost(convertHostToFQDN(host, of.namespace))
          ? both(
              `If the Service ${host} is in the cluster, all is well: analyze sees only what its files hold.`,
              `如果集群中有 Service ${host}，则没有问题：analyze 只看文件中的内容。`,
            )
          : null,
      ),
    ]
  return itemsOf(spec, 'subsets').flatMap(([index, subset]): Foretold[] => {
    const labels = { ...known.labels, ...inside(subset, 'labels') }
    return seen.pods.some((pod) => fits(labels, pod.labels))
      ? []
      : [
          foretold(
            'IST0173',
            of,
            ['spec', 'subsets', index, 'labels'],
            both(`Subset ${textOf(subset, 'name')} selects no pod.`, `subset ${textOf(subset, 'name')} 没有选中任何 Pod。`),
            both(
              'Pods that no file names are not seen. If one in the cluster has these labels, all is well.',
              'analyze 看不到文件之外的 Pod。如果集群中有 Pod 带这些标签，则没有问题。',
            ),
          ),
        ]
  })
}

/** IST0134 (protocoladdresses.go). */
function withoutAddresses(of: Document): Foretold[] {
  const spec = specOf(of)
  if (asList(spec.addresses).length > 0) return []
  return itemsOf(spec, 'ports').flatMap(([index, port]): Foretold[] =>
    ['', 'TCP'].includes(textOf(port, 'protocol').toUpperCase())
      ? [
          foretold('IST0134', of, ['spec', 'ports', index], both('A TCP port needs addresses.', 'TCP 端口需要 addresses。'), null, [
            issue(58696),
          ]),
        ]
      : [],
  )
}

/** IST0177 (conflictingserviceentries.go). */
function conflictingProtocols(seen: Seen): Foretold[] {
  const byKey = new Map<string, { of: Document; protocol: string; path: Path }[]>()
  for (const of of seen.all('ServiceEntry'))
    for (const scope of scopesOf(of))
      for (const host of textsOf(specOf(of), 'hosts'))
        for (const [index, port] of itemsOf(specOf(of), 'ports')) {
          const key = `${scope} ${host} ${numberOf(port, 'number')}`
          const entry = { of, protocol: textOf(port, 'protocol').toUpperCase(), path: ['spec', 'ports', index, 'protocol'] }
          listed(byKey, key, entry)
        }
  const told = new Map<Document, Foretold>()
  for (const [key, list] of byKey) {
    const rest = key.slice(key.indexOf(' '))
    const all = key.startsWith('* ') ? list : [...list, ...(byKey.get(`*${rest}`) ?? [])]
    const protocols = [...new Set(all.map(({ protocol }) => protocol))]
    if (protocols.length < 2) continue
    const [, host, port] = key.split(' ')
    for (const { of, path } of all)
      if (!told.has(of))
        told.set(
          of,
          foretold(
            'IST0177',
            of,
            path,
            both(
              `Port ${port} of ${host} has several protocols: ${protocols.join(', ')}.`,
              `${host} 的端口 ${port} 有多个协议：${protocols.join('、')}。`,
            ),
          ),
        )
  }
  return [...told.values()]
}

/** IST0118, of an ExternalName IST0150 (portname.go, kube.ConvertProtocol). */
function portNames(of: Document): Foretold[] {
  const managed = of.labels['gateway.istio.io/managed'] ?? ''
  if (Object.hasOwn(of.labels, 'istio') || of.labels.release === 'istio' || managed.startsWith('istio.io-')) return []
  const spec = specOf(of)
  const external = textOf(spec, 'type') === 'ExternalName'
  return itemsOf(spec, 'ports').flatMap(([index, port]): Foretold[] => {
    const name = textOf(port, 'name')
    if (servicePortProtocol(port) !== 'UNSET' && !(external && name === 'tcp')) return []
    return [external ? ofExternalName(of, index) : undetermined(of, index, name)]
  })
}

const undetermined = (of: Document, index: number, name: string): Foretold =>
  foretold(
    'IST0118',
    of,
    ['spec', 'ports', index],
    both(
      `The port name ${name || '(none)'} says no protocol: Istio detects it from the first bytes.`,
      `端口名 ${name || '（无）'} 没有说明协议：Istio 会根据最初的字节判断。`,
    ),
    both(
      'Detection works for HTTP and TLS. Name the port http-…, https-… or tcp-… to be sure.',
      '对 HTTP 和 TLS 的自动判断有效。将端口命名为 http-…、https-… 或 tcp-… 更可靠。',
    ),
  )

const ofExternalName = (of: Document, index: number): Foretold =>
  foretold(
    'IST0150',
    of,
    ['spec', 'ports', index],
    both(
      'The port name of this ExternalName says no protocol, or tcp: traffic of others may be kept from its way, it says.',
      '此 ExternalName 的端口名没有说明协议，或为 tcp：称其他流量可能因此无法转发。',
    ),
    both(
      'Since Istio 1.21 no listener is made for an ExternalName: it takes nobody else’s port.',
      '自 Istio 1.21 起，不再为 ExternalName 建立监听器：它不会占用别人的端口。',
    ),
  )
