/** What Istio's webhook refuses of addresses (pkg/config/validation, ValidateIPSubnet and validateWorkloadEntry). */

import { isBlock, isIP } from '../base/ip'
import { itemsOf, textOf } from '../base/loose'
import { both } from '../base/text'
import { isDomain } from '../istio/host-name-validation'
import type { Rule } from '../rules/kind'
import { documentRule, networking } from '../rules/one-document'
import { noAddressSays } from './resolution'
import { good, serviceEntry } from './service-entry'

const entry = documentRule({
  id: 'W92',
  level: 'error',
  title: both('Addresses of a ServiceEntry', 'ServiceEntry 的地址'),
  why: both(
    '`addresses` are IP addresses or blocks such as 10.0.0.0/8: Istio opens listeners for them. A name belongs into `hosts`; numbers of an address have no zeros before them; and nobody fills in a placeholder.',
    '`addresses` 是 IP 地址或 10.0.0.0/8 这样的网段：Istio 为它们开启监听器。名称应写在 `hosts` 中；地址的各段不带前导零；占位符也没有谁会替换。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-addresses'],
  group: networking,
  kinds: ['ServiceEntry'],
  look: (spec) =>
    itemsOf(spec, 'addresses').flatMap(([index, address]) =>
      typeof address !== 'string' || (address.includes('/') ? isBlock(address) : isIP(address))
        ? []
        : [
            {
              path: ['spec', 'addresses', index],
              says: both(
                `${address || 'An empty text'} is neither an IP address nor a block of them: Istio refuses it.`,
                `${address || '空文本'} 既不是 IP 地址，也不是网段：Istio 会拒绝。`,
              ),
            },
          ],
    ),
  good: [
    ...good,
    {
      says: 'addresses and blocks',
      yaml: serviceEntry({ resolution: 'NONE', more: '  addresses: [198.51.100.7, 10.0.0.0/8, "2001:db8::/32"]\n' }),
    },
  ],
  bad: [
    {
      says: 'a zero before a number',
      yaml: serviceEntry({ more: '  addresses: [192.168.0.01]\n' }),
      at: 'ServiceEntry/cnn spec.addresses.0',
      shows: { check: 'is not a valid IP' },
    },
    {
      says: 'a block longer than an address',
      yaml: serviceEntry({ resolution: 'NONE', more: '  addresses: [10.0.0.0/33]\n' }),
      at: 'ServiceEntry/cnn spec.addresses.0',
      shows: { check: 'is not a valid CIDR block' },
    },
    {
      says: 'a placeholder',
      yaml: serviceEntry({ more: '  addresses: ["${DB_IP}"]\n' }),
      at: 'ServiceEntry/cnn spec.addresses.0',
      shows: { check: 'is not a valid IP' },
    },
  ],
})

const tcp = (subnet: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: db
  namespace: default
spec:
  hosts: [db.example.com]
  tcp:
  - match:
    - destinationSubnets: [${subnet}]
    route:
    - destination:
        host: db.example.com
`

const subnets = documentRule({
  id: 'W94',
  level: 'error',
  title: both('destinationSubnets are addresses', 'destinationSubnets 是地址'),
  why: both(
    'What is matched is the address that the connection was meant for: an IP address or a block. Names are matched by `hosts` and `sniHosts`.',
    '匹配的是连接原本要去的地址：IP 地址或地址段。名称用 `hosts` 和 `sniHosts` 匹配。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes'],
  group: networking,
  kinds: ['VirtualService'],
  look: (spec) =>
    ['tls', 'tcp'].flatMap((list) =>
      itemsOf(spec, list).flatMap(([route, of]) =>
        itemsOf(of, 'match').flatMap(([match, fields]) =>
          itemsOf(fields, 'destinationSubnets').flatMap(([index, subnet]) =>
            typeof subnet !== 'string' || isIP(subnet) || isBlock(subnet)
              ? []
              : [
                  {
                    path: ['spec', list, route, 'match', match, 'destinationSubnets', index],
                    says: both(
                      `${subnet || 'An empty text'} is neither an IP address nor a block of them: Istio refuses it.`,
                      `${subnet || '空文本'} 既不是 IP 地址，也不是网段：Istio 会拒绝。`,
                    ),
                  },
                ],
          ),
        ),
      ),
    ),
  good: [{ says: 'a block', yaml: tcp('10.0.0.0/8') }],
  bad: [
    {
      says: 'a name',
      yaml: tcp('db.example.com'),
      at: 'VirtualService/db spec.tcp.0.match.0.destinationSubnets.0',
      shows: { check: 'is not a valid IP' },
    },
  ],
})

const workloadEntry = (address: string) => `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata:
  name: db
  namespace: default
spec:
  address: ${address}
  labels:
    app: db
`

const workload = documentRule({
  id: 'W93',
  level: 'error',
  title: both('The address of a WorkloadEntry', 'WorkloadEntry 的地址'),
  why: both(
    'A WorkloadEntry is one workload outside of the cluster: its address is an IP address, a name of DNS, or a path that begins with `unix:///`.',
    'WorkloadEntry 表示集群外的一个工作负载：其地址是 IP 地址、DNS 名称，或以 `unix:///` 开头的路径。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/workload-entry/#WorkloadEntry-address'],
  group: networking,
  kinds: ['WorkloadEntry'],
  look: (spec) => {
    const address = textOf(spec, 'address')
    if (address === '' || address.startsWith('unix://') || isIP(address) || isDomain(address)) return []
    return [
      {
        path: ['spec', 'address'],
        says: noAddressSays(address),
      },
    ]
  },
  good: [{ says: 'a name', yaml: workloadEntry('db.example.com') }],
  bad: [
    {
      says: 'a placeholder',
      yaml: workloadEntry('"${POD_IP}"'),
      at: 'WorkloadEntry/db spec.address',
      shows: { check: 'is not a valid FQDN or an IP address' },
    },
  ],
})

export const webhookAddresses: readonly Rule[] = [entry, workload, subnets]
