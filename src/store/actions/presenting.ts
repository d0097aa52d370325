/** Presenter mode: what whoever is before a class does, and what the class is shown of a request. */

import { memoLast } from '../../core/base/memo'
import type { Trace } from '../../core/trace/outcome'
import { walkOf } from '../../lessons/understood'
import { acceptedMeshOf, surroundingsNow, traceOf } from '../derived/understand'
import { goTo } from '../lesson/lesson'
import { asksIn } from '../lesson/lesson-judge'
import { type State, store } from '../state/store'
import { camera } from './camera'

const state = () => store.getState()

/** After a frame: the canvas has its new size. */
const fit = () => requestAnimationFrame(() => requestAnimationFrame(() => camera().fit()))

export function present(): void {
  store.setState({ presenting: true, strip: null })
  fit()
}

export function leave(): void {
  store.setState({ presenting: false })
  fit()
}

/** To the next step, done or not: a teacher goes on as the class needs it. */
export const next = (): void => goTo((state().lesson?.step ?? 0) + 1)
export const previous = (): void => goTo((state().lesson?.step ?? 0) - 1)

const walked = memoLast(walkOf)

/** The request that the step speaks of: the one that was sent in it, else that of its first goal; null where there is none. */
export function presented(now: State): Trace | null {
  const { lesson, sent } = now
  if (!lesson) return null
  if (sent && sent !== lesson.sentBefore) return traceOf(now)
  const [asks] = (lesson.lesson.steps[lesson.step]?.goals ?? []).flatMap(({ is }) => asksIn(is))
  return asks ? walked(acceptedMeshOf(now), surroundingsNow(now), asks) : null
}
