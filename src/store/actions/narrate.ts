/** Says in the live region what has changed on the canvas. Typing is not told: the field itself is read. */

import type { Id } from '../../core/base/id'
import { type Design, type Hop, type Node, nodeOf } from '../../core/model/design'
import type { Word, Words } from '../../words/kind'
import { type Step, say } from '../state/step'
import { type State, store } from '../state/store'
import { sayCount } from '../words/numbers'
import { fill, hopEnds, modeOf, nodeLabel } from '../words/words'

const tellIn = (sentence: (words: Words) => string) => {
  const text = sentence(store.getState().words)
  if (text) say(text)
}

export const stepWord = (words: Words, label: string): string =>
  words[`step${label.charAt(0).toUpperCase()}${label.slice(1)}` as Word] ?? ''

/** From now on every step of the history is told; the answer ends it. */
export function narrate(): () => void {
  return store.subscribe((state, before) => {
    const [now, was] = [state.history, before.history]
    if (now === was || state.id !== before.id) return
    if (now.past.length < was.past.length && now.future.length > was.future.length)
      tellIn((words) => fill(words.doneUndo, { step: stepWord(words, was.label) }))
    else if (
      now.future.length < was.future.length &&
      now.past.length > was.past.length &&
      now.label === was.future[0]?.label &&
      now.now === was.future[0].value
    )
      tellIn((words) => fill(words.doneRedo, { step: stepWord(words, now.label) }))
    else tell(state, was.now.design)
  })
}

const told: readonly Step[] = ['add', 'connect', 'remove', 'paste', 'flow', 'guard', 'tls', 'call', 'tidy', 'load']

function tell(state: State, was: Design): void {
  const label = state.history.label as Step
  if (!told.includes(label)) return
  const now = state.history.now.design
  const nodes = fresh(was.nodes, now.nodes).filter((node) => node.kind !== 'sidecar' || label === 'add')
  const hops = fresh(was.hops, now.hops)
  const gone = [...fresh(now.nodes, was.nodes)]
  const lost = fresh(now.hops, was.hops)
  tellIn((words) => {
    if (label === 'load') return fill(words.doneLoad, { name: now.name })
    if (label === 'tidy') return words.doneTidy
    if (label === 'guard')
      return now.guards.length > 0
        ? fill(words.doneGuard, { names: now.guards.map((guard) => guard.namespace).join(', ') })
        : words.doneNoGuard
    if (gone.length > 0) return fill(words.doneRemove, { what: names(words, gone) })
    if (lost.length > 0) return fill(words.doneRemove, { what: hopNames(words, was, lost) })
    if (hops.length > 0 && label === 'connect') return fill(words.doneConnect, { what: hopNames(words, now, hops) })
    if (nodes.length > 0) return fill(words.doneAdd, { what: names(words, nodes) })
    return changed(words, now, was)
  })
}

const fresh = <T extends { id: Id }>(was: readonly T[], now: readonly T[]): T[] => {
  const known = new Set(was.map((thing) => thing.id))
  return now.filter((thing) => !known.has(thing.id))
}

function names(words: Words, nodes: readonly Node[]): string {
  const first = nodes[0]
  const own = nodes.filter((node) => node.kind !== 'sidecar' || nodes.length === 1)
  if (!first || own.length > 2) return sayCount(store.getState().lang, words.doneMany, own.length)
  return own.map((node) => nodeLabel(words, node)).join(', ')
}

const hopNames = (words: Words, design: Design, hops: readonly Hop[]): string =>
  hops.length > 1
    ? sayCount(store.getState().lang, words.doneMany, hops.length)
    : hops.map((hop) => (nodeOf(design, hop.from) ? hopEnds(words, design, hop) : hop.id)).join(', ')

function changed(words: Words, now: Design, was: Design): string {
  const before = new Map(was.hops.map((hop) => [hop.id, hop]))
  const touched = now.hops.filter((hop) => before.get(hop.id) !== hop)
  const told = touched.filter((hop) => before.has(hop.id) && modeOf(before.get(hop.id) as Hop) !== modeOf(hop))
  return (told.length > 0 ? told : touched.slice(0, 1))
    .map((hop) => `${hopEnds(words, now, hop)}${told.length > 0 ? `: ${modeOf(hop)}` : ''}`)
    .join('. ')
}
