import { both } from '../base/text'
import { sees } from '../istio/export-to'
import type { ServiceHost } from '../istio/mesh'
import { readsRoutes } from '../istio/protocol'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { groundOf } from './ground'
import { called, foretellingOf, inside, list, ruled } from './named'

const id = 'L36'

/** Addresses that are for nearly everybody: none at all, and blocks wider than /8 (Istio 1.32, release notes; played by 1.31). */
const isWide = (address: string): boolean => {
  const [base = '', length] = address.split('/')
  return base === '0.0.0.0' || base === '::' || (length !== undefined && Number(length) < 8)
}

const check = (of: RuleInput): RuleFinding[] =>
  of.mesh.serviceHosts
    .filter(({ by }) => by === 'ServiceEntry')
    .flatMap((entry) => entry.addresses.flatMap((address, index) => (isWide(address) ? [wide(of, entry, address, index)] : [])))

/** What is for every address, and dials where the app dialled, lets every app pass: on ports where no name is asked for. */
function wide(of: RuleInput, entry: ServiceHost, address: string, index: number): RuleFinding {
  const finding = ruled(
    id,
    'warning',
    inside(entry, 'spec', 'addresses', index),
    both(`${called(entry)} is for ${address}: nearly every address there is.`, `${called(entry)} 的地址是 ${address}：几乎包含所有地址。`),
  )
  const open = entry.ports.filter(
    ({ protocol }) => protocol !== 'UDP' && readsRoutes(protocol, 'tcp') && !['HTTPS', 'TLS'].includes(protocol),
  )
  const [port] = open
  if (entry.resolution !== 'NONE' || !port || address.includes(':')) return finding
  const clients = groundOf(of).clients.filter((client) => sees(client.namespace, entry))
  const numbers = list(open.map(({ number }) => String(number)))
  return foretellingOf(
    finding,
    clients,
    `https://stranger.example.com:${port.number}/`,
    both(
      `with resolution NONE each connection to port ${numbers}, whatever host it is for, leaves straight through it, under REGISTRY_ONLY too`,
      `在 resolution NONE 下，凡是发往端口 ${numbers} 的连接，无论目标是哪个主机，都会由它直接离开，REGISTRY_ONLY 下也是如此`,
    ),
    [{ direct: true }],
  )
}

const database = (address: string, port = '{number: 443, name: tcp, protocol: TCP}'): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: default}
spec:
  hosts: [db.example.com]
  addresses: [${address}]
  ports: [${port}]
  resolution: NONE
`

export const wideAddresses: Rule = {
  id,
  level: 'warning',
  title: both('A ServiceEntry for nearly every address', '几乎包含所有地址的 ServiceEntry'),
  why: both(
    'Addresses say for which destinations a sidecar takes a connection to be the entry’s. 0.0.0.0, :: and blocks wider than /8 hold nearly everything. With resolution NONE the sidecar then dials whatever the app dialled: on a TCP port every destination passes, past REGISTRY_ONLY and past the gateway, and where exportTo is not set, for every pod of the mesh. Istio 1.32 warns of such addresses.',
    'addresses 说明 Sidecar 把发往哪些目的地的连接算作该条目的。0.0.0.0、:: 以及比 /8 更宽的网段几乎包含一切。在 resolution NONE 下，Sidecar 会连接应用所连接的地址：在 TCP 端口上，任何目的地都能通过，绕过 REGISTRY_ONLY 和网关；如果没有设置 exportTo，对网格中的每个 Pod 都是如此。Istio 1.32 会对这样的地址给出警告。',
  ),
  links: [
    'https://istio.io/latest/docs/reference/config/networking/service-entry/',
    'https://istio.io/latest/docs/ops/best-practices/security/',
  ],
  check,
  good: [
    {
      says: 'The addresses of the host alone.',
      yaml: database('203.0.113.0/24', '{number: 5432, name: tcp, protocol: TCP}'),
      url: 'https://edition.cnn.com/politics',
      direct: true,
    },
  ],
  bad: [
    {
      says: 'Every address: REGISTRY_ONLY lets out whatever is dialled on the port.',
      yaml: database('0.0.0.0/0'),
      around: { outbound: 'REGISTRY_ONLY', hosts: { 'db.example.com': { ports: { 443: 'plain' } } } },
      at: 'ServiceEntry/db spec.addresses.0',
      shows: { url: 'https://stranger.example.com/', ends: { status: 200, direct: true } },
    },
    {
      says: 'A block of half the world.',
      yaml: database('128.0.0.0/1'),
      around: { outbound: 'REGISTRY_ONLY', hosts: { 'db.example.com': { ports: { 443: 'plain' } } } },
      at: 'ServiceEntry/db spec.addresses.0',
      shows: { url: 'https://stranger.example.com/', ends: { status: 200, direct: true } },
    },
    {
      says: 'The same of IPv6, which no pod of the lab has.',
      yaml: database('"::/0"', '{number: 5432, name: tls, protocol: TLS}'),
      around: { hosts: { 'db.example.com': { ports: { 5432: 'tls' } } } },
      at: 'ServiceEntry/db spec.addresses.0',
      shows: { source: 'https://istio.io/latest/news/releases/1.32.x/announcing-1.32/change-notes/' },
    },
  ],
}
