/** What has changed on the canvas, as a sentence. Typing is not told: the field itself is read. */

import type { Id } from '../../core/base/id'
import { type Design, type Hop, type Node, nodeOf } from '../../core/model/design'
import type { Word, Words } from '../../words/kind'
import type { Step } from '../state/step'
import { type State, store } from '../state/store'
import { sayCount } from '../words/numbers'
import { fill, hopEnds, modeOf, nodeLabel } from '../words/words'

export const stepWord = (words: Words, label: string): string =>
  words[`step${label.charAt(0).toUpperCase()}${label.slice(1)}` as Word] ?? ''

/** Whether the step from one state to the next was taken back, or taken again. */
export function isTravel({ history: now }: State, { history: was }: State): 'undo' | 'redo' | null {
  if (now.past.length < was.past.length && now.future.length > was.future.length) return 'undo'
  const again = now.future.length < was.future.length && now.past.length > was.past.length
  return again && now.label === was.future[0]?.label && now.now === was.future[0].value ? 'redo' : null
}

/** What a step has done; '' for one that changed nothing on the canvas, or whose label says all. */
export function told(state: State, before: State): string {
  const { words, history } = state
  const travel = isTravel(state, before)
  if (travel === 'undo') return fill(words.doneUndo, { step: stepWord(words, before.history.label) })
  if (travel === 'redo') return fill(words.doneRedo, { step: stepWord(words, history.label) })
  const label = history.label as Step
  const [now, was] = [history.now.design, before.history.now.design]
  if (label === 'load') return fill(words.doneLoad, { name: now.name })
  if (label === 'tidy') return words.doneTidy
  if (label === 'guard')
    return now.guards.length > 0
      ? fill(words.doneGuard, { names: now.guards.map((guard) => guard.namespace).join(', ') })
      : words.doneNoGuard
  return seen.includes(label) ? differs(words, label, now, was) : ''
}

/** Steps of which the canvas tells what they did. */
const seen: readonly Step[] = ['add', 'connect', 'remove', 'paste', 'flow', 'tls', 'call']

function differs(words: Words, label: Step, now: Design, was: Design): string {
  const nodes = fresh(was.nodes, now.nodes).filter((node) => node.kind !== 'sidecar' || label === 'add')
  const hops = fresh(was.hops, now.hops)
  const gone = fresh(now.nodes, was.nodes)
  const lost = fresh(now.hops, was.hops)
  if (gone.length > 0) return fill(words.doneRemove, { what: names(words, gone) })
  if (lost.length > 0) return fill(words.doneRemove, { what: hopNames(words, was, lost) })
  if (hops.length > 0 && label === 'connect') return fill(words.doneConnect, { what: hopNames(words, now, hops) })
  if (nodes.length > 0) return fill(words.doneAdd, { what: names(words, nodes) })
  return changed(words, now, was)
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
  const modes = touched.filter((hop) => before.has(hop.id) && modeOf(before.get(hop.id) as Hop) !== modeOf(hop))
  if (modes.length === 0)
    return touched
      .slice(0, 1)
      .map((hop) => hopEnds(words, now, hop))
      .join('')
  return modes.map((hop) => fill(words.doneMode, { mode: modeOf(hop), hop: hopEnds(words, now, hop) })).join('; ')
}
