/** After a step: what it did is said with counts, and the lines that it changed are shown. All of it once the step itself is on the screen. */
import type { Work } from '../../core/model/work'
import { say } from '../state/step'
import { draftOf, type State, type Step, store } from '../state/store'
import type { Changed, Shown } from '../text/changed'
import { sayCount } from '../words/numbers'
import { spoken } from '../words/saying'
import { fill } from '../words/words'
import { showLines } from './jump'
import { isTravel, stepWord, told } from './narrate'

/** A step of which nothing has been said yet. */
interface Pending {
  label: Step
  travel: boolean
  says: string
  of: Work
  /** How many sentences had been said before it. */
  count: number
}

/** Steps that come with each key in a field: they are told of when the keys rest. */
const typed: readonly Step[] = ['field', 'rename', 'world']
const rest = 600

/** Steps that change no text, after which another one is there, or whose author sees what changes: no lines are counted. */
const uncounted: readonly Step[] = ['type', 'load', 'show', 'reset', 'move', 'tidy']

/** From now on every step of the history is told; the answer ends it. */
export function tellSteps(): () => void {
  let shown: Shown | null = null
  let pending: Pending | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async () => {
    const [{ docsOf }, { changedBetween }] = await Promise.all([import('../derived/written'), import('../text/changed')])
    const state = store.getState()
    const now = draftOf(state)?.text ?? docsOf(state)
    const [was, step] = [shown, pending]
    shown = now
    pending = null
    if (step) tell(step, was === null || uncounted.includes(step.label) ? null : changedBetween(was, now))
  }
  const later = (after: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => requestAnimationFrame(() => setTimeout(() => void look())), after)
  }
  const end = store.subscribe((state, before) => {
    if (state.id !== before.id || isPrintedOtherwise(state, before)) {
      // Not one step lies between the two texts.
      shown = null
      pending = null
      later(0)
    } else if (state.history !== before.history) {
      pending = pendingOf(state, before)
      later(pending && !pending.travel && typed.includes(pending.label) ? rest : 0)
    }
  })
  later(0)
  return () => {
    clearTimeout(timer)
    end()
  }
}

const isPrintedOtherwise = (state: State, before: State): boolean =>
  state.dialect !== before.dialect || state.comments !== before.comments || state.lang !== before.lang

function pendingOf(state: State, before: State): Pending | null {
  const travel = isTravel(state, before) !== null
  const label = state.history.label as Step
  const says = told(state, before)
  if (says === '' && uncounted.includes(label)) return null
  return { label, travel, says, of: state.history.now, count: before.notice.count }
}

function tell({ label, travel, says, of, count }: Pending, changed: Changed | null): void {
  // Undo and redo leave the view where it is: they are pressed again and again.
  if (changed && changed.come.length > 0) showLines({ lines: changed.come, goes: !travel })
  const { words, lang, notice } = store.getState()
  const counts = changed && changed.objects > 0 && !travel ? changed : null
  const what = says || (counts ? capital(stepWord(words, label)) : '')
  if (what === '') return
  const sentence = counts
    ? fill(words.doneIn, {
        what: what.replace(/[.。]$/, ''),
        objects: sayCount(lang, words.yamlPane.objects, counts.objects),
        lines: sayCount(lang, words.yamlPane.lines, counts.lines),
      })
    : what
  // What the step itself had to say stays.
  const own = notice.count > count ? notice : null
  say([sentence, ...(own ? [spoken(words.saying, lang, own.says)] : [])].join(' '), travel ? null : of, own?.offers)
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
