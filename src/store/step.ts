/** A step of the history: the one place that writes one, and what is said of it. */
import type { Design, Id } from '../core/design'
import { put } from '../core/history'
import type { Text } from '../core/text'
import type { Work } from '../core/work'
import { store } from './store'

/** Names of steps, for the tooltips of undo and redo; `words/` says them in both languages. */
export type Step =
  | 'add'
  | 'connect'
  | 'remove'
  | 'move'
  | 'tidy'
  | 'tls'
  | 'call'
  | 'field'
  | 'rename'
  | 'guard'
  | 'world'
  | 'paste'
  | 'flow'
  | 'load'
  | 'clear'
  | 'type'
  | 'fix'
  | 'import'
  | 'reprint'

/** The work as one entry of the history; joined to the one before if both carry the same `step`. What is the same as before is no entry. */
export function take(work: Work, label: Step, step: string | null = null): void {
  const { history: before, selected } = store.getState()
  if (work.design === before.now.design && work.draft === before.now.draft) return
  const history = put(before, work, label, step)
  store.setState({ history, selected: present(selected, work.design) })
}

/** Of these ids, those that the design still has; the very list if it has all. */
export function present(ids: readonly Id[], design: Design): readonly Id[] {
  const left = ids.filter((id) => design.nodes.some((n) => n.id === id) || design.hops.some((h) => h.id === id))
  return left.length === ids.length ? ids : left
}

/** Says a sentence in the live region and at the foot of the canvas. */
export function say(text: Text): void {
  store.setState((s) => ({ notice: { says: text[s.lang], count: s.notice.count + 1 } }))
}
