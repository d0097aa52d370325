/** Findings of text and drawing for the canvas. They come after the first paint: until then nothing is known of any. */

import type { Id } from '../../core/base/id'
import type { Finding } from '../../core/yaml/finding'
import { type State, store } from '../state/store'
import { useDesigner } from '../state/use'

let find: ((state: State, id: Id) => readonly Finding[]) | null = null
const none: readonly Finding[] = []

/** Loads what finds, and lets everybody look again. */
export async function loadFindings(): Promise<void> {
  if (find) return
  find = (await import('./understand')).problemsOn
  store.setState({})
}

export const useFindingsOn = (id: Id): readonly Finding[] => useDesigner((state) => find?.(state, id) ?? none)
