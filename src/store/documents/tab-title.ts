/** The browser's tab is called as the design is, so that one of many tabs is found. */
import { designOf, type State, store } from '../state/store'
import type { Place } from './place'
import { titleOf } from './title'

/** From now on; the answer ends it. */
export function showTitle({ title }: Pick<Place, 'title'>): () => void {
  const titleNow = (state: State): string => state.lesson?.lesson.title ?? titleOf(designOf(state))
  title(titleNow(store.getState()))
  return store.subscribe((state, before) => {
    if (titleNow(state) !== titleNow(before)) title(titleNow(state))
  })
}
