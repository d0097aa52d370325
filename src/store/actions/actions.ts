/** What a user can do, each a few lines. Every change of the design goes through `edit`. */

import type { Id } from '../../core/base/id'
import type { Text } from '../../core/base/text'
import type { DialectId } from '../../core/compile/dialects'
import type { TlsMode } from '../../core/istio/tls-mode'

import * as copy from '../../core/model/copy'
import type { Call, Design, Fields, Guard, NodeKindId, Point, TlsFields, Wire, World } from '../../core/model/design'
import * as change from '../../core/model/edit'
import { type History, redo as redone, start, undo as undone } from '../../core/model/history'
import { placed, tidied } from '../../core/model/layout'
import { offersToConnect } from '../../core/model/offers'
import { tidiedPart } from '../../core/model/room'
import type { Draft, Work } from '../../core/model/work'
import { sameMeaning } from '../derived/meaning'
import { present, refuse, type Step, say, take } from '../state/step'
import { designOf, draftOf, store } from '../state/store'
import { soundOffers } from './offering'
import { rename, select } from './view'

export { refuse, type Step, say } from '../state/step'

const state = () => store.getState()
const design = () => designOf(state())

/** Settles once the last edit over a person's text has been written into it. */
export let editing: Promise<void> = Promise.resolve()

/** The one gate: a changed design becomes one entry of the history; joined to the one before if both carry the same `step`. What is new gets its place here. */
export function edit(label: Step, next: (design: Design) => Design, step: string | null = null): void {
  const draft = draftOf(state())
  const now = placed(next(design()))
  // Where a node is is in no text.
  if (!draft || sameMeaning(design(), now)) take({ design: now, draft }, label, step)
  else editing = import('../text/patching').then(({ editOver }) => editOver(label, next, step))
}

export function undo(): void {
  const history = undone(state().history)
  store.setState({ history, selected: present(state().selected, history.now.design), picking: null })
}

export function redo(): void {
  const history = redone(state().history)
  store.setState({ history, selected: present(state().selected, history.now.design), picking: null })
}
export function setDialect(dialect: DialectId): void {
  if (draftOf(state()) && dialect !== state().dialect) void import('../text/patching').then(({ askDialect }) => askDialect(dialect))
  else store.setState({ dialect })
}

export function addNode(kind: NodeKindId, wish: Parameters<typeof change.addNode>[2] = {}): Id {
  const { design: next, id } = change.addNode(design(), kind, wish)
  edit('add', () => next)
  made(id)
  return id
}

/** What was made is selected, and a new node begins with its name. */
function made(id: Id): void {
  select([id])
  // Where fingers type, a keyboard would cover the picture.
  if (typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches) return
  rename(id)
}

/** Takes over what was made beside or behind another node (`core/model/next.ts`), as one step; or says why not. */
export function grow(result: { design: Design; id: Id } | { refused: Text }, label: 'add' | 'connect'): void {
  if ('refused' in result) return say(result.refused)
  edit(label, () => result.design)
  made(result.id)
}

/** Draws a hop, or says why not. Tells the id of the hop, or null. */
export function connect(from: Id, to: Id): Id | null {
  const result = change.connect(design(), from, to)
  if ('refused' in result) {
    refuse(result.refused, offersToConnect(design(), from, to), 'connect')
    return null
  }
  edit('connect', () => result.design)
  select([result.id])
  return result.id
}

/** Adds a node and the hop to it, as one step: a handle dropped on nothing. */
export function extend(from: Id, kind: NodeKindId, at?: Point): Id | null {
  const { design: added, id } = change.addNode(design(), kind, { ...(at && { at }), ...(kind === 'sidecar' && { to: from }) })
  const result = change.connect(added, from, id)
  if ('refused' in result) {
    say(result.refused)
    return null
  }
  edit('connect', () => result.design)
  made(id)
  return id
}

export const setTls = (hop: Id, tls: TlsMode): void => edit('tls', (d) => change.setTls(d, hop, tls))
export const setWire = (hop: Id, wire: Partial<Pick<Wire, 'port'>> & { fields?: Partial<TlsFields> }, step: string | null = null): void =>
  edit('field', (d) => change.setWire(d, hop, wire), step)
export const overrideWire = (hop: Id, forHop: Id, wire: { tls?: TlsMode; port?: number } | null): void =>
  edit('tls', (d) => change.overrideWire(d, hop, forHop, wire))
export const setCarried = (hop: Id, outside: Id, carried: boolean): void =>
  edit('connect', (d) => change.setCarried(d, hop, outside, carried))
export const clearCall = (hop: Id, forHop: Id): void => edit('call', (d) => change.clearCall(d, hop, forHop))

/** Changes what an app says (everywhere, or for one outside hop), or says why not. */
export function setCall(hop: Id, call: Call, forHop?: Id): boolean {
  const result = change.setCall(design(), hop, call, forHop)
  if ('refused' in result) {
    refuse(result.refused, soundOffers(design(), hop, call, forHop), 'call')
    return false
  }
  edit('call', () => result.design)
  return true
}

export const setIdentity = (id: Id, identity: { name?: string; namespace?: string }, step: string | null = null): void =>
  edit('rename', (d) => change.setIdentity(d, id, identity), step)
export const setFields = (id: Id, fields: Partial<Fields>, step: string | null = null): void =>
  edit('field', (d) => change.setFields(d, id, fields), step)
export const setName = (name: string): void => edit('rename', (d) => change.setName(d, name), 'name')
export const setWorld = (world: Partial<World>, step: string | null = null): void => edit('world', (d) => change.setWorld(d, world), step)
export const setGuard = (namespace: string, guard: Partial<Guard> | null): void =>
  edit('guard', (d) => change.setGuard(d, namespace, guard))
/** `step`: an arrow key that is held down makes one entry. */
export const move = (to: Record<Id, Point>, step: string | null = null): void => edit('move', (d) => change.move(d, to), step)
export const remove = (ids: readonly Id[]): void => edit('remove', (d) => change.remove(d, ids))
export const tidy = (): void => edit('tidy', (d) => tidied(d))
export const tidyPart = (ids: readonly Id[]): void => edit('tidy', (d) => tidiedPart(d, ids))

export function paste(from: Pick<Design, 'nodes' | 'hops'>, by: Point): void {
  const { design: next, ids } = copy.paste(design(), from, by)
  edit('paste', () => next)
  select(ids)
}

/** Another design in place of this one, as one step of this document: undo brings the old one back, and its text. */
export function load(next: Design): void {
  take({ design: placed(next), draft: null }, 'load')
  select([])
}

/** A document from the browser's storage, with a history of its own: that of before, where this tab had it open as it is now. */
export function open(id: string, next: Design, draft: Draft | null = null, before: History<Work> | null = null): void {
  store.setState({
    id,
    history: before ?? start({ design: placed(next), draft }),
    selected: [],
    picking: null,
    sent: null,
    step: 0,
    question: null,
    elsewhere: null,
    linked: false,
  })
}
