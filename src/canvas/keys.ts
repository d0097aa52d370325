/** Keys on the canvas and everywhere: each pressed key is looked up in the list of actions. */
import { type RefObject, useEffect } from 'react'
import type { Id } from '../core/base/id'
import { nodeOf } from '../core/model/design'
import { move } from '../store/actions/actions'
import { camera } from '../store/actions/camera'
import { isKey } from '../store/actions/key-names'
import { type Action, type ActionId, actions, whyOff } from '../store/actions/registry'
import { paste } from '../store/actions/selected'
import { select } from '../store/actions/view'
import { designOf, store } from '../store/state/store'
import { openContext } from './menus/context-gestures'

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

export function useKeys(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onCanvas = () => {
      const active = document.activeElement
      return (
        !document.querySelector('dialog[open]') && (active === null || active === document.body || ref.current?.contains(active) === true)
      )
    }
    const own: Partial<Record<ActionId, (event: KeyboardEvent) => boolean>> = {
      nudge: (event) => nudge(event, stepSize),
      nudgeFar: (event) => nudge(event, stepSize * 10),
      connect: (event) => takesFocused(event.key === 'Enter'),
      menu: () => openMenuHere(),
      select: () => choose(focused()),
      leave: () => leave(ref.current),
      copy: () => !getSelection()?.toString() || false,
      // The browser brings what is to be pasted, by an event of its own.
      paste: () => false,
      commands: noDialog,
      find: noDialog,
    }
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const typing = isTyping(event.target)
      const select = event.target instanceof HTMLElement ? event.target.closest('select') : null
      if (select && isOpen(select)) return
      for (const action of actions) {
        if (!action.keys.some((key) => isKey(event, key)) || !isHeard(action, typing, onCanvas())) continue
        if (select && !event.ctrlKey && !event.metaKey && action.id !== 'remove' && action.id !== 'leave') continue
        if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return
        if (perform(action, own, event)) {
          event.preventDefault()
          if (action.id === 'remove' || action.id === 'cut') keepFocus(ref.current)
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
  }, [ref])
}

const isHeard = ({ heard }: Action, typing: boolean, onCanvas: boolean): boolean =>
  heard === 'typing' || (!typing && (heard === undefined || onCanvas))

const noDialog = (): boolean => document.querySelector('dialog[open]') === null

/** Whether the key was used. */
function perform(action: Action, own: Partial<Record<ActionId, (event: KeyboardEvent) => boolean>>, event: KeyboardEvent): boolean {
  const mine = own[action.id]
  if (mine && !mine(event)) return false
  if (whyOff(action, store.getState())) return mine !== undefined
  action.run?.()
  return mine !== undefined || action.run !== undefined
}

/** The node or hop that has the focus itself; not a button in a card. */
function focused(): Id | null {
  const at = document.activeElement
  return at instanceof HTMLElement && at.matches('.react-flow__node, [data-hop]') ? (at.dataset.id ?? at.dataset.hop ?? null) : null
}

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

/** What is done by a key is done to what has the focus. `must`: nothing else will do. */
function takesFocused(must: boolean): boolean {
  const id = focused()
  if (id) select([id])
  return id !== null || !must
}

function openMenuHere(): boolean {
  const id = focused() ?? store.getState().selected[0] ?? null
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  const at = id ? camera().besideOf(id) : box && { x: box.x + 24, y: box.y + 24 }
  if (at) openContext(id, at)
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
