/** What a learner does in a lesson, beside the work itself. */

import { sceneBefore } from '../../lessons/scene'
import { editing } from '../actions/actions'
import { send } from '../actions/asking'
import { camera } from '../actions/camera'
import { loadSchemas } from '../derived/schemas'
import { saying } from '../state/saying'
import { say, take } from '../state/step'
import { designOf, type OpenLesson, store } from '../state/store'
import { settle } from '../text/drafting'
import { forgetProgress } from './lesson-doc'
import { verdictOf } from './lesson-judge'
import { look } from './lesson-live'
import { laidOver, workOfScene } from './lesson-show'

export { leave as leaveLesson } from './lesson-doc'

const state = () => store.getState()

function change(next: (open: OpenLesson) => Partial<OpenLesson>): void {
  const { lesson } = state()
  if (lesson) store.setState({ lesson: { ...lesson, ...next(lesson) } })
}

/** After a frame: the canvas has drawn what is to be seen whole. */
const frame = () => requestAnimationFrame(() => requestAnimationFrame(() => camera().fit()))

/** Whether a step goes on with what the learner has: they were at it, or did the one before it, or all before it. */
const reached = ({ done, step }: OpenLesson, index: number): boolean =>
  done[index] === true || (index === step + 1 && done[step] === true) || done.slice(0, index).every(Boolean)

/** Goes to a step, counted from 0. One that was not reached yet begins with its scene, as one step of the history. */
export function goTo(index: number): void {
  const { lesson: open } = state()
  if (!open?.lesson.steps[index] || index === open.step) return
  if (!reached(open, index)) lay(sceneBefore(open.lesson.start, open.lesson.steps, index), 'show')
  change(() => ({ step: index, met: [], hint: false, verdict: null, sentBefore: state().sent }))
}

const lay = (scene: Parameters<typeof workOfScene>[0], label: 'show' | 'reset'): void => {
  const { lesson: open } = state()
  if (!open) return
  const work = workOfScene(scene, open.lesson.title)
  take(label === 'reset' ? work : laidOver(designOf(state()), work), label)
  frame()
}

export const back = (): void => goTo((state().lesson?.step ?? 0) - 1)
/** To the next step, once this one is done. */
export function next(): void {
  const { lesson: open } = state()
  if (open?.done[open.step]) goTo(open.step + 1)
}

export const toggleHint = (): void => change(({ hint }) => ({ hint: !hint }))

/** Says whether the step is done, or what is lacking and what is wrong. What is being typed or edited is read first. */
export async function check(): Promise<void> {
  await editing
  settle()
  await loadSchemas()
  look()
  change((open) => ({ verdict: verdictOf(state(), open) }))
}

/** Makes a right end of the step over what is drawn, as one step of the history, and sends its request. */
export function showMe(): void {
  const { lesson: open } = state()
  const step = open?.lesson.steps[open.step]
  if (!step) return
  settle()
  if (step.show) lay(step.show, 'show')
  if (step.sends) {
    const { from = 'default/sleep', url, curl } = step.sends
    send({ from, url, ...(curl && { curl }) })
  }
}

/** The lesson begins anew; undo brings the learner's work back. */
export function reset(): void {
  const { lesson: open } = state()
  if (!open) return
  lay(open.lesson.start, 'reset')
  forgetProgress()
  change(({ done }) => ({ step: 0, done: done.map(() => false), met: [], hint: false, verdict: null, sentBefore: state().sent }))
  say(saying('lessonAnew'))
}
