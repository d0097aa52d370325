/** What is wrong with a host: its name, its resolution, and what the paths to it want of both (istio/README 5, 7). */

import { isIP } from '../base/ip'
import { both } from '../base/text'
import { isServiceHost, isWildcarded } from '../istio/host-name'
import type { Resolution } from '../istio/mesh'
import { originatesTls } from '../istio/tls-mode'
import { type Finding, finding } from '../yaml/finding'
import { type Fields, type Node, resolutionOf } from './design'
import type { Path } from './path'

/** A host as its rules look at it. `throughGateway` and `originated` are one path of that sort, if there is any. */
interface HostCase {
  host: Node
  fields: Fields
  resolution: Resolution
  wildcard: boolean
  paths: readonly Path[]
  throughGateway: Path | undefined
  originated: Path | undefined
}

type HostRule = (at: HostCase) => Finding | false | undefined

/** All findings of one host, given the paths that lead to it. */
export function hostFindings(host: Node, paths: readonly Path[]): Finding[] {
  const at: HostCase = {
    host,
    fields: host.fields,
    resolution: resolutionOf(host),
    wildcard: isWildcarded(host.name),
    paths,
    throughGateway: paths.find((path) => path.gateway),
    originated: paths.find((path) => originatesTls(path.outside.tls)),
  }
  return rules.flatMap((rule) => rule(at) || [])
}

/** Where a STATIC host is: its endpoints, else its addresses. */
export const staticPlaces = (host: Node): string[] =>
  host.fields.endpoints?.length ? host.fields.endpoints : (host.fields.addresses ?? [])

const rules: readonly HostRule[] = [
  ({ host, wildcard, throughGateway }) =>
    wildcard &&
    throughGateway &&
    finding(
      'wildcard-gateway',
      'error',
      throughGateway.outside.hop,
      both(
        `A gateway cannot dial ${host.name}: it needs one name. Draw the hosts one by one, or go there directly.`,
        `网关无法访问 ${host.name}：它需要确定的名称。请逐个画出主机，或直接访问。`,
      ),
    ),
  ({ host, wildcard, originated }) =>
    wildcard &&
    originated &&
    finding(
      'wildcard-origination',
      'error',
      originated.outside.hop,
      both(
        `TLS cannot start towards ${host.name}: the server’s name is not known. Name the host.`,
        `无法向 ${host.name} 发起 TLS：不知道服务器的名称。请写明主机名。`,
      ),
    ),
  ({ host, wildcard, resolution, fields }) =>
    wildcard &&
    ['DNS', 'DNS_ROUND_ROBIN', 'STATIC'].includes(resolution) &&
    !fields.endpoints?.length &&
    finding(
      'wildcard-resolution',
      'error',
      host.id,
      both(
        `A wildcard has no address to look up: ${resolution} needs an exact name or endpoints.`,
        `通配符没有可解析的地址：${resolution} 需要确切的名称或 endpoint。`,
      ),
      { field: 'resolution', offer: 'NONE' },
    ),
  ({ host, wildcard, resolution }) =>
    !wildcard &&
    resolution === 'DYNAMIC_DNS' &&
    finding('dynamic-dns', 'error', host.id, both('DYNAMIC_DNS is for wildcards only.', 'DYNAMIC_DNS 只用于通配符。'), {
      field: 'resolution',
      offer: 'DNS',
    }),
  dynamicElsewhere,
  ({ host, wildcard, resolution, throughGateway }) =>
    !wildcard &&
    resolution === 'NONE' &&
    throughGateway &&
    finding(
      'none-gateway',
      'error',
      host.id,
      both(
        'With NONE the gateway has no address to connect to and answers 503 UH. Choose DNS.',
        '使用 NONE 时网关没有可连接的地址，会返回 503 UH。请选择 DNS。',
      ),
      { field: 'resolution', offer: 'DNS' },
    ),
  ({ host, resolution, fields }) =>
    resolution === 'NONE' &&
    !!fields.endpoints?.length &&
    finding(
      'none-endpoints',
      'error',
      host.id,
      both('NONE has no endpoints: Istio refuses them.', 'NONE 不能带 endpoint：Istio 会拒绝。'),
      {
        field: 'endpoints',
      },
    ),
  ({ host, resolution }) =>
    resolution === 'STATIC' &&
    staticPlaces(host).length === 0 &&
    finding('static-endpoints', 'error', host.id, both('STATIC needs IP addresses as endpoints.', 'STATIC 需要以 IP 地址作为 endpoint。'), {
      field: 'endpoints',
    }),
  ({ host, resolution, fields }) =>
    resolution === 'STATIC' &&
    fields.endpoints?.some((endpoint) => !isIP(endpoint)) &&
    finding(
      'static-endpoints',
      'error',
      host.id,
      both('With STATIC every endpoint is an IP address.', '使用 STATIC 时每个 endpoint 都必须是 IP 地址。'),
      { field: 'endpoints' },
    ),
  nameless,
  ({ host, paths }) => {
    const odd = isServiceHost(host.name) && paths.find((path) => path.speaks === 'HTTP' && path.gateway && path.dialled !== 80)
    return (
      odd &&
      finding(
        'cluster-service-port',
        'error',
        odd.hops[0] ?? host.id,
        both(
          'A Service of the cluster is reached over HTTP on port 80 only, unless it has that port itself.',
          '集群内的 Service 只能经端口 80 以 HTTP 访问，除非它自己有该端口。',
        ),
      )
    )
  },
]

function dynamicElsewhere({ wildcard, resolution, paths }: HostCase): Finding | false | undefined {
  const moved = paths.find((path) => path.speaks !== 'HTTP' || path.outside.port !== path.dialled)
  return (
    wildcard &&
    resolution === 'DYNAMIC_DNS' &&
    moved &&
    finding(
      'dynamic-dns',
      'error',
      moved.outside.hop,
      both('DYNAMIC_DNS is offered for HTTP on the port that the app dials.', 'DYNAMIC_DNS 只用于应用所访问端口上的 HTTP。'),
    )
  )
}

/** TCP carries no name, so only addresses tell hosts apart (istio/README 7.1). */
function nameless({ host, paths, fields }: HostCase): Finding | false | undefined {
  const tcp = paths.find((path) => path.speaks === 'TCP')
  return (
    tcp &&
    !fields.addresses?.length &&
    !isServiceHost(host.name) &&
    finding(
      'tcp-addresses',
      'warning',
      host.id,
      both(
        `Without addresses, port ${tcp.dialled} of every proxy sends whatever arrives to ${host.name}. Give its IP addresses.`,
        `缺少地址时，各代理会把端口 ${tcp.dialled} 上的所有流量都发往 ${host.name}。请填写它的 IP 地址。`,
      ),
      { field: 'addresses' },
    )
  )
}
