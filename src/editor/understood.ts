/** What is understood of the text, for the parts of the editor that are there before it is loaded. */
import { useEffect } from 'react'
import { type State, store } from '../store/state/store'
import { useDesigner } from '../store/state/use'

export type Understanding = typeof import('../store/derived/understand') & typeof import('../store/derived/text-lines')

let loaded: Understanding | null = null
let loading: Promise<Understanding> | null = null

export function loadUnderstanding(): Promise<Understanding> {
  loading ??= Promise.all([import('../store/derived/understand'), import('../store/derived/text-lines')]).then(([understand, lines]) => {
    loaded = { ...understand, ...lines }
    store.setState({})
    return loaded
  })
  return loading
}

/** Selects by what is understood; until that is there, by what is written alone. The answer must be the same object while nothing changed. */
export function useUnderstood<T>(select: (from: Understanding, state: State) => T, otherwise: (state: State) => T): T {
  useEffect(() => void loadUnderstanding(), [])
  return useDesigner((state) => (loaded ? select(loaded, state) : otherwise(state)))
}

/** Null until it is loaded. */
export const understanding = (): Understanding | null => loaded
