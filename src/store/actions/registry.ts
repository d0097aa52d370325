/**
 * Everything that a person can do, in one list: buttons, menus, the command palette, keys and the help dialog read it. Each action says what it
 * is done to, and why it cannot be done now.
 */
import { isAppHop, nodeOf } from '../../core/model/design'
import type { Words } from '../../words/kind'
import { designOf, type State, store } from '../state/store'
import { savedWord } from '../words/saved'
import { fill } from '../words/words'
import * as act from './actions'
import { askedAlong } from './ask-path'
import { send } from './asking'
import { camera } from './camera'
import * as growing from './growing'
import { keyWord } from './key-names'
import * as selected from './selected'
import * as view from './view'

export type ActionId = keyof Words['actions']
export type WhyOff = keyof Words['whyOff']

/** What is selected: nothing, one node, one hop, or several things. */
export type Target = 'nothing' | 'node' | 'hop' | 'several'

export interface Action {
  id: ActionId
  /** `Mod` is Ctrl, on a Mac Cmd. The first is shown beside the action. */
  keys: readonly string[]
  /** Where its keys are heard: while the canvas has the focus, or also while something is typed. Without it: wherever nothing is typed. */
  heard?: 'canvas' | 'typing'
  /** What must be selected for it; without it, it is done to no thing. */
  on?: readonly Target[]
  /** Whether the context menu of the empty canvas has it too. */
  onCanvas?: true
  /** What more must hold: the reason why it cannot be done now, or null. */
  off?(state: State): WhyOff | null
  run?(): void
}

const state = () => store.getState()
const thing: readonly Target[] = ['node', 'hop', 'several']
const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const
const emptyDrawing = (s: State): WhyOff | null => (designOf(s).nodes.length === 0 ? 'nothingDrawn' : null)
const selectedNode = (s: State) => nodeOf(designOf(s), s.selected[0] ?? '')
const opens = (id: ActionId & Parameters<typeof view.openPanel>[0]): Action => ({ id, keys: [], run: () => view.openPanel(id) })

function tidy(): void {
  act.tidy()
  requestAnimationFrame(() => camera().fit())
}

/** Says where the work is saved. A text that is being typed is drawn at once. */
function save(): void {
  const { words, saved } = state()
  act.say(fill(words.savedAs, { name: designOf(state()).name, says: words[savedWord[saved]] }))
  void import('../text/drafting').then(({ settle }) => settle())
}

/** A sidecar has the name of its pod. */
function renameOnCard(): void {
  const [id = ''] = state().selected
  const hop = designOf(state()).hops.find((each) => isAppHop(each) && each.to === id)
  view.rename(hop?.from ?? id)
}

function chooseMode(): void {
  const [hop] = state().selected
  if (hop) view.pick(hop)
}

function sendAlong(): void {
  const asked = askedAlong(designOf(state()), state().selected[0] ?? '')
  if (asked) send(asked)
}

