/** What the pointer rests on, for the lens. A pointer that passes lights nothing. */
import { type RefObject, useEffect } from 'react'
import type { Focus } from '../../core/figure/lens'
import { store } from '../../store/state/store'
import { thingAt } from '../menus/context-gestures'

/** Milliseconds after which a pointer rests. */
const rest = 160

export function useLens(canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = canvas.current
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = ''
    const look = (target: EventTarget | null) => {
      const [key, focus] = focusAt(target)
      if (key === last) return
      last = key
      clearTimeout(timer)
      timer = setTimeout(() => store.getState().lens !== focus && store.setState({ lens: focus }), rest)
    }
    const over = (event: PointerEvent) => look(event.pointerType === 'mouse' && event.buttons === 0 ? event.target : null)
    const gone = () => look(null)
    element?.addEventListener('pointerover', over)
    element?.addEventListener('pointerdown', gone)
    element?.addEventListener('pointerleave', gone)
    return () => {
      clearTimeout(timer)
      element?.removeEventListener('pointerover', over)
      element?.removeEventListener('pointerdown', gone)
      element?.removeEventListener('pointerleave', gone)
      store.setState({ lens: null })
    }
  }, [canvas])
}

/** What is there, and a name by which it is told from what was there before. */
function focusAt(target: EventTarget | null): [string, Focus | null] {
  if (!(target instanceof Element)) return ['', null]
  const row = target.closest<HTMLElement>('[data-row]')?.dataset.row
  if (row) return [row, { row }]
  const id = thingAt(target)
  return id ? [id, { ids: [id] }] : ['', null]
}
