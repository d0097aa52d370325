/** What is understood of the text, for what is there before it. It comes after the first paint: until then nothing is known of any. */

import type { Id } from '../../core/base/id'
import { once } from '../../core/base/memo'
import type { Finding } from '../../core/yaml/finding'
import { part } from '../state/part'
import { store } from '../state/store'
import { useDesigner } from '../state/use'

export type LateUnderstanding = typeof import('./understand') & typeof import('./text-lines')

export const understood = part<LateUnderstanding>('understanding')

/** Loads what understands and starts it; everybody looks again when it is there. */
export const loadUnderstanding = once(async (): Promise<LateUnderstanding> => {
  const [understand, lines] = await Promise.all([import('./understand'), import('./text-lines')])
  const loaded = { ...understand, ...lines }
  loaded.startUnderstanding()
  understood.bring(loaded)
  return loaded
})

/** Null until it is there. */
export const understanding = (): LateUnderstanding | null => understood.of(store.getState())

const none: readonly Finding[] = []

/** Findings of text and drawing for a node or hop of the canvas. */
export const useFindingsOn = (id: Id): readonly Finding[] => useDesigner((state) => understood.of(state)?.problemsOn(state, id) ?? none)
