/** The ports of a host's ServiceEntry: one protocol each, seen over all paths at once (compile/README 1). */

import { both } from '../../base/text'
import { originatesTls } from '../../istio/tls-mode'
import type { Node } from '../../model/design'
import type { Path } from '../../model/path'
import type { Finding } from '../../yaml/finding'
import type { Dial } from './dials'

export interface EntryPort {
  number: number
  protocol: 'HTTP' | 'HTTPS' | 'TLS' | 'TCP'
  targetPort?: number
  /** The paths that use it, by the port they dial or arrive at. */
  paths: Path[]
}

type Use = 'HTTP' | 'own TLS' | 'originated' | 'TCP'

/** Never HTTP on a port that is originated to: the app's HTTPS would leave unmanaged (istio/README 7.1). */
function protocolOf(uses: Set<Use>): EntryPort['protocol'] {
  if (uses.has('HTTP')) return 'HTTP'
  if (uses.has('TCP')) return 'TCP'
  return uses.has('originated') ? 'HTTPS' : 'TLS'
}

const originates = (path: Path): boolean => originatesTls(path.outside.tls)
const dialUse = (path: Path): Use => (path.speaks === 'HTTPS' ? 'own TLS' : path.speaks)
const arrivalUse = (path: Path): Use => (originates(path) ? 'originated' : dialUse(path))

export function entryPortsOf(host: Node, paths: readonly Path[], dials: readonly Dial[]): { ports: EntryPort[]; findings: Finding[] } {
  const uses = new Map<number, { kinds: Set<Use>; paths: Set<Path> }>()
  const use = (number: number, kind: Use, path: Path) => {
    const port = uses.get(number) ?? { kinds: new Set(), paths: new Set() }
    port.kinds.add(kind)
    port.paths.add(path)
    uses.set(number, port)
  }
  for (const path of paths) {
    use(path.dialled, dialUse(path), path)
    use(path.outside.port, arrivalUse(path), path)
  }
  const findings: Finding[] = []
  const ports = [...uses].map(([number, { kinds, paths: users }]): EntryPort => {
    const groups = new Set([...kinds].map((kind) => (kind === 'originated' ? 'own TLS' : kind)))
    if (groups.size > 1) findings.push(...mixed(host, number, kinds, users))
    const target = dials.find((dial) => dial.port === number)?.ways.find((way) => way.straight?.by === 'target-port')?.straight
    return { number, protocol: protocolOf(kinds), ...(target && target.port !== number && { targetPort: target.port }), paths: [...users] }
  })
  return { ports: ports.toSorted((a, b) => a.number - b.number), findings }
}

function mixed(host: Node, number: number, kinds: Set<Use>, users: Set<Path>): Finding[] {
  const last = [...users].at(-1)
  const list = [...kinds].join(', ')
  return [
    {
      rule: 'host-port-mixed',
      level: 'error',
      by: 'design',
      on: last?.outside.hop ?? null,
      says: both(
        `Port ${number} of ${host.name} would carry ${list}: one port carries one protocol. Change the port that the app dials, or the one that the hop arrives at.`,
        `${host.name} 的端口 ${number} 将同时承载 ${list}：一个端口只能有一种协议。请更改应用访问的端口，或这一跳到达的端口。`,
      ),
    },
  ]
}
