import { spaced } from '../base/spaced'
import { both } from '../base/text'
import { sees } from '../istio/export-to'
import type { Routes, ServiceHost } from '../istio/mesh'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { but, c1, c3 } from './canon'
import { type Ground, groundOf } from './ground'
import { called, foretelling, inside, issue, list, ofSome, once, ruled, server, setting } from './named'
import { type Landing, type Trouble, troublesOf, walkOf } from './walk'

const id = 'L24'

/** The gateway must see the VirtualService and the host's ServiceEntry too (istio/README 7.2). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  return once([
    ...troublesOf(of, 'unseen').map((trouble) => ofSome(route(trouble), trouble)),
    ...walkOf(of).landings.flatMap((landing) => hidden(ground, landing)),
  ])
}

function route({ leg, host, server: to, routes, clients }: Extract<Trouble, { is: 'unseen' }>): RuleFinding {
  const where = server(to)
  const result = to.tls && to.protocol !== 'HTTPS' ? both('connections are refused', '连接被拒绝') : both('it answers 404', '它回答 404')
  return foretelling(
    ruled(
      id,
      'error',
      inside(routes, 'spec', 'exportTo'),
      both(
        `${called(routes)} is exported to ${list(routes.exportTo)} only: the gateway in ${leg.gateway.namespace} does not see it, and has no route for ${host} at ${where.en}.`,
        spaced(
          `${called(routes)} 只导出到 ${list(routes.exportTo)}：${leg.gateway.namespace} 中的网关看不到它，在${where.zh}没有 ${host} 的路由。`,
        ),
      ),
      shown(routes, leg.gateway.namespace),
    ),
    leg,
    host,
    result,
    [leg.kind === 'tls' ? { exit: 35 } : { status: to.tls && to.protocol !== 'HTTPS' ? 503 : 404 }],
    clients,
  )
}

function hidden(ground: Ground, { host, leg, to, gateway }: Landing): RuleFinding[] {
  const all = ground.entriesFor(to.host)
  const [first] = all
  if (!first || all.some((entry) => sees(gateway.namespace, entry))) return []
  const result =
    leg.kind === 'http'
      ? both('it answers 503 (NC cluster_not_found)', '它回答 503（NC cluster_not_found）')
      : both('connections are reset (NC)', '连接被重置（NC）')
  return [
    foretelling(
      first.narrowed ? narrowed(first, gateway.namespace, to.host) : unexported(first, gateway.namespace, to.host),
      leg,
      host,
      result,
      [{ ...(leg.kind === 'http' ? { status: 503 } : { exit: 35 }), log: { flags: 'NC' } }],
    ),
  ]
}

const unexported = (of: ServiceHost, namespace: string, host: string): RuleFinding =>
  ruled(
    id,
    'error',
    inside(of, 'spec', 'exportTo'),
    both(
      `${called(of)} is exported to ${list(of.exportTo)} only: the gateway in ${namespace} does not know ${host}.`,
      `${called(of)} 只导出到 ${list(of.exportTo)}：${namespace} 中的网关不知道 ${host}。`,
    ),
    shown(of, namespace),
  )

/** Whatever `exportTo` says, mesh configuration shows it to no more than its own namespace. */
const narrowed = (of: ServiceHost, namespace: string, host: string): RuleFinding =>
  ruled(
    id,
    'error',
    inside(of, 'metadata', 'namespace'),
    of.narrowed === 'NONE'
      ? both(
          `serviceEntryVisibility NONE hides ${called(of)} from every proxy: the gateway in ${namespace} does not know ${host}.`,
          `serviceEntryVisibility NONE 使任何代理都看不到 ${called(of)}：${namespace} 中的网关不知道 ${host}。`,
        )
      : both(
          `serviceEntryVisibility NAMESPACE shows ${called(of)} to its own namespace alone: the gateway in ${namespace} does not know ${host}.`,
          `serviceEntryVisibility NAMESPACE 使 ${called(of)} 只在自己的命名空间可见：${namespace} 中的网关不知道 ${host}。`,
        ),
  )

const shown = (of: ServiceHost | Routes, namespace: string) =>
  setting(both(`Export it to ${namespace} too`, `也导出到 ${namespace}`), [inside(of, 'spec', 'exportTo'), [...of.exportTo, namespace]])

const vs = '  hosts: [edition.cnn.com]\n  gateways'
const entryHosts = '  hosts: [edition.cnn.com]\n  ports'
const exported = (yaml: string, before: string, to: string): string => but(yaml, [before, `  exportTo: [${to}]\n${before}`])

export const exportTo: Rule = {
  id,
  level: 'error',
  title: both('exportTo cuts the gateway off', 'exportTo 把网关挡在外面'),
  why: both(
    'exportTo: ["."] keeps an object to its own namespace. The gateway usually lives in another one and needs the same VirtualService for its leg, and the ServiceEntry to know the host. Name the gateway’s namespace beside the dot.',
    'exportTo: ["."] 使对象只在自己的命名空间可见。网关通常在另一个命名空间，它的那一段需要同一个 VirtualService，也需要 ServiceEntry 才知道主机。请在点号之外加上网关的命名空间。',
  ),
  links: [issue(57329), issue(47080), issue(48300)],
  check,
  good: [
    {
      says: 'Both are exported to the gateway’s namespace.',
      yaml: exported(exported(c1, vs, '".", istio-system'), entryHosts, '".", istio-system'),
      url: 'http://edition.cnn.com/politics',
    },
  ],
  bad: [
    {
      says: 'The VirtualService is private.',
      yaml: exported(c1, vs, '"."'),
      at: 'VirtualService/direct-cnn-through-egress-gateway spec.exportTo',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 404 } },
    },
    {
      says: 'The ServiceEntry is private.',
      yaml: exported(c1, entryHosts, '"."'),
      at: 'ServiceEntry/cnn spec.exportTo',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The mesh shows entries to their own namespace alone.',
      yaml: c1,
      around: { serviceEntryVisibility: { defaultVisibility: 'NAMESPACE', applyToSidecars: true } },
      at: 'ServiceEntry/cnn metadata.namespace',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 503 } },
    },
    {
      says: 'The ServiceEntry is private, TLS.',
      yaml: exported(c3, entryHosts, '"."'),
      at: 'ServiceEntry/cnn spec.exportTo',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
