/** What the command palette lists: actions, named in both languages, and why one cannot be done now. */
import { fuzzy } from '../../core/base/fuzzy'
import { keyWord } from '../../store/actions/key-names'
import { type Action, actions, whyOff } from '../../store/actions/registry'
import type { State } from '../../store/state/store'
import type { Words } from '../../words/kind'

export interface CommandRow {
  id: string
  word: string
  /** What stands at its end: a kind, a line. */
  more?: string
  keys: readonly string[]
  off?: string
  run(): void
}

/** Found by the words of the page's language and of the others; the best first, what cannot be done last. */
export function commandRows(query: string, state: State, languages: readonly Words[]): CommandRow[] {
  const [words] = languages
  if (!words) return []
  return actions
    .filter(({ run, id }) => run && id !== 'commands')
    .flatMap((action) => {
      const scores = languages.flatMap((each) => fuzzy(query, each.actions[action.id]) ?? [])
      return scores.length > 0 ? [{ row: rowOf(action, state, words), score: Math.max(...scores) }] : []
    })
    .toSorted((a, b) => Number(a.row.off !== undefined) - Number(b.row.off !== undefined) || (query.trim() ? b.score - a.score : 0))
    .map(({ row }) => row)
}

function rowOf(action: Action, state: State, words: Words): CommandRow {
  const why = whyOff(action, state)
  return {
    id: action.id,
    word: words.actions[action.id],
    keys: action.keys.slice(0, 1).map(keyWord),
    ...(why && { off: words.whyOff[why] }),
    run: () => action.run?.(),
  }
}
