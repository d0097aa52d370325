/** What opens the context menu: a right click, and on touch a finger that rests. What is under it is selected first. */
import { type RefObject, useEffect } from 'react'
import type { Id } from '../../core/base/id'
import type { Point } from '../../core/model/design'
import { openMenu } from '../../store/actions/menu'
import { select } from '../../store/actions/view'
import { store } from '../../store/state/store'

const rest = 550
/** A finger that moves so far drags. */
const still = 8

/** What is outside of the picture, and what a person types in, keep the browser's own menu. */
export const isPicture = (target: Element): boolean => target.closest('.react-flow') !== null && !target.closest('input, textarea')

/** The node or hop under a place of the page; null: the canvas itself. */
export function thingAt(target: Element): Id | null {
  const at = target.closest<HTMLElement>('[data-hop], .react-flow__edge, .react-flow__node')
  return at?.dataset.hop ?? at?.dataset.id ?? null
}

/** Selects what is there, unless it is one of what is selected, and opens the menu. */
export function openContext(id: Id | null, at: Point): void {
  if (id === null || !store.getState().selected.includes(id)) select(id === null ? [] : [id])
  openMenu({ is: 'context', at, place: null })
}

export function useContextMenu(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const canvas = ref.current
    let timer: ReturnType<typeof setTimeout> | undefined
    let from: Point = { x: 0, y: 0 }
    const asked = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !isPicture(event.target)) return
      event.preventDefault()
      clearTimeout(timer)
      openContext(thingAt(event.target), { x: event.clientX, y: event.clientY })
    }
    const down = ({ pointerType, isPrimary, target, clientX, clientY }: PointerEvent) => {
      clearTimeout(timer)
      if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element) || !isPicture(target)) return
      from = { x: clientX, y: clientY }
      timer = setTimeout(() => openContext(thingAt(target), from), rest)
    }
    const moved = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > still) clearTimeout(timer)
    }
    const end = () => clearTimeout(timer)
    canvas?.addEventListener('contextmenu', asked)
    // A drag takes the pointer before it comes here by bubbling.
    canvas?.addEventListener('pointerdown', down, true)
    window.addEventListener('pointermove', moved, true)
    window.addEventListener('pointerup', end, true)
    window.addEventListener('pointercancel', end, true)
    return () => {
      end()
      canvas?.removeEventListener('contextmenu', asked)
      canvas?.removeEventListener('pointerdown', down, true)
      window.removeEventListener('pointermove', moved, true)
      window.removeEventListener('pointerup', end, true)
      window.removeEventListener('pointercancel', end, true)
    }
  }, [ref])
}
