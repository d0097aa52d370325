/** Keys on the canvas and everywhere: each pressed key is looked up in the list of actions. */
import { type RefObject, useEffect, useRef } from 'react'
import type { Id } from '../../core/base/id'
import { nodeOf } from '../../core/model/design'
import { type Direction, neighbour, readingOrder } from '../../core/model/walk'
import { move, say } from '../../store/actions/actions'
import { camera } from '../../store/actions/camera'
import { isKey } from '../../store/actions/key-names'
import { type Action, type ActionId, actions, perform as runAction, whyOff } from '../../store/actions/registry'
import { paste } from '../../store/actions/selected'
import { select } from '../../store/actions/view'
import { designOf, store } from '../../store/state/store'
import { openContext, thingAt } from '../menus/context-gestures'
import { isOpen } from './open-list'
import { useTabOrder } from './tab-order'

/** In a field the keys belong to the text. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('.monaco-editor, textarea, input:not([type="checkbox"], [type="radio"])') !== null)

const stepSize = 4
/** Counts presses, so that a key that is held down makes one entry of the history and a second press another. */
let press = 0

export function useKeys(ref: RefObject<HTMLElement | null>): void {
  const leaving = useRef(false)
  useTabOrder(ref, leaving)
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
      walk: (event) => walk(event, ref.current),
      rename: takesFocused,
      mode: takesFocused,
      connect: takesFocused,
      another: takesFocused,
      back: takesFocused,
      remove: takesFocused,
      menu: () => openMenuHere(),
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
      if (typing && event.key === 'Escape' && leaveForm(event.target)) return
      const select = event.target instanceof HTMLElement ? event.target.closest('select') : null
      if (select && isOpen(select)) return
      for (const action of actions) {
        const pressed = action.keys.find((key) => isKey(event, key))
        if (!pressed || !isHeard(action, typing, onCanvas()) || isTaught(pressed)) continue
        if (select && !event.ctrlKey && !event.metaKey && action.id !== 'remove' && action.id !== 'leave') continue
        if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return
        if (perform(action, pressed, own, event)) return event.preventDefault()
      }
    }
    const pasted = (event: ClipboardEvent) => {
      if (isTyping(event.target) || !onCanvas()) return
      event.preventDefault()
      void paste(event.clipboardData?.getData('text/plain') ?? null)
    }
    const focusIn = (event: FocusEvent) => {
      if (leaving.current || !(event.target instanceof HTMLElement) || !event.target.matches(':focus-visible')) return
      const id = thingAt(event.target)
      if (!id) return
      camera().show(id)
      // What a person sees as chosen is what the keys are for.
      if (id === focused() && !store.getState().selected.includes(id)) select([id])
    }
    const twice = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('.react-flow__node .name')) runAction('rename')
    }
    const canvas = ref.current
    window.addEventListener('keydown', down)
    document.addEventListener('paste', pasted)
    canvas?.addEventListener('focusin', focusIn)
    canvas?.addEventListener('dblclick', twice)
    return () => {
      window.removeEventListener('keydown', down)
      document.removeEventListener('paste', pasted)
      canvas?.removeEventListener('focusin', focusIn)
      canvas?.removeEventListener('dblclick', twice)
    }
  }, [ref])
}

const isHeard = ({ heard }: Action, typing: boolean, onCanvas: boolean): boolean =>
  heard === 'typing' || (!typing && (heard === undefined || onCanvas))

const noDialog = (): boolean => document.querySelector('dialog[open]') === null

/** Whether the key was used. */
function perform(
  action: Action,
  pressed: string,
  own: Partial<Record<ActionId, (event: KeyboardEvent) => boolean>>,
  event: KeyboardEvent,
): boolean {
  const mine = own[action.id]
  if (mine && !mine(event)) return false
  const why = whyOff(action, store.getState())
  if (why) {
    // Of a single key another action may be meant.
    if (!pressed.includes('Mod')) return false
    say(store.getState().words.whyOff[why])
    return true
  }
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

/** What is done by a key is done to what has the focus, unless that is one of several that are selected. */
function takesFocused(): boolean {
  const id = focused()
  if (id && !store.getState().selected.includes(id)) select([id])
  return store.getState().selected.length > 0
}

/** Before a class, letters and arrows are those of the lesson, unless something of the picture has the focus. */
const isTaught = (key: string): boolean => store.getState().presenting && focused() === null && !key.includes('+') && key !== 'Escape'

/** From a field of the inspector back to what it speaks of. */
function leaveForm(target: EventTarget | null): boolean {
  const [id] = store.getState().selected
  if (!id || !(target instanceof Element) || !target.closest('.inspector')) return false
  camera().focus(id)
  return true
}

const directions: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }

/** Goes on from what has the focus or is selected; on the canvas itself it begins with the first. */
function walk(event: KeyboardEvent, canvas: HTMLElement | null): boolean {
  const design = designOf(store.getState())
  const from = focused() ?? store.getState().selected[0]
  const to = directions[event.key]
  if (!to || (!from && document.activeElement !== canvas)) return false
  const next = from ? neighbour(design, from, to) : (readingOrder(design)[0] ?? null)
  if (!next) {
    say(store.getState().words.commands.nothingThere)
    return true
  }
  select([next])
  camera().focus(next)
  return true
}

function openMenuHere(): boolean {
  const id = focused() ?? store.getState().selected[0] ?? null
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  const at = id ? camera().besideOf(id) : box && { x: box.x + 24, y: box.y + 24 }
  if (at) openContext(id, at)
  return true
}

function leave(canvas: HTMLElement | null): boolean {
  if (store.getState().selected.length === 0) return false
  select([])
  canvas?.focus({ preventScroll: true })
  return true
}
