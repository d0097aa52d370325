/** What is understood of the text, for the parts of the editor that are there before it is loaded. */
import { useEffect } from 'react'
import { type LateUnderstanding, loadUnderstanding, understood } from '../store/derived/late'
import type { State } from '../store/state/store'
import { useDesigner } from '../store/state/use'

/** Selects by what is understood; until that is there, by what is written alone. The answer must be the same object while nothing changed. */
export function useUnderstood<T>(select: (from: LateUnderstanding, state: State) => T, otherwise: (state: State) => T): T {
  useEffect(() => void loadUnderstanding(), [])
  return useDesigner((state) => {
    const from = understood.of(state)
    return from ? select(from, state) : otherwise(state)
  })
}
