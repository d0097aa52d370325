/** What can be done in place of an edit that is refused: each offer is a whole design, one step away. Pure. */
import type { Id } from '../base/id'
import { both, type Text } from '../base/text'
import type { TlsMode } from '../istio/tls-mode'
import { check } from './check'
import { type Call, type Design, hopOf, isWireHop, nodeOf, type Speaks, type WireHop } from './design'
import { addNode, connect, dockedTo, mayConnect, setCall, setCarried, setTls, withCall } from './edit'
import { freeId } from './grow'
import { legOf } from './nodes'
import { type Path, pathsOf } from './path'
import { firstMode, tlsKinds } from './tls'

export interface Offer {
  says: Text
  design: Design
}

/** In place of a hop that may not be drawn: from the sidecar of the pod, or the other way round. None where neither leads anywhere. */
export function offersToConnect(design: Design, from: Id, to: Id): Offer[] {
  const [a, b] = [nodeOf(design, from), nodeOf(design, to)]
  if (!a || !b || mayConnect(design, from, to) === true) return []
  if (a.kind === 'pod' && legOf('sidecar', b.kind)) return fromSidecar(design, a.id, b.id)
  if (b.kind === 'pod' && legOf('sidecar', a.kind)) return fromSidecar(design, b.id, a.id)
  if (!legOf(b.kind, a.kind)) return []
  return drawn(design, b.id, a.id, both(`Connect ${b.name} to ${a.name}`, `连接 ${b.name} 到 ${a.name}`))
}

function fromSidecar(design: Design, pod: Id, to: Id): Offer[] {
  const docked = dockedTo(design, pod)
  const [name, target] = [nodeOf(design, pod)?.name ?? '', nodeOf(design, to)?.name ?? '']
  const says = both(`Connect the sidecar of ${name} to ${target}`, `连接 ${name} 的 Sidecar 到 ${target}`)
  if (docked) return drawn(design, docked.id, to, says)
  const { design: added, id } = addNode(design, 'sidecar', { to: pod })
  const joined = connect(added, pod, id)
  return 'design' in joined ? drawn(joined.design, id, to, says) : []
}

function drawn(design: Design, from: Id, to: Id, says: Text): Offer[] {
  const result = connect(design, from, to)
  return 'design' in result ? [{ says, design: result.design }] : []
}

/**
 * In place of a call that others along the same hop stand against (`setCall`): they all make it, or its pod gets a hop of its own. Only what the
 * drawing's own rules find no more wrong with than before is offered (`errorsOf`: or other
 * rules too); none where the call is not refused.
 */
export function offersOfCall(design: Design, hop: Id, call: Call, forHop?: Id, errorsOf = errorsDrawn): Offer[] {
  if ('design' in setCall(design, hop, call, forHop)) return []
  const wished = withCall(design, hop, call, forHop)
  const own = pathsOf(wished).filter((path) => path.hops[0] === hop)
  const unfit = own.filter((path) => !fitsOutside(path.outside.tls, path.speaks)).map(({ outside }) => outside.hop)
  const others = pathsOf(wished).filter((path) => unfit.includes(path.outside.hop) && path.hops[0] !== hop)
  const shared = [...new Set(others.map(({ outside }) => outside.hop))]
  const pod = own[0]?.pod.name ?? ''
  const hosts = listed(own.filter(({ outside }) => shared.includes(outside.hop)).map(({ host }) => host.name))
  const names = listed(others.map((path) => path.pod.name))
  const offers = [
    {
      says: both(`${pod} and ${names} send ${call.speaks} to ${hosts}`, `${pod} 与 ${names} 都向 ${hosts} 发送 ${call.speaks}`),
      design: together(wished, others, call, hop, forHop),
    },
    {
      says: both(`Give ${pod} a hop of its own to ${hosts}`, `给 ${pod} 单独一跳通往 ${hosts}`),
      design: apart(design, own, shared, call, hop, forHop),
    },
  ]
  const wrong = errorsOf(design)
  return offers.flatMap(({ says, design: after }) => (after && errorsOf(after) <= wrong ? [{ says, design: after }] : []))
}

const listed = (names: readonly string[]): string => [...new Set(names)].join(', ')
const errorsDrawn = (design: Design): number => check(design).filter(({ level }) => level === 'error').length
const fitsOutside = (mode: TlsMode, speaks: Speaks): boolean => tlsKinds[mode].fits('outside', speaks) === true
const modeFor = (speaks: Speaks): TlsMode => firstMode((mode) => fitsOutside(mode, speaks))

/** All paths call alike, and the hops that they share fit it. */
function together(wished: Design, others: readonly Path[], call: Call, hop: Id, forHop: Id | undefined): Design | null {
  let next = wished
  for (const { hops, outside } of others) next = calling(next, hops[0] as Id, call, outside.hop)
  for (const { outside } of others) next = setTls(next, outside.hop, modeFor(call.speaks))
  const result = setCall(next, hop, call, forHop)
  return 'design' in result ? result.design : null
}

/** An app's call for one outside hop: its only call where it goes nowhere else. */
function calling(design: Design, app: Id, call: Call, outside: Id): Design {
  const elsewhere = pathsOf(design).some((path) => path.hops[0] === app && path.outside.hop !== outside)
  const known = hopOf(design, app)
  const overrides = known && 'overrides' in known ? Object.keys(known.overrides) : []
  return withCall(design, app, call, elsewhere || overrides.length > 0 ? outside : undefined)
}

/** A second hop to each host, which the pod's sidecar alone takes, and the pod's sidecar takes no other. */
function apart(design: Design, own: readonly Path[], shared: readonly Id[], call: Call, hop: Id, forHop: Id | undefined): Design | null {
  let next = design
  let of = forHop
  for (const id of shared) {
    const old = hopOf(next, id)
    const via = own.find(({ outside }) => outside.hop === id)?.mesh?.hop
    if (!old || !isWireHop(old) || !via) return null
    const fresh = freeId(`${old.from}>${old.to}`, (taken) => hopOf(next, taken) !== undefined)
    const added: WireHop = { ...old, id: fresh, wire: { tls: modeFor(call.speaks), fields: {} }, overrides: {} }
    next = { ...next, hops: [...next.hops, added] }
    for (const mesh of next.hops.filter((each) => each.to === old.from && isWireHop(each)))
      next = setCarried(next, mesh.id, mesh.id === via ? id : fresh, false)
    if (forHop === id) of = fresh
  }
  const result = setCall(next, hop, call, of)
  return 'design' in result ? result.design : null
}

/** The mode on a hop, with what all apps along it have to send for it; null where some app cannot. */
export function sendingFor(design: Design, hop: Id, speaks: 'HTTP' | 'HTTPS', mode: TlsMode): Design | null {
  let next = design
  const along = pathsOf(design).filter((path) => path.hops.includes(hop))
  for (const { hops, outside } of along) next = calling(next, hops[0] as Id, { speaks }, outside.hop)
  for (const { outside } of along) if (!fitsOutside(outside.tls, speaks)) next = setTls(next, outside.hop, modeFor(speaks))
  next = setTls(next, hop, mode)
  const fit = pathsOf(next).every((path) => !path.hops.includes(hop) || fitsOutside(path.outside.tls, path.speaks))
  return along.length > 0 && fit ? next : null
}
