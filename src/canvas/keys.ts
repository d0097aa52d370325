/** Keys on the canvas and everywhere: each pressed key is looked up in the list of deeds. */
import { type RefObject, useEffect } from 'react'
import type { Id } from '../core/base/id'
import { nodeOf } from '../core/model/design'
import { move } from '../store/actions/actions'
import { camera } from '../store/actions/camera'
import { type Deed, type DeedId, deeds, isKey, paste } from '../store/actions/deeds'
import type { MenuAsk } from '../store/actions/menu'
import { select } from '../store/actions/view'
import { designOf, store } from '../store/state/store'

/** In a field the keys belong to the text. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('.monaco-editor, textarea, input:not([type="checkbox"], [type="radio"])') !== null)

/** An open list takes every key itself. A browser that does not know `:open` shows lists of its own, outside of the page. */
function isOpen(select: HTMLSelectElement): boolean {
  try {
    return select.matches(':open')
  } catch {
    return false
  }
}

const stepSize = 4
/** Counts presses, so that a key that is held down makes one entry of the history and a second press another. */
let press = 0

export function useKeys(ref: RefObject<HTMLElement | null>, setMenu: (ask: MenuAsk | null) => void): void {
  useEffect(() => {
    const onCanvas = () => {
      const active = document.activeElement
      return (
        !document.querySelector('dialog[open]') && (active === null || active === document.body || ref.current?.contains(active) === true)
      )
    }
    const own: Partial<Record<DeedId, (event: KeyboardEvent) => boolean>> = {
      nudge: (event) => nudge(event, stepSize),
      nudgeFar: (event) => nudge(event, stepSize * 10),
      connect: (event) => askConnect(event, setMenu),
      select: () => choose(focused()),
      leave: () => leave(ref.current),
      copy: () => !getSelection()?.toString() || false,
      paste: () => false,
    }
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return
      const select = event.target instanceof HTMLElement ? event.target.closest('select') : null
      if (select && isOpen(select)) return
      for (const deed of deeds) {
        if (!deed.keys.some((key) => isKey(event, key)) || (deed.canvas && !onCanvas())) continue
        if (select && !event.ctrlKey && !event.metaKey && deed.id !== 'remove' && deed.id !== 'leave') continue
        if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return
        if (perform(deed, own, event)) {
          event.preventDefault()
          if (deed.id === 'remove' || deed.id === 'cut') keepFocus(ref.current)
          return
        }
      }
    }
    const pasted = (event: ClipboardEvent) => {
      if (isTyping(event.target) || !onCanvas()) return
      event.preventDefault()
      void paste(event.clipboardData?.getData('text/plain') ?? null)
    }
    const focusIn = (event: FocusEvent) => {
      const id =
        event.target instanceof HTMLElement && event.target.matches(':focus-visible')
          ? event.target.closest<HTMLElement>('.react-flow__node')?.dataset.id
          : undefined
      if (id) camera().show(id)
    }
    const canvas = ref.current
    window.addEventListener('keydown', down)
    document.addEventListener('paste', pasted)
    canvas?.addEventListener('focusin', focusIn)
    return () => {
      window.removeEventListener('keydown', down)
      document.removeEventListener('paste', pasted)
      canvas?.removeEventListener('focusin', focusIn)
    }
  }, [ref, setMenu])
}

/** Whether the key was used. */
function perform(deed: Deed, own: Partial<Record<DeedId, (event: KeyboardEvent) => boolean>>, event: KeyboardEvent): boolean {
  const mine = own[deed.id]
  if (mine && !mine(event)) return false
  deed.run?.()
  return mine !== undefined || deed.run !== undefined
}

/** The node that has the focus itself; not a button in it. */
const focused = (): Id | null =>
  document.activeElement instanceof HTMLElement && document.activeElement.matches('.react-flow__node')
    ? (document.activeElement.dataset.id ?? null)
    : null

function nudge(event: KeyboardEvent, by: number): boolean {
  const design = designOf(store.getState())
  const { selected } = store.getState()
  const at = focused()
  const ids = selected.filter((id) => nodeOf(design, id))
  if (ids.length === 0 && at) ids.push(at)
  if (ids.length === 0) return false
  if (!event.repeat) press++
  const dx = event.key === 'ArrowLeft' ? -by : event.key === 'ArrowRight' ? by : 0
  const dy = event.key === 'ArrowUp' ? -by : event.key === 'ArrowDown' ? by : 0
  const all = new Set(ids)
  for (const hop of design.hops) {
    if (!('call' in hop) || (!all.has(hop.from) && !all.has(hop.to))) continue
    all.add(hop.from)
    all.add(hop.to)
  }
  const to = [...all].flatMap((id) => {
    const point = nodeOf(design, id)?.at
    return point ? [[id, { x: point.x + dx, y: point.y + dy }] as const] : []
  })
  move(Object.fromEntries(to), `nudge ${press}`)
  return true
}

function askConnect(event: KeyboardEvent, setMenu: (ask: MenuAsk) => void): boolean {
  const { selected } = store.getState()
  const id = focused() ?? (event.key === 'Enter' ? null : (selected.find((id) => nodeOf(designOf(store.getState()), id)) ?? null))
  const element = id && document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
  if (!id || !element) return false
  const box = element.getBoundingClientRect()
  select([id])
  setMenu({ from: id, at: { x: box.right + 8, y: box.top }, place: null })
  return true
}

function choose(id: Id | null): boolean {
  if (!id) return false
  select([id])
  return true
}

function leave(canvas: HTMLElement | null): boolean {
  if (store.getState().selected.length === 0) return false
  select([])
  canvas?.focus({ preventScroll: true })
  return true
}

/** The canvas takes the focus of what was removed, or the next Tab would start at the top of the page. */
function keepFocus(canvas: HTMLElement | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) canvas?.focus({ preventScroll: true })
  })
}
