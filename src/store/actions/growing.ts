/** New nodes by keys: beside what is selected, and along its path. */
import { type NodeKindId, nodeOf } from '../../core/model/design'
import { grown, grownBack, newBeside, nextOf, sibling, startOf } from '../../core/model/next'
import { designOf, store } from '../state/store'
import { grow } from './actions'
import { camera } from './camera'
import { openMenu } from './menu'

const selectedNode = () => nodeOf(designOf(store.getState()), store.getState().selected[0] ?? '')

/** Puts a new node beside what is selected, or where there is room. */
export const add = (kind: NodeKindId) => (): void => grow(newBeside(designOf(store.getState()), kind, selectedNode()?.id ?? null), 'add')

/** What follows on the path: where only a new node of one kind can, it is made at once. */
export function onward(): void {
  const node = selectedNode()
  if (!node) return
  const design = designOf(store.getState())
  const { fresh, again, kinds } = nextOf(design, startOf(design, node.id))
  const [kind] = kinds
  if (kind && kinds.length === 1 && fresh.length + again.length === 0) return grow(grown(design, node.id, kind), 'connect')
  const at = camera().besideOf(node.id)
  if (at) openMenu({ is: 'connect', from: node.id, at, place: null })
}

export function back(): void {
  const node = selectedNode()
  if (node) grow(grownBack(designOf(store.getState()), node.id), 'connect')
}

export function another(): void {
  const node = selectedNode()
  if (node) grow(sibling(designOf(store.getState()), node.id), 'connect')
}
