/** Everything that a key or a button does, in one list: keymap, titles of buttons and the help dialog read it. */
import '../words/later-words'
import type { Text } from '../../core/base/text'
import { both } from '../../core/base/text'
import { isAppHop, type Node } from '../../core/model/design'
import { designOf, store } from '../state/store'
import { fill, wordsOf } from '../words/words'
import * as act from './actions'
import { camera } from './camera'
import { cutOut, keep, taken, takenText } from './clipboard'
import * as view from './view'

export type DeedId =
  | 'undo'
  | 'redo'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'duplicate'
  | 'remove'
  | 'selectAll'
  | 'leave'
  | 'nudge'
  | 'nudgeFar'
  | 'connect'
  | 'open'
  | 'select'
  | 'fit'
  | 'zoomIn'
  | 'zoomOut'
  | 'tidy'
  | 'addFlow'
  | 'import'
  | 'nextProblem'
  | 'quickFix'
  | 'gallery'
  | 'help'

export interface Deed {
  id: DeedId
  title: Text
  /** `Mod` is Ctrl, on a Mac Cmd. The first is shown on the button. */
  keys: readonly string[]
  /** Only while the canvas has the focus; all others work wherever nothing is being typed. */
  canvas?: boolean
  run?(): void
}

const state = () => store.getState()
const say = (en: string, zh: string) => act.say(both(en, zh))

function copy(): boolean {
  const { selected } = state()
  const part = cutOut(designOf(state()), selected)
  if (part.nodes.length === 0) {
    act.say({ en: wordsOf('en').nothingToCopy, zh: wordsOf('zh').nothingToCopy })
    return false
  }
  keep(designOf(state()), part)
  const n = part.nodes.length
  say(fill(wordsOf('en').doneCopy, { n }), fill(wordsOf('zh').doneCopy, { n }))
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
    act.say({ en: wordsOf('en').nothingToPaste, zh: wordsOf('zh').nothingToPaste })
    return
  }
  if (isYaml(text)) {
    view.openPanel('import')
    await (await import('../text/drafting')).importText(text)
    return
  }
  const { design, findings } = await takenText(text, designOf(state()))
  const wrong = findings[0]
  if (wrong)
    act.say({
      en: `${fill(wordsOf('en').addFlowLine, { line: wrong.line })}: ${wrong.says.en}`,
      zh: `${fill(wordsOf('zh').addFlowLine, { line: wrong.line })}：${wrong.says.zh}`,
    })
  else act.edit('flow', () => design)
}

/** Flows have no such keys: Kubernetes' objects, a List, or JSON of either. */
const isYaml = (text: string): boolean => /^[\s{[]*["']?(?:apiVersion|kind)["']?\s*:/m.test(text)

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
  { id: 'undo', title: both('Undo', '撤销'), keys: ['Mod+Z'], run: act.undo },
  { id: 'redo', title: both('Redo', '重做'), keys: ['Mod+Shift+Z', 'Mod+Y'], run: act.redo },
  { id: 'copy', title: both('Copy what is selected', '复制所选'), keys: ['Mod+C'], canvas: true, run: () => void copy() },
  { id: 'cut', title: both('Cut what is selected', '剪切所选'), keys: ['Mod+X'], canvas: true, run: cut },
  {
    id: 'paste',
    title: both('Paste; YAML is imported, other text is read as flows', '粘贴；YAML 将被导入，其他文本按流读取'),
    keys: ['Mod+V'],
    canvas: true,
  },
  { id: 'duplicate', title: both('Duplicate what is selected', '复制一份所选'), keys: ['Mod+D'], canvas: true, run: duplicate },
  { id: 'remove', title: both('Remove what is selected', '删除所选'), keys: ['Delete', 'Backspace'], canvas: true, run: removeSelected },
  { id: 'selectAll', title: both('Select everything', '全选'), keys: ['Mod+A'], canvas: true, run: selectAll },
  { id: 'leave', title: both('Leave: close, then unselect', '离开：先关闭，再取消选择'), keys: ['Escape'], canvas: true },
  {
    id: 'nudge',
    title: both('Move what is selected', '移动所选'),
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    canvas: true,
  },
  {
    id: 'nudgeFar',
    title: both('Move it ten times as far', '移动十倍距离'),
    keys: ['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'],
    canvas: true,
  },
  { id: 'connect', title: both('On a node: connect it to …', '在节点上：连接到……'), keys: ['Mod+ArrowRight', 'Enter'], canvas: true },
  { id: 'open', title: both('On a hop: choose its TLS', '在一跳上：选择它的 TLS'), keys: ['Enter'], canvas: true },
  { id: 'select', title: both('On a node: select it', '在节点上：选中它'), keys: ['Space'], canvas: true },
  { id: 'fit', title: both('Show all', '显示全部'), keys: ['Mod+0', 'Shift+1'], run: () => camera().fit() },
  { id: 'zoomIn', title: both('Zoom in', '放大'), keys: ['+'], canvas: true, run: () => camera().zoomIn() },
  { id: 'zoomOut', title: both('Zoom out', '缩小'), keys: ['-'], canvas: true, run: () => camera().zoomOut() },
  { id: 'tidy', title: both('Tidy', '整理布局'), keys: ['Shift+T'], canvas: true, run: tidy },
  { id: 'addFlow', title: both('Add flow', '添加流'), keys: [], run: () => view.openPanel('addFlow') },
  { id: 'import', title: both('Import YAML', '导入 YAML'), keys: [], run: () => view.openPanel('import') },
  // These two are heard by the strip and by the editor, wherever the focus is.
  { id: 'nextProblem', title: both('Next problem, problem before', '下一个、上一个问题'), keys: ['F8', 'Shift+F8'] },
  { id: 'quickFix', title: both('In the text: quick fix', '在文本中：快速修复'), keys: ['Mod+.'] },
  { id: 'gallery', title: both('Gallery', '示例库'), keys: [], run: () => view.openPanel('gallery') },
  { id: 'help', title: both('Help and keys', '帮助与快捷键'), keys: ['?'], canvas: true, run: () => view.openPanel('help') },
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
export function titleOf(id: DeedId, lang: 'en' | 'zh', more = ''): string {
  const { title, keys } = deedOf(id)
  return `${title[lang]}${more}${keys[0] ? ` (${keyWord(keys[0])})` : ''}`
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
