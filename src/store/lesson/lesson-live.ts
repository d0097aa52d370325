/** While a lesson is open: its goals are asked after every change, and where the learner is is noted. */
import { once } from '../../core/base/memo'
import { type Saying, saying } from '../state/saying'
import { say } from '../state/step'
import { type OpenLesson, type State, store } from '../state/store'
import { noteLesson } from './lesson-doc'
import { canJudge, metNow, stepOf, verdictOf } from './lesson-judge'
import { speak } from './lesson-language'

/** Goals are asked when nothing has changed for so long. */
const rest = 120

const inputsOf = ({ history, sent, dialect, lesson }: State): readonly unknown[] => [
  history.now.design,
  history.now.draft,
  sent,
  dialect,
  lesson?.key,
  lesson?.step,
]

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, index) => one === b[index])

/** From now on, while a lesson is open, its goals are asked after every change. Started once, by whoever opens lessons. */
export const startLessons = once((): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  store.subscribe((state, before) => {
    if (!state.lesson) return
    const { step, done, lesson } = state.lesson
    if (lesson.lang !== state.lang && (state.lang !== before.lang || lesson !== before.lesson?.lesson)) void speak()
    if (step !== before.lesson?.step || done !== before.lesson.done || state.presenting !== before.presenting) noteLesson()
    if (timer !== undefined && same(inputsOf(state), inputsOf(before))) return
    if (same(inputsOf(state), state.lesson.judged)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      const now = store.getState()
      if (!same(inputsOf(now), now.lesson?.judged ?? [])) look()
    }, rest)
  })
})

/** Asks the goals of the current step now. Once all have held, the step is done and stays so. */
export function look(): void {
  const state = store.getState()
  const { lesson } = state
  if (!lesson || !canJudge(state)) return
  const met = metNow(state, lesson)
  const open = { ...lesson, judged: inputsOf(state) }
  if (met.every(Boolean) && !lesson.done[lesson.step]) finish(state, open, met)
  else store.setState({ lesson: same(met, lesson.met) ? open : { ...open, met } })
}

function finish(state: State, lesson: OpenLesson, met: readonly boolean[]): void {
  const done = lesson.done.map((one, index) => one || index === lesson.step)
  store.setState({ lesson: { ...lesson, met, done, verdict: verdictOf(state, lesson) } })
  say(doneSays(lesson))
}

const doneSays = ({ lesson, step }: OpenLesson): Saying => {
  const { title } = stepOf(lesson, step)
  return saying('stepDone', { step: step + 1, title })
}
