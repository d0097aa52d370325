/** The access-log lines of sidecars and gateways, from the very requests that were sent (istio/README 7.9). */

import { listed } from '../../base/collect'
import { both } from '../../base/text'
import { labelsOf, type Node, namespaceOf } from '../../model/design'
import { accessLine } from '../../trace/access-log'
import type { HopLine } from '../../trace/outcome'
import { titleOf } from '../../trace/ref'
import type { Block, Chapter, Flow, Subject } from './kind'
import { command, deployment, refOf, selector } from './shell'

export const logs: Chapter = {
  id: 'logs',
  title: both('Access logs', '访问日志'),
  says: both(
    'The logs show which way a request took. Envoy writes them at most ten seconds later. The sidecar’s and the gateway’s line of one request belong together by address: what the one has as upstream’s local address the other has as downstream’s remote address.',
    '请求走了哪条路，记录在日志里。Envoy 最多延迟十秒写入。同一请求在 Sidecar 和网关中的两行可以按地址对应：一行中上游连接的本地地址，就是另一行中下游连接的远端地址。',
  ),
  blocks: (of) => {
    const nodes = new Map(
      of.design.nodes.filter(({ kind }) => kind === 'pod' || kind === 'gateway').map((node) => [titleOf(refOf(node)), node]),
    )
    return [...linesByProxy(of)].flatMap(([title, lines]) => {
      const node = nodes.get(title)
      return node ? [blockOf(node, lines)] : []
    })
  },
}

/** The lines of each proxy in the order of the requests, by the proxy's title. */
function linesByProxy({ flows }: Subject): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const flow of flows.filter(({ trace }) => trace.unknown === null))
    for (const { hop, line } of linesOf(flow)) listed(all, titleOf(hop.proxy), line)
  return all
}

/** Each log line of a flow. The gateway's connection comes from the sidecar. */
export function linesOf({ trace: { outcome, request } }: Flow): { hop: HopLine; line: string }[] {
  const before = outcome.hops.find((hop) => hop.proxy.kind === 'sidecar') ?? null
  return outcome.hops.map((hop) => ({ hop, line: accessLine(hop, hop.proxy.kind === 'gateway' ? before : null, request) }))
}

function blockOf(node: Node, lines: readonly string[]): Block {
  const gateway = node.kind === 'gateway'
  const of = gateway ? ['-l', selector(labelsOf(node))] : [deployment(node.name)]
  const distinct = [...new Set(lines)]
  return {
    says: gateway
      ? both(`The gateway ${node.name}.`, `网关 ${node.name}。`)
      : both(`The sidecar of ${node.name} in ${namespaceOf(node)}.`, `${namespaceOf(node)} 中 ${node.name} 的 Sidecar。`),
    run: command('kubectl', 'logs', '-n', namespaceOf(node), ...of, '-c', 'istio-proxy', `--tail=${Math.max(10, lines.length)}`),
    expect: lines.join('\n'),
    script: { part: 'verify', lines: distinct, answers: true, waits: true },
  }
}
