/** The legal next nodes of a node: those that are there, and new ones. */
import { useCallback, useMemo } from 'react'
import { type Design, namespaceOf, nodeOf, type Point } from '../../core/model/design'
import { dockedTo, mayConnect } from '../../core/model/edit'
import { nodeKinds, reachedFrom } from '../../core/model/nodes'
import { connect, extend } from '../../store/actions/actions'
import type { ConnectAsk } from '../../store/actions/menu'
import { designOf, store } from '../../store/state/store'
import { fill, nodeLabel, useText, useWords } from '../../store/words/words'
import { iconOf } from '../palette/pieces'
import { type Item, Menu } from './Menu'

export function ConnectMenu({ ask, onClose }: { ask: ConnectAsk; onClose(): void }) {
  const words = useWords()
  const text = useText()
  const id = startOf(ask.from)
  const from = nodeOf(designOf(store.getState()), id)
  const items = useMemo(() => {
    const design = designOf(store.getState())
    return [
      ...existing(design, id, (node) => nodeLabel(words, node)),
      ...fresh(design, id, ask.place, (kind) => fill(words.newOne, { kind: text(nodeKinds[kind].title) })),
    ]
  }, [id, ask, words, text])
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the menu takes the focus once, whoever renders it again
  const close = useCallback(onClose, [])
  if (!from) return null
  return (
    <Menu title={fill(words.connectFrom, { name: from.name })} empty={words.nothingToConnect} at={ask.at} items={items} onClose={close} />
  )
}

/** A pod that has its sidecar goes on from there. */
const startOf = (id: string): string => dockedTo(designOf(store.getState()), id)?.id ?? id

function existing(design: Design, from: string, word: (node: Design['nodes'][number]) => string): Item[] {
  return design.nodes
    .filter((node) => mayConnect(design, from, node.id) === true)
    .slice(0, 50)
    .map((node) => ({
      id: node.id,
      icon: iconOf(node.kind),
      word: word(node),
      ...(node.kind !== 'host' && { more: namespaceOf(node) }),
      run: () => void connect(from, node.id),
    }))
}

function fresh(design: Design, from: string, place: Point | null, word: (kind: Design['nodes'][number]['kind']) => string): Item[] {
  const node = nodeOf(design, from)
  if (!node) return []
  const leaves = design.hops.some((hop) => hop.from === from)
  return reachedFrom(node.kind)
    .filter((kind) => kind !== 'sidecar' || !leaves)
    .map((kind) => ({
      id: `new ${kind}`,
      icon: iconOf(kind),
      word: word(kind),
      run: () => void extend(from, kind, place ? { x: Math.round(place.x), y: Math.round(place.y - 24) } : undefined),
    }))
}
