/** Undo and redo over whole values: they are small and share structure, so nothing is diffed. */

export interface History<T> {
  past: readonly { value: T; label: string }[]
  now: T
  /** What led to `now`: the key of a step's name (`words/`), for the tooltip of undo. */
  label: string
  future: readonly { value: T; label: string }[]
  /** The step that `now` belongs to; further changes of the same step join it. */
  step: string | null
}

const longest = 500

export const start = <T>(now: T): History<T> => ({ past: [], now, label: '', future: [], step: null })

/** A new value. With the `step` of the value before, both become one entry; the same value changes nothing. */
export function put<T>(history: History<T>, now: T, label: string, step: string | null = null): History<T> {
  if (Object.is(now, history.now)) return history
  if (step !== null && step === history.step && history.past.length > 0) return { ...history, now, future: [] }
  const past = [...history.past, { value: history.now, label: history.label }].slice(-longest)
  return { past, now, label, future: [], step }
}

export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (!last) return history
  const future = [{ value: history.now, label: history.label }, ...history.future]
  return { past: history.past.slice(0, -1), now: last.value, label: last.label, future, step: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (!next) return history
  return { past: [...history.past, { value: history.now, label: history.label }], now: next.value, label: next.label, future, step: null }
}
