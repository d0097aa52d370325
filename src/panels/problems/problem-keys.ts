/** F8 and Shift+F8, wherever the focus is: the next problem and the one before are chosen, on the canvas and in the text. */
import { useEffect } from 'react'
import { jump } from '../../store/actions/jump'
import { openPanel } from '../../store/actions/view'
import { idsOfPlace, spanOf } from '../../store/derived/understand'
import { store } from '../../store/state/store'
import { allRows } from './all-rows'
import { neighbour, type ProblemRow } from './problem-rows'

export function useNextProblem(current: string | null, setCurrent: (key: string) => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.key !== 'F8' || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return
      event.preventDefault()
      const next = neighbour(allRows(store.getState()), current, event.shiftKey ? -1 : 1)
      openPanel('problems')
      if (!next) return
      setCurrent(next.key)
      show(next)
    }
    window.addEventListener('keydown', down, true)
    return () => window.removeEventListener('keydown', down, true)
  }, [current, setCurrent])
}

/** Jumps to a row's place in both views. */
export function show(row: ProblemRow): void {
  const state = store.getState()
  const ids = row.on ? [row.on] : row.at ? idsOfPlace(state, row.at) : []
  jump(ids, row.span ?? (row.at ? spanOf(state, row.at) : null))
}
