/** How a request ends: by the trace of what is written, or in the lab by what was really seen. */
import { clusterName } from '../../core/istio/cluster-ref'
import type { HopLine, Outcome } from '../../core/trace/outcome'
import { fullName, titleOf } from '../../core/trace/ref'
import type { Ends, Hop } from '../kind'
import { type Forms, goalKind } from './kind'

const endsForm = ({ v, text, number }: Forms) =>
  v.strictObject({
    arrives: v.optional(v.boolean()),
    status: v.optional(number),
    exit: v.optional(number),
    gateway: v.optional(text),
    hops: v.optional(
      v.array(
        v.strictObject({
          proxy: text,
          code: v.optional(number),
          flags: v.optional(text),
          tls: v.optional(v.boolean()),
          peer: v.optional(v.boolean()),
          sni: v.optional(v.string()),
          cluster: v.optional(text),
        }),
      ),
    ),
    server: v.optional(
      v.strictObject({
        port: v.optional(number),
        tls: v.optional(v.boolean()),
        sni: v.optional(v.string()),
        clientCert: v.optional(v.boolean()),
      }),
    ),
  })

export const request = goalKind(
  'request',
  (forms) => forms.v.strictObject({ request: forms.asks, ends: endsForm(forms) }),
  (goal, of) => {
    const outcome = of.outcome(goal.request)
    return outcome !== null && endsSo(outcome, goal.ends)
  },
)

/** Whether an outcome is as wanted; what is not wanted may be anything. */
export function endsSo(outcome: Outcome, { arrives, status, exit, gateway, hops = [], server }: Ends): boolean {
  const wants = [
    arrives === undefined || arrived(outcome) === arrives,
    status === undefined || outcome.status === status,
    exit === undefined || outcome.exit === exit,
    gateway === undefined || passes(outcome, gateway),
    hops.every((hop) => outcome.hops.some((line) => isSo(line, hop))),
    server === undefined || (outcome.server !== null && sawSo(outcome.server, server)),
  ]
  return wants.every(Boolean)
}

const arrived = ({ status, exit, server }: Outcome): boolean => exit === 0 && server !== null && status < 400

const passes = ({ hops }: Outcome, gateway: string): boolean => {
  const passed = hops.filter(({ proxy }) => proxy.kind === 'gateway').map(({ proxy }) => fullName(proxy))
  return gateway === 'none' ? passed.length === 0 : gateway === 'any' ? passed.length > 0 : passed.includes(gateway)
}

/** An access log has `-` where nothing is. */
const given = (word: string): boolean => word !== '' && word !== '-'

const isSo = (line: HopLine, { proxy, code, flags, tls, peer, sni, cluster }: Hop): boolean =>
  (line.proxy.kind === proxy || titleOf(line.proxy) === proxy) &&
  (code === undefined || line.code === code) &&
  (flags === undefined || line.flags.split(',').includes(flags)) &&
  (tls === undefined || given(line.tls) === tls) &&
  (peer === undefined || given(line.peer) === peer) &&
  (sni === undefined || line.sni === sni) &&
  (cluster === undefined || (line.cluster !== null && clusterName(line.cluster).includes(cluster)))

const sawSo = (seen: NonNullable<Outcome['server']>, { port, tls, sni, clientCert }: NonNullable<Ends['server']>): boolean =>
  (port === undefined || seen.port === port) &&
  (tls === undefined || given(seen.tls) === tls) &&
  (sni === undefined || seen.sni === sni) &&
  (clientCert === undefined || (seen.clientCert !== '') === clientCert)
