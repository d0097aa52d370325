/** What a dialog has made is selected, in view, and has the focus. */
import type { Design } from '../../core/model/design'
import { readingOrder } from '../../core/model/walk'
import { designOf, store } from '../state/store'
import { camera } from './camera'
import { select } from './view'

/** Takes the design as it was before; what it did not have was made. Where nothing is new, all stays as it is. */
export function showMade(before: Design): void {
  const now = designOf(store.getState())
  const known = new Set([...before.nodes, ...before.hops].map(({ id }) => id))
  const made = readingOrder(now).filter((id) => !known.has(id))
  const [first] = made
  if (first === undefined) return
  select(made)
  // The dialog gives the focus back to what opened it first, and the cards have to be drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      camera().show(...now.nodes.flatMap(({ id }) => (known.has(id) ? [] : [id])))
      camera().focus(first)
    }),
  )
}
