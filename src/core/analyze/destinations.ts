/** IST0101 and IST0112 of VirtualServices' destinations (analyzers/virtualservice/destinationhosts.go, destinationrules.go). */

import { asList, field, has, inside, itemsOf, type Loose, numberOf, textOf, textsOf } from '../base/loose'
import { both, type Text } from '../base/text'
import { convertHostToFQDN, isServiceHost } from '../istio/host-name'
import type { Document, Path } from '../yaml/document'
import { type Foretold, foretold, issue } from './foretold'
import { type KnownHosts } from './known-hosts'
import { type Seen, specOf } from './seen'

interface Destination {
  to: Loose
  path: Path
}

/** Where a VirtualService sends to: routes of all kinds, and mirrors. */
export function destinationsOf(spec: Loose): Destination[] {
  const routed = ['tcp', 'tls', 'http'].flatMap((kind) =>
    itemsOf(spec, kind).flatMap(([index, route]) =>
      itemsOf(route, 'route').map(([at, to]) => ({
        to: inside(to, 'destination'),
        path: ['spec', kind, index, 'route', at, 'destination'] as Path,
      })),
    ),
  )
  const mirrored = itemsOf(spec, 'http').flatMap(([index, route]) => [
    ...(has(route, 'mirror') ? [{ to: inside(route, 'mirror'), path: ['spec', 'http', index, 'mirror'] as Path }] : []),
    ...itemsOf(route, 'mirrors').map(([at, to]) => ({
      to: inside(to, 'destination'),
      path: ['spec', 'http', index, 'mirrors', at, 'destination'] as Path,
    })),
  ])
  return [...routed, ...mirrored]
}

export function destinations(seen: Seen, hosts: KnownHosts): Foretold[] {
  const subsets = subsetsOf(seen)
  return seen.all('VirtualService').flatMap((of) => {
    const spec = specOf(of)
    const exportTo = textsOf(spec, 'exportTo')
    return destinationsOf(spec).flatMap((one) => [...hostRemarks(of, one, exportTo, hosts, seen), ...subsetRemarks(of, one, subsets)])
  })
}

function hostRemarks(of: Document, { to, path }: Destination, exportTo: readonly string[], hosts: KnownHosts, seen: Seen): Foretold[] {
  const host = textOf(to, 'host')
  const known = hosts.find(of.namespace, exportTo, host)
  const at = [...path, 'host']
  if (!known)
    return [
      foretold(
        'IST0101',
        of,
        at,
        both(`Referenced host not found: ${host}.`, `找不到所引用的主机：${host}。`),
        isServiceHost(convertHostToFQDN(host, of.namespace)) ? noService(host) : null,
      ),
    ]
  if (!has(to, 'port'))
    return known.ports.length > 1
      ? [
          foretold(
            'IST0112',
            of,
            at,
            both(`${host} has several ports; the destination names none.`, `${host} 有多个端口，而目的地没有写明。`),
            both(
              'The route works all the same: the port that the app dialled is taken. Naming it is still better.',
              '路由仍然有效：使用应用所访问的端口。不过写明更好。',
            ),
          ),
        ]
      : []
  const number = numberOf(inside(to, 'port'), 'number')
  const offers = [known.ports, ...known.others].map((ports) => ports.includes(number))
  return offers.every((offer) => offer)
    ? []
    : [
        {
          ...foretold(
            'IST0101',
            of,
            at,
            both(`Referenced host:port not found: ${host}:${number}.`, `找不到所引用的 host:port：${host}:${number}。`),
            elsewhere(seen, host, number),
            [issue(56826)],
          ),
          ...(offers.includes(true) && { unsure: true as const }),
        },
      ]
}

const noService = (host: string): Text =>
  both(
    `If the Service ${host} is in the cluster, all is well: analyze sees only what its files hold. Run it against the cluster, or add the Service to the files.`,
    `如果集群中有 Service ${host}，则没有问题：analyze 只看文件中的内容。请对集群运行，或把该 Service 加入文件。`,
  )

/** Another entry for the host has the port: the proxies may know it, the analyzer has kept one of them. */
function elsewhere(seen: Seen, host: string, number: number): Text | null {
  const other = seen
    .all('ServiceEntry')
    .find(
      (of) =>
        textsOf(specOf(of), 'hosts').includes(host) && itemsOf(specOf(of), 'ports').some(([, port]) => field(port, 'number') === number),
    )
  return other
    ? both(
        `ServiceEntry ${other.namespace}/${other.name} has that port. In one namespace ports add up; analyze looks at one entry only.`,
        `ServiceEntry ${other.namespace}/${other.name} 有该端口。同一命名空间内端口会合并；analyze 只看其中一个。`,
      )
    : null
}

interface Subsets {
  /** `namespace/host subset`, as the analyzer compares them. */
  keys: ReadonlySet<string>
  /** `host subset` -> where it is, whatever the namespace. */
  anywhere: ReadonlyMap<string, string>
}

function subsetsOf(seen: Seen): Subsets {
  const keys = new Set<string>()
  const anywhere = new Map<string, string>()
  for (const of of seen.all('DestinationRule'))
    for (const subset of asList(specOf(of).subsets)) {
      const host = textOf(specOf(of), 'host')
      keys.add(`${nameOf(host, of.namespace)} ${textOf(subset, 'name')}`)
      anywhere.set(`${convertHostToFQDN(host, of.namespace)} ${textOf(subset, 'name')}`, `${of.namespace}/${of.name}`)
    }
  return { keys, anywhere }
}

/** A Service's full name is taken apart; any other host counts as one of the object's own namespace (analyzers/util/hosts.go). */
function nameOf(host: string, namespace: string): string {
  const match = /^(.+)\.([^.]+)\.svc\.cluster\.local$/.exec(host)
  return match ? `${match[2]}/${match[1]}` : `${namespace}/${host}`
}

function subsetRemarks(of: Document, { to, path }: Destination, { keys, anywhere }: Subsets): Foretold[] {
  const host = textOf(to, 'host')
  const subset = textOf(to, 'subset')
  if (subset === '' || keys.has(`${nameOf(host, of.namespace)} ${subset}`)) return []
  const there = anywhere.get(`${convertHostToFQDN(host, of.namespace)} ${subset}`)
  return [
    foretold(
      'IST0101',
      of,
      [...path, 'subset'],
      both(
        `Referenced host+subset in destinationrule not found: ${host}+${subset}.`,
        `在 DestinationRule 中找不到所引用的 host+subset：${host}+${subset}。`,
      ),
      there
        ? both(
            `DestinationRule ${there} has the subset. Analyze compares hosts outside the cluster together with the namespace, so it does not see rules of another one; the proxies do, if it is exported to them.`,
            `DestinationRule ${there} 中有该 subset。analyze 对集群外的主机连同命名空间一起比较，看不到其他命名空间的规则；只要导出，代理能看到。`,
          )
        : null,
      [issue(30730)],
    ),
  ]
}
