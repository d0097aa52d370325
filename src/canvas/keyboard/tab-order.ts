/**
 * Tab goes through the canvas as a person reads it, a path after the other. The page has all labels of hops before all cards, for a wire lies
 * under each card and its label above; so the next stop is looked up.
 */
import { type RefObject, useEffect } from 'react'
import type { Id } from '../../core/base/id'
import { readingOrder } from '../../core/model/walk'
import { designOf, store } from '../../store/state/store'

const focusable = 'button, select, input, a[href], [tabindex="0"]'

/** What Tab stops at, in the order of the page. */
const stopsIn = (canvas: HTMLElement): HTMLElement[] =>
  [...canvas.querySelectorAll<HTMLElement>(`.react-flow :is(${focusable})`)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility(),
  )

/** The node or hop that a stop belongs to; null: to none, such as the button of a frame. */
const thingOf = (stop: HTMLElement): Id | null => {
  const hop = stop.closest<HTMLElement>('[data-hop]') ?? stop.closest('.hop-place, .seam')?.querySelector<HTMLElement>('[data-hop]')
  return hop?.dataset.hop ?? stop.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null
}

/** The same stops in the order of reading; what belongs to no path comes last. */
function inOrder(stops: readonly HTMLElement[]): HTMLElement[] {
  const places = new Map(readingOrder(designOf(store.getState())).map((id, index) => [id, index]))
  const place = (stop: HTMLElement) => places.get(thingOf(stop) ?? '') ?? places.size
  return stops.toSorted((a, b) => place(a) - place(b))
}

/** `leaving`: whether a stop gets the focus only so that the browser goes on from there. */
export function useTabOrder(ref: RefObject<HTMLElement | null>, leaving: RefObject<boolean>): void {
  useEffect(() => {
    const canvas = ref.current
    if (!canvas) return
    let tabbed: 'on' | 'back' | null = null
    const key = (event: KeyboardEvent) => {
      tabbed = event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey ? (event.shiftKey ? 'back' : 'on') : null
      if (!tabbed || event.defaultPrevented) return
      const active = document.activeElement as HTMLElement
      const stops = stopsIn(canvas)
      if (active === canvas && tabbed === 'on') return go(event, inOrder(stops)[0])
      if (!stops.includes(active)) return
      const ordered = inOrder(stops)
      const next = ordered[ordered.indexOf(active) + (tabbed === 'on' ? 1 : -1)]
      if (next) return go(event, next)
      leaving.current = true
      stops.at(tabbed === 'on' ? -1 : 0)?.focus({ preventScroll: true })
      leaving.current = false
    }
    const entered = (event: FocusEvent) => {
      if (!tabbed || !(event.target instanceof HTMLElement) || canvas.contains(event.relatedTarget as Node | null)) return
      const stops = stopsIn(canvas)
      if (event.target !== stops.at(tabbed === 'on' ? 0 : -1)) return
      const first = inOrder(stops).at(tabbed === 'on' ? 0 : -1)
      if (first !== event.target) first?.focus({ preventScroll: true })
    }
    const pressed = () => {
      tabbed = null
    }
    window.addEventListener('keydown', key)
    window.addEventListener('pointerdown', pressed, true)
    canvas.addEventListener('focusin', entered)
    return () => {
      window.removeEventListener('keydown', key)
      window.removeEventListener('pointerdown', pressed, true)
      canvas.removeEventListener('focusin', entered)
    }
  }, [ref, leaving])
}

function go(event: KeyboardEvent, to: HTMLElement | undefined): void {
  if (!to) return
  event.preventDefault()
  to.focus({ preventScroll: true })
}
