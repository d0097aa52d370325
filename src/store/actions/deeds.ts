/** Everything that a key or a button does, in one list: keymap, titles of buttons and the help dialog read it. */

import { isAppHop, type Node } from '../../core/model/design'
import type { Words } from '../../words/kind'
import { designOf, store } from '../state/store'
import { sayCount } from '../words/numbers'
import { fill } from '../words/words'
import * as act from './actions'
import { camera } from './camera'
import { cutOut, keep, taken, takenText } from './clipboard'
import * as view from './view'

export type DeedId = keyof Words['deeds']

export interface Deed {
  id: DeedId
  /** `Mod` is Ctrl, on a Mac Cmd. The first is shown on the button. */
  keys: readonly string[]
  /** Only while the canvas has the focus; all others work wherever nothing is being typed. */
  canvas?: boolean
  run?(): void
}

const state = () => store.getState()

function copy(): boolean {
  const { selected } = state()
  const part = cutOut(designOf(state()), selected)
  if (part.nodes.length === 0) {
    act.say(state().words.nothingToCopy)
    return false
  }
  keep(designOf(state()), part)
  const n = part.nodes.length
  act.say(sayCount(state().lang, state().words.doneCopy, n))
  return true
}

function cut(): void {
  if (copy())
    act.remove(
      cutOut(designOf(state()), state().selected)
        .nodes.filter(isSelectedOrDocked)
        .map((node) => node.id),
    )
}

/** Of a selected hop, cutting takes the hop alone: its ends may belong to others. */
const isSelectedOrDocked = (node: Node): boolean =>
  state().selected.includes(node.id) ||
  (node.kind === 'sidecar' &&
    designOf(state()).hops.some((hop) => isAppHop(hop) && hop.to === node.id && state().selected.includes(hop.from)))

/** `text`: what the system's clipboard holds, if it can be read. */
export async function paste(text: string | null): Promise<void> {
  const clip = taken(text)
  if (clip) {
    act.paste({ nodes: [...clip.nodes], hops: [...clip.hops] }, { x: clip.by, y: clip.by })
    return
  }
  if (!text?.trim()) {
    act.say(state().words.nothingToPaste)
    return
  }
  if (isYaml(text)) {
    view.openPanel('import')
    await (await import('../text/drafting')).importText(text)
    return
  }
  const { design, findings } = await takenText(text, designOf(state()))
  const wrong = findings[0]
  if (wrong) act.say(fill(state().words.addFlowWrong, { line: wrong.line, says: wrong.says[state().lang] }))
  else act.edit('flow', () => design)
}

/** Flows have no such keys: Kubernetes' objects, a List, or JSON of either. */
const isYaml = (text: string): boolean => /^[ \t{[]*["']?(?:apiVersion|kind)["']?\s*:/m.test(text)

function duplicate(): void {
  const part = cutOut(designOf(state()), state().selected)
  if (part.nodes.length > 0) act.paste({ nodes: [...part.nodes], hops: [...part.hops] }, { x: 32, y: 32 })
}

function selectAll(): void {
  const { nodes, hops } = designOf(state())
  view.select([...nodes, ...hops].map((thing) => thing.id))
}

function removeSelected(): void {
  const { selected } = state()
  if (selected.length > 0) act.remove(selected)
}

function tidy(): void {
  act.tidy()
  requestAnimationFrame(() => camera().fit())
}

export const deeds: readonly Deed[] = [
  { id: 'undo', keys: ['Mod+Z'], run: act.undo },
  { id: 'redo', keys: ['Mod+Shift+Z', 'Mod+Y'], run: act.redo },
  { id: 'copy', keys: ['Mod+C'], canvas: true, run: () => void copy() },
  { id: 'cut', keys: ['Mod+X'], canvas: true, run: cut },
  {
    id: 'paste',
    keys: ['Mod+V'],
    canvas: true,
  },
  { id: 'duplicate', keys: ['Mod+D'], canvas: true, run: duplicate },
  { id: 'remove', keys: ['Delete', 'Backspace'], canvas: true, run: removeSelected },
  { id: 'selectAll', keys: ['Mod+A'], canvas: true, run: selectAll },
  { id: 'leave', keys: ['Escape'], canvas: true },
  {
    id: 'nudge',
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    canvas: true,
  },
  {
    id: 'nudgeFar',
    keys: ['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'],
    canvas: true,
  },
  { id: 'connect', keys: ['Mod+ArrowRight', 'Enter'], canvas: true },
  { id: 'open', keys: ['Enter'], canvas: true },
  { id: 'select', keys: ['Space'], canvas: true },
  { id: 'fit', keys: ['Mod+0', 'Shift+1'], run: () => camera().fit() },
  { id: 'zoomIn', keys: ['+'], canvas: true, run: () => camera().zoomIn() },
  { id: 'zoomOut', keys: ['-'], canvas: true, run: () => camera().zoomOut() },
  { id: 'tidy', keys: ['Shift+T'], canvas: true, run: tidy },
  { id: 'addFlow', keys: [], run: () => view.openPanel('addFlow') },
  { id: 'import', keys: [], run: () => view.openPanel('import') },
  // These two are heard by the strip and by the editor, wherever the focus is.
  { id: 'nextProblem', keys: ['F8', 'Shift+F8'] },
  { id: 'quickFix', keys: ['Mod+.'] },
  // Heard by what shows changes.
  { id: 'nextChange', keys: ['F7', 'Shift+F7'] },
  { id: 'gallery', keys: [], run: () => view.openPanel('gallery') },
  { id: 'help', keys: ['?'], canvas: true, run: () => view.openPanel('help') },
]

const byId = new Map(deeds.map((deed) => [deed.id, deed]))
export const deedOf = (id: DeedId): Deed => byId.get(id) as Deed
export const perform = (id: DeedId): void => deedOf(id).run?.()

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** A key as a person reads it: `Ctrl+Shift+Z`, `⌘Z`, arrows as arrows. */
export function keyWord(key: string): string {
  const arrows: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' }
  return (
    key
      .split('+')
      .map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (arrows[part] ?? part)))
      .filter((part) => part !== '')
      .join('+') || '+'
  )
}

/** `Undo (Ctrl+Z)` */
export function titleOf(id: DeedId, words: Words, more = ''): string {
  const { keys } = deedOf(id)
  return `${words.deeds[id]}${more}${keys[0] ? ` (${keyWord(keys[0])})` : ''}`
}

/** Whether a pressed key is this one. Digits go by their place: Shift+1 is another letter on each keyboard. */
export function isKey(event: KeyboardEvent, key: string): boolean {
  const parts = key === '+' ? ['+'] : key.split('+')
  const last = parts.at(-1) ?? ''
  const modifier = mac ? event.metaKey : event.ctrlKey
  if (modifier !== parts.includes('Mod') || event.altKey || (mac ? event.ctrlKey : event.metaKey)) return false
  if (last === '?' || last === '+' || last === '-') return event.key === last
  if (event.shiftKey !== parts.includes('Shift')) return false
  if (/^\d$/.test(last)) return event.code === `Digit${last}`
  if (last === 'Space') return event.key === ' '
  return last.length === 1 ? event.key.toUpperCase() === last : event.key === last
}