export const actions: readonly Action[] = [
  { id: 'commands', keys: ['Mod+K', 'Mod+Shift+P'], heard: 'typing', run: () => view.openPanel('commands') },
  { id: 'find', keys: ['Mod+F'], heard: 'typing', run: () => view.openPanel('find') },
  { id: 'save', keys: ['Mod+S'], heard: 'typing', run: save },
  {
    id: 'undo',
    keys: ['Mod+Z'],
    onCanvas: true,
    off: (s) => (s.history.past.length === 0 ? 'nothingToUndo' : null),
    run: act.undo,
  },
  {
    id: 'redo',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    onCanvas: true,
    off: (s) => (s.history.future.length === 0 ? 'nothingToRedo' : null),
    run: act.redo,
  },
  { id: 'addPod', keys: ['P'], heard: 'canvas', onCanvas: true, run: growing.add('pod') },
  { id: 'addGateway', keys: ['G'], heard: 'canvas', onCanvas: true, run: growing.add('gateway') },
  { id: 'addHost', keys: ['H'], heard: 'canvas', onCanvas: true, run: growing.add('host') },
  { id: 'rename', keys: ['F2', 'Enter'], heard: 'canvas', on: ['node'], run: renameOnCard },
  { id: 'mode', keys: ['M', 'Enter'], heard: 'canvas', on: ['hop'], run: chooseMode },
  { id: 'connect', keys: ['Mod+ArrowRight'], heard: 'canvas', on: ['node'], off: leadsNowhere, run: growing.onward },
  { id: 'another', keys: ['Mod+ArrowDown', 'Mod+ArrowUp'], heard: 'canvas', on: ['node'], run: growing.another },
  { id: 'back', keys: ['Mod+ArrowLeft'], heard: 'canvas', on: ['node'], off: beginsPath, run: growing.back },
  {
    id: 'send',
    keys: [],
    on: ['node', 'hop'],
    off: (s) => (askedAlong(designOf(s), s.selected[0] ?? '') ? null : 'noPath'),
    run: sendAlong,
  },
  { id: 'copy', keys: ['Mod+C'], heard: 'canvas', on: thing, run: () => void selected.copy() },
  { id: 'cut', keys: ['Mod+X'], heard: 'canvas', on: thing, run: selected.cut },
  { id: 'paste', keys: ['Mod+V'], heard: 'canvas', onCanvas: true, run: () => void selected.pasteAsked() },
  { id: 'duplicate', keys: ['Mod+D'], heard: 'canvas', on: thing, run: selected.duplicate },
  { id: 'remove', keys: ['Delete', 'Backspace'], heard: 'canvas', on: thing, run: () => selected.removeSelected() },
  { id: 'selectAll', keys: ['Mod+A'], heard: 'canvas', onCanvas: true, off: emptyDrawing, run: selected.selectAll },
  { id: 'menu', keys: ['Shift+F10', 'ContextMenu'], heard: 'canvas' },
  { id: 'leave', keys: ['Escape'], heard: 'canvas' },
  { id: 'walk', keys: arrows, heard: 'canvas' },
  { id: 'nudge', keys: arrows.map((arrow) => `Alt+${arrow}`), heard: 'canvas' },
  { id: 'nudgeFar', keys: arrows.map((arrow) => `Shift+Alt+${arrow}`), heard: 'canvas' },
  // Held down while the pointer drags.
  { id: 'pan', keys: ['Space'] },
  { id: 'fit', keys: ['Mod+0', 'Shift+1'], onCanvas: true, off: emptyDrawing, run: () => camera().fit() },
  { id: 'zoomIn', keys: ['+'], heard: 'canvas', run: () => camera().zoomIn() },
  { id: 'zoomOut', keys: ['-'], heard: 'canvas', run: () => camera().zoomOut() },
  { id: 'tidy', keys: ['Shift+T'], heard: 'canvas', onCanvas: true, off: emptyDrawing, run: tidy },
  { id: 'tidyPart', keys: [], on: ['several'], run: () => act.tidyPart(state().selected) },
  { ...opens('addFlow'), onCanvas: true },
  opens('import'),
  opens('gallery'),
  opens('lessons'),
  opens('designs'),
  opens('versions'),
  opens('share'),
  { ...opens('paths'), onCanvas: true },
  { ...opens('picture'), onCanvas: true, off: emptyDrawing },
  opens('stored'),
  opens('problems'),
  opens('trace'),
  opens('runbook'),
  { id: 'viewBoth', keys: [], run: () => view.setView('both') },
  { id: 'viewCanvas', keys: [], run: () => view.setView('canvas') },
  { id: 'viewCode', keys: [], run: () => view.setView('code') },
  { id: 'themeLight', keys: [], run: () => view.setTheme('light') },
  { id: 'themeDark', keys: [], run: () => view.setTheme('dark') },
  { id: 'themeSystem', keys: [], run: () => view.setTheme('system') },
  { id: 'language', keys: [], run: otherLanguage },
  // These two are heard by the strip and by the editor, wherever the focus is.
  { id: 'nextProblem', keys: ['F8', 'Shift+F8'] },
  { id: 'quickFix', keys: ['Mod+.'] },
  // Heard by what shows changes.
  { id: 'nextChange', keys: ['F7', 'Shift+F7'] },
  { ...opens('help'), keys: ['?'], heard: 'canvas' },
]

function beginsPath(s: State): WhyOff | null {
  return ['pod', 'sidecar'].includes(selectedNode(s)?.kind ?? '') ? 'beginsPath' : null
}

function leadsNowhere(s: State): WhyOff | null {
  return selectedNode(s)?.kind === 'host' ? 'endOfPath' : null
}

function otherLanguage(): void {
  const { lang } = state()
  void import('../words/choose-lang').then(({ chooseLang }) => chooseLang(lang === 'en' ? 'zh' : 'en'))
}

const byId = new Map(actions.map((action) => [action.id, action]))
export const actionOf = (id: ActionId): Action => byId.get(id) as Action

/** What an action would be done to now. */
export function targetOf(s: State): Target {
  const [id, ...more] = s.selected
  if (id === undefined) return 'nothing'
  return more.length > 0 ? 'several' : nodeOf(designOf(s), id) ? 'node' : 'hop'
}

/** Why an action cannot be done now; null: it can. */
export function whyOff({ on, off }: Action, s: State): WhyOff | null {
  if (on && !on.includes(targetOf(s))) return on.length > 1 ? 'needsSelection' : on[0] === 'node' ? 'needsNode' : 'needsHop'
  return off?.(s) ?? null
}

/** Does it, or says why it cannot be done now. */
export function perform(id: ActionId): void {
  const action = actionOf(id)
  const why = whyOff(action, state())
  if (why) act.say(state().words.whyOff[why])
  else action.run?.()
}

/** `Undo (Ctrl+Z)` */
export function titleOf(id: ActionId, words: Words, more = ''): string {
  const { keys } = actionOf(id)
  return `${words.actions[id]}${more}${keys[0] ? ` (${keyWord(keys[0])})` : ''}`
}
