/** While a lesson is open: its goals are asked after every change, and where the learner is is noted. */
import { both, type Text } from '../../core/base/text'
import { say } from '../state/step'
import { type OpenLesson, type State, store } from '../state/store'
import { noteLesson } from './lesson-doc'
import { canJudge, metNow, stepOf, verdictOf } from './lesson-judge'

/** Goals are asked when nothing has changed for so long. */
const rest = 120

let timer: ReturnType<typeof setTimeout> | undefined
let judged: readonly unknown[] = []

const inputsOf = ({ history, sent, dialect, lesson }: State): readonly unknown[] => [
  history.now.design,
  history.now.draft,
  sent,
  dialect,
  lesson?.key,
  lesson?.step,
]

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, index) => one === b[index])

store.subscribe((state, before) => {
  if (!state.lesson) return
  const { step, done } = state.lesson
  if (step !== before.lesson?.step || done !== before.lesson.done || state.presenting !== before.presenting) noteLesson()
  if (timer !== undefined && same(inputsOf(state), inputsOf(before))) return
  if (same(inputsOf(state), judged)) return
  clearTimeout(timer)
  timer = setTimeout(look, rest)
})

/** Asks the goals of the current step now. Once all have held, the step is done and stays so. */
export function look(): void {
  clearTimeout(timer)
  timer = undefined
  const state = store.getState()
  const { lesson } = state
  if (!lesson || !canJudge(state)) return
  judged = inputsOf(state)
  const met = metNow(state, lesson)
  const done = met.every(Boolean)
  if (done && !lesson.done[lesson.step]) return finish(state, lesson, met)
  if (!same(met, lesson.met)) store.setState({ lesson: { ...lesson, met } })
}

function finish(state: State, lesson: OpenLesson, met: readonly boolean[]): void {
  const done = lesson.done.map((one, index) => one || index === lesson.step)
  store.setState({ lesson: { ...lesson, met, done, verdict: verdictOf(state, lesson) } })
  say(doneSays(lesson))
}

const doneSays = ({ lesson, step }: OpenLesson): Text => {
  const { en, zh } = stepOf(lesson, step).title
  return both(`Step ${step + 1} is done: ${en}.`, `第 ${step + 1} 步已完成：${zh}。`)
}
