/** The selection with one thing more, or one less. */

import type { Id } from '../core/base/id'
import { store } from '../store/state/store'

export function toggled(id: Id): Id[] {
  const { selected } = store.getState()
  return selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]
}
