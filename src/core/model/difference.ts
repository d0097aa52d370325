/** Two pictures as one: what the second has anew, what it changes, and what it has no longer. They share names and ends; their ids may be others. */
import type { Id } from '../base/id'
import { isMap } from '../base/loose'
import { type Design, type Guard, type Hop, isAppHop, type Node, namespaceOf } from './design'
import { nodeKinds } from './nodes'

export type Mark = 'new' | 'changed' | 'gone'

export interface Difference {
  /** All that either of them has, each thing once, under ids that are nobody else's. */
  design: Design
  marks: ReadonlyMap<Id, Mark>
  /** By the namespaces that they are of. */
  guards: ReadonlyMap<string, Mark>
  /** A changed hop as it was. */
  was: ReadonlyMap<Id, Hop>
}

export function differenceOf(before: Design, after: Design): Difference {
  const [old, now] = [termsOf(before), termsOf(after)]
  const nodes = paired(before.nodes, after.nodes, old.node, now.node)
  const hops = paired(before.hops, after.hops, old.hop, now.hop)
  const anew = new Map<Id, Id>(after.nodes.map(({ id }) => [id, `now ${id}`]))
  for (const { id } of after.hops) anew.set(id, `now ${id}`)
  // A thing of both has the id that the second gives it.
  const of = new Map<Id, Id>()
  for (const { was, is } of [...nodes, ...hops]) if (was) of.set(was.id, is ? `now ${is.id}` : `was ${was.id}`)
  const marks = new Map<Id, Mark>()
  for (const { was, is, mark } of [...nodes, ...hops]) if (mark) marks.set(is ? `now ${is.id}` : `was ${was?.id}`, mark)
  const guards = paired(before.guards, after.guards, guardTerms, guardTerms)
  return {
    design: {
      ...after,
      nodes: nodes.map(({ was, is }) => (is ? { ...is, id: `now ${is.id}` } : { ...(was as Node), id: `was ${was?.id}` })),
      hops: hops.map(({ was, is }) => (is ? hopUnder(is, anew) : hopUnder(was as Hop, of))),
      guards: guards.map(({ was, is }) => is ?? (was as Guard)),
    },
    marks,
    guards: new Map(guards.flatMap(({ was, is, mark }) => (mark ? [[(is ?? (was as Guard)).namespace, mark]] : []))),
    was: new Map(hops.flatMap(({ was, is, mark }) => (was && is && mark ? [[`now ${is.id}`, was]] : []))),
  }
}

/** Only what is marked and what it hangs on, where there is more than a person can look at. */
export function narrowed({ design, marks, ...rest }: Difference, most: number): Difference {
  if (design.nodes.length <= most) return { design, marks, ...rest }
  const near = new Set<Id>()
  for (const { id } of design.nodes) if (marks.has(id)) near.add(id)
  for (const { id, from, to } of design.hops) if (marks.has(id)) near.add(from).add(to)
  const kept = new Set([...near].slice(0, most))
  for (const hop of design.hops) if (isAppHop(hop) && (kept.has(hop.from) || kept.has(hop.to))) kept.add(hop.from).add(hop.to)
  const nodes = design.nodes.filter(({ id }) => kept.has(id))
  return { design: { ...design, nodes, hops: design.hops.filter(({ from, to }) => kept.has(from) && kept.has(to)) }, marks, ...rest }
}

/** By what a thing is known, and all that a picture says of it. */
interface Told {
  key: string
  says: string
}

const guardTerms = ({ namespace, kind, dns }: Guard): Told => ({ key: namespace, says: `${kind} ${dns}` })

function termsOf({ nodes, hops }: Design): { node(node: Node): Told; hop(hop: Hop): Told } {
  const keys = new Map(nodes.map((node) => [node.id, keyOf(node)]))
  const endsOf = ({ from, to }: Pick<Hop, 'from' | 'to'>) => `${keys.get(from)} to ${keys.get(to)}`
  const ends = new Map(hops.map((hop) => [hop.id, endsOf(hop)]))
  const exceptions = (overrides: object) => Object.entries(overrides).map(([id, over]) => [ends.get(id), over])
  return {
    node: (node) => ({ key: keyOf(node), says: steady([nodeKinds[node.kind].namespaced ? null : node.namespace, node.fields]) }),
    hop: (hop) => ({
      key: endsOf(hop),
      says: isAppHop(hop)
        ? steady([hop.call, exceptions(hop.overrides)])
        : steady([hop.wire, exceptions(hop.overrides), hop.except.map((id) => ends.get(id))]),
    }),
  }
}

const keyOf = (node: Node): string =>
  nodeKinds[node.kind].namespaced ? `${node.kind} ${namespaceOf(node)}/${node.name}` : `${node.kind} ${node.name}`

/** The same for maps whose keys come in another order. */
const steady = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isMap(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  )

interface Pair<T> {
  was: T | undefined
  is: T | undefined
  mark: Mark | null
}

/** What is known by the same name belongs together: first what says the same, then one after the other. */
function paired<T>(before: readonly T[], after: readonly T[], old: (one: T) => Told, now: (one: T) => Told): Pair<T>[] {
  const left = new Map<string, { one: T; says: string }[]>()
  for (const one of before) {
    const { key, says } = old(one)
    left.set(key, [...(left.get(key) ?? []), { one, says }])
  }
  const take = (key: string, fits: (says: string) => boolean): T | undefined => {
    const list = left.get(key) ?? []
    const at = list.findIndex(({ says }) => fits(says))
    return at < 0 ? undefined : list.splice(at, 1)[0]?.one
  }
  const told = after.map((is) => ({ is, ...now(is) }))
  const same = told.map(({ key, says }) => take(key, (other) => other === says))
  const pairs = told.map(({ is, key }, index): Pair<T> => {
    const like = same[index]
    const was = like ?? take(key, () => true)
    return { was, is, mark: like ? null : was ? 'changed' : 'new' }
  })
  return [...pairs, ...[...left.values()].flat().map(({ one }): Pair<T> => ({ was: one, is: undefined, mark: 'gone' }))]
}

function hopUnder(hop: Hop, ids: ReadonlyMap<Id, Id>): Hop {
  const anew = (id: Id): Id => ids.get(id) ?? id
  const keyed = <T>(overrides: Record<Id, T>) => Object.fromEntries(Object.entries(overrides).map(([id, over]) => [anew(id), over]))
  const ends = { id: anew(hop.id), from: anew(hop.from), to: anew(hop.to) }
  return isAppHop(hop)
    ? { ...hop, ...ends, overrides: keyed(hop.overrides) }
    : { ...hop, ...ends, overrides: keyed(hop.overrides), except: hop.except.map(anew) }
}
