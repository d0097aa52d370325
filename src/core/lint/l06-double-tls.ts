import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { isWildcarded } from '../istio/host-name'
import type { ClientTls, DestinationRule, ServiceHost, ServiceHostPort } from '../istio/mesh'
import { originatesTls } from '../istio/tls-mode'
import { matchesAt } from '../istio/virtual-service'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Fix } from '../yaml/document'
import { sameDocument } from '../yaml/place'
import { b1, but, c3, c6, file, originate } from './canon'
import { clusterOf } from './cluster'
import { type Ground, groundOf } from './ground'
import { takesSni } from './legs'
import { called, foretelling, ifAsked, inside, issue, once, ruled, setting } from './named'
import { type Landing, walkOf } from './walk'

const id = 'L6'

/** TLS that a sidecar starts once more around the app's own (istio/README 7.5, double TLS). */
function check(of: RuleInput): RuleFinding[] {
  const ground = groundOf(of)
  const diverted = divertedFrom(of)
  const gateways = new Map(walkOf(of).landings.map(({ to, gateway }) => [to.host, gateway.namespace]))
  const meant = meantFor(of)
  return once([
    ...walkOf(of).landings.flatMap((landing) => atGateway(ground, landing)),
    ...of.mesh.serviceHosts
      .filter(({ by }) => by === 'ServiceEntry')
      .flatMap((entry) =>
        entry.ports
          .filter(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS')
          .flatMap((port) =>
            entry.hosts
              .filter((host) => !isWildcarded(host) && !diverted(host, port.number))
              .flatMap((host) => twice(ground, entry, port, host, gateways.get(host), meant.has(`${host} ${port.number}`))),
          ),
      ),
  ])
}

/** A gateway that passes the app's own TLS on, and starts TLS around it. */
function atGateway(ground: Ground, { leg, host, kind, to, gateway, number }: Landing): RuleFinding[] {
  const { tls } = clusterOf(ground, gateway, to.host, to.subset, number)
  if (leg.kind !== 'tls' || kind === 'http' || !tls || !originatesTls(tls.mode)) return []
  return [
    foretelling(
      ruled(
        id,
        'error',
        tls.from,
        both(
          `${called(tls.from)} starts TLS to port ${number} of ${to.host}, and the gateway passes on what is TLS already, the app’s own for ${host}: it is encrypted twice.`,
          `${called(tls.from)} 会对 ${to.host} 的 ${number} 端口发起 TLS，而网关转发的本来就是应用自己发往 ${host} 的 TLS：会被加密两次。`,
        ),
      ),
      leg,
      host,
      both('the server cannot read it (curl exit 35)', '服务器无法读取（curl 退出码 35）'),
      [{ exit: 35 }],
    ),
  ]
}

/**
 * Ports that routes or apps send plain HTTP or TCP to, which then want TLS to be started. Whether an app speaks TLS to the same port itself is not
 * written: that is told as a remark. Where no route does, there is nothing but the app's own TLS.
 */
const meantFor = ({ mesh, around }: RuleInput): Set<string> =>
  new Set([
    ...mesh.routes.flatMap(({ http, tcp }) => [...http, ...tcp].flatMap(({ to }) => to.map(({ host, port }) => `${host} ${port}`))),
    ...around.calls.flatMap(({ url }) => /^http:\/\/([^/:?#]+):(\d+)/.exec(url)?.slice(1).join(' ') ?? []),
  ])

/** Whether a VirtualService takes an app's TLS to a host elsewhere. */
function divertedFrom({ mesh }: RuleInput): (host: string, port: number) => boolean {
  const exact = new Map<string, Set<number | null>>()
  const wild: { match: Parameters<typeof takesSni>[0]; port: number | null }[] = []
  for (const routes of mesh.routes)
    for (const route of routes.tls)
      for (const match of routes.parents ? route.matches : matchesAt(routes, route, 'mesh')) {
        const hosts = match?.sniHosts ?? []
        if (hosts.length === 0 || hosts.some(isWildcarded)) wild.push({ match, port: match?.port ?? null })
        for (const host of hosts) exact.set(host, (exact.get(host) ?? new Set()).add(match?.port ?? null))
      }
  return (host, port) => {
    const ports = exact.get(host)
    if (ports?.has(port) || ports?.has(null)) return true
    return wild.some((each) => (each.port === null || each.port === port) && takesSni(each.match, host))
  }
}

function twice(
  ground: Ground,
  entry: ServiceHost,
  port: ServiceHostPort,
  host: string,
  gateway: string | undefined,
  meant: boolean,
): RuleFinding[] {
  for (const client of ground.clients) {
    if (!sees(client.namespace, entry)) continue
    const { tls, by } = clusterOf(ground, client, host, '', port.number)
    const destinationRule = by.find((each) => sameDocument(each.from.of, tls?.from.of))
    const dropped = tls?.credentialName && !destinationRule?.selector
    if (tls && destinationRule && !dropped && originatesTls(tls.mode))
      return [
        {
          ...ifAsked(again(destinationRule, tls, host, port.number, gateway, meant)),
          // A remark is only for an app that speaks TLS itself, which none may do: nothing is foretold then.
          ...(!meant && {
            foretells: {
              says: both(
                'the server cannot read it (curl exit 35, wrong version number)',
                '服务器无法读取（curl 退出码 35，wrong version number）',
              ),
              clients: [client],
              url: `https://${host}:${port.number}/`,
              ends: [{ exit: 35 }],
            },
          }),
        },
      ]
  }
  return []
}

function again(
  destinationRule: DestinationRule,
  tls: ClientTls,
  host: string,
  port: number,
  gateway: string | undefined,
  meant: boolean,
): RuleFinding {
  return ruled(
    id,
    meant ? 'info' : 'error',
    tls.from,
    both(
      `${called(destinationRule)} starts TLS to port ${port} of ${host} and is seen by sidecars: an app that speaks TLS itself, https://${host}, gets it encrypted twice.`,
      `${called(destinationRule)} 会对 ${host} 的 ${port} 端口发起 TLS，而且 Sidecar 也看得到它：自己使用 TLS 的应用（https://${host}）会被加密两次。`,
    ),
    fixOf(destinationRule, gateway),
  )
}

/** Exported to the gateway alone; certain where a gateway uses it. */
function fixOf(destinationRule: DestinationRule, gateway: string | undefined): Fix | undefined {
  if (!gateway || destinationRule.selector || destinationRule.by !== 'DestinationRule') return undefined
  return setting(both(`Export it to ${gateway} only`, `只导出给 ${gateway}`), [
    inside(destinationRule, 'spec', 'exportTo'),
    [destinationRule.namespace === gateway ? '.' : gateway],
  ])
}

const here = '{name: originate-tls, namespace: default}'
const inDefault = (exportTo: string) => but(c6, ['{name: originate-tls, namespace: istio-system}', here], ['  exportTo: ["."]\n', exportTo])

export const doubleTls: Rule = {
  id,
  level: 'error',
  title: both('TLS in TLS by accident', '意外的 TLS 套 TLS'),
  why: both(
    'A DestinationRule that starts TLS for a host’s port 443 is meant for the gateway. Sidecars that see it use the same settings for the app’s own https to that port, and wrap it once more. Keep such a rule from sidecars: export it to the gateway’s namespace, or put the settings into a subset that only the gateway’s route names.',
    '为某主机 443 端口发起 TLS 的 DestinationRule 是给网关用的。看得到它的 Sidecar 会把同样的设置用于应用自己发往该端口的 https，再包一层 TLS。请不要让 Sidecar 看到它：只导出给网关的命名空间，或者把设置放进只有网关路由才引用的 subset。',
  ),
  links: [issue(17031), issue(23740), issue(28858)],
  check,
  good: [
    { says: 'The rule is private to the gateway’s namespace.', yaml: c6, url: 'https://edition.cnn.com/politics', direct: true },
    {
      says: 'The rule is exported to the gateway’s namespace.',
      yaml: inDefault('  exportTo: [istio-system]\n'),
      url: 'http://edition.cnn.com/politics',
    },
  ],
  bad: [
    {
      says: 'A rule for https that the app speaks itself.',
      yaml: but(b1, ['port: {number: 80}, tls', 'port: {number: 443}, tls'], [', targetPort: 443', '']),
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'The rule is beside the app: its own https breaks.',
      yaml: inDefault(''),
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
    {
      says: 'The gateway passes TLS on, and a rule of its own starts more.',
      yaml: file(c3, originate),
      at: 'DestinationRule/originate-tls spec.trafficPolicy.portLevelSettings.0.tls',
      shows: { url: 'https://edition.cnn.com/politics', ends: { exit: 35 } },
    },
  ],
}
