/** What is done to what is selected: copied, pasted, cut, duplicated, removed. */
import type { Id } from '../../core/base/id'
import { type Design, isAppHop, type Node } from '../../core/model/design'
import { roomFor } from '../../core/model/room'
import { straightSays, withoutGateway } from '../../core/model/through'
import { nearest } from '../../core/model/walk'
import { saying } from '../state/saying'
import { designOf, store } from '../state/store'
import { sayCount } from '../words/numbers'
import { fill } from '../words/words'
import * as act from './actions'
import { camera } from './camera'
import { type Clip, cutOut, keep, taken, takenText } from './clipboard'
import * as view from './view'

const state = () => store.getState()

/** Whether anything was copied. */
export function copy(): boolean {
  const { selected } = state()
  const part = cutOut(designOf(state()), selected)
  if (part.nodes.length === 0) {
    act.say(state().words.nothingToCopy)
    return false
  }
  keep(designOf(state()), part)
  act.say(sayCount(state().lang, state().words.doneCopy, part.nodes.length))
  return true
}

export function cut(): void {
  if (copy())
    removeSelected(
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
    pasteFree(clip)
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

/** Where no key brings it, the system's clipboard is asked; where it may not be read, what was copied here is pasted. */
export const pasteAsked = async (): Promise<void> => paste((await navigator.clipboard?.readText().catch(() => null)) ?? null)

export function duplicate(): void {
  const part = cutOut(designOf(state()), state().selected)
  if (part.nodes.length > 0) pasteFree(part)
}

/** In free room below the originals, in view. */
function pasteFree({ nodes, hops }: Clip): void {
  const part = { nodes: [...nodes], hops: [...hops] }
  act.paste(part, roomFor(designOf(state()), part))
  const { selected } = state()
  requestAnimationFrame(() => camera().show(...selected))
}

export function selectAll(): void {
  const { nodes, hops } = designOf(state())
  view.select([...nodes, ...hops].map((thing) => thing.id))
}

/** Removes what is selected, or these; then what is nearest has the focus. */
export function removeSelected(ids: readonly Id[] = state().selected): void {
  if (ids.length === 0) return
  const before = designOf(state())
  act.remove(ids)
  void act.editing.then(() => {
    const { nodes, hops } = designOf(state())
    const left = new Set([...nodes, ...hops].map(({ id }) => id))
    const gone = [...before.nodes, ...before.hops].flatMap(({ id }) => (left.has(id) ? [] : [id]))
    // Over a person's own text the question comes first.
    if (gone.length === 0) return
    camera().focus(nearest(before, gone))
    offerStraight(before, gone)
  })
}

/** A gateway that is removed alone leaves pods and hosts behind that it connected: straight hops between them are offered. */
function offerStraight(before: Design, gone: readonly Id[]): void {
  const nodes = before.nodes.filter(({ id }) => gone.includes(id))
  const straight = nodes.length === 1 && nodes[0]?.kind === 'gateway' ? withoutGateway(before, nodes[0].id) : null
  if (straight) act.refuse(saying('pathsCut'), [{ says: straightSays, design: straight }], 'connect')
}
