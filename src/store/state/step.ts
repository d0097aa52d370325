/** A step of the history: the one place that writes one, and what is said of it. */

import type { Id } from '../../core/base/id'
import type { Design } from '../../core/model/design'
import { put } from '../../core/model/history'
import type { Offer } from '../../core/model/offers'
import type { Work } from '../../core/model/work'
import type { Told } from './saying'
import { type State, type Step, store } from './store'

export type { Step } from './store'

/** The work as one entry of the history; joined to the one before if both carry the same `step`. What is the same as before is no entry. */
export function take(work: Work, label: Step, step: string | null = null): void {
  const { history: before, selected } = store.getState()
  if (work.design === before.now.design && work.draft === before.now.draft) return
  const history = put(before, work, label, step)
  store.setState({ history, selected: present(selected, work.design) })
}

/** The same step with another outcome: what a text makes of the picture belongs to its typing. Nothing else changes, redo stays too. */
export function amend(now: Work): void {
  const { history, selected } = store.getState()
  store.setState({ history: { ...history, now }, selected: present(selected, now.design) })
}

/** Of these ids, those that the design still has; the very list if it has all. */
export function present(ids: readonly Id[], design: Design): readonly Id[] {
  const left = ids.filter((id) => design.nodes.some((n) => n.id === id) || design.hops.some((h) => h.id === id))
  return left.length === ids.length ? ids : left
}

/**
 * Says a sentence in the live region and at the foot of the canvas; one that is in one language is in that of the page. `of`: the work that it
 * tells of; while that is the work, Undo is offered beside it.
 */
export function say(says: Told | string, of: Work | null = null, offers: State['notice']['offers'] = []): void {
  store.setState((s) => ({ notice: { says, count: s.notice.count + 1, of, offers } }))
}

/** Says why something is not done, and what can be done in its place: each offer is one press and one step. */
export function refuse(says: Told, offers: readonly Offer[], label: Step): void {
  store.setState((s) => ({
    notice: { says, count: s.notice.count + 1, of: s.history.now, offers: offers.map((offer) => ({ ...offer, label })) },
  }))
}
