/** The legal next nodes of a node: those that are there, and new ones. */
import { useCallback, useMemo } from 'react'
import { type Design, type Node, type NodeKindId, namespaceOf, nodeOf, type Point } from '../../core/model/design'
import { grown, nextOf, startOf } from '../../core/model/next'
import { nodeKinds } from '../../core/model/nodes'
import { connect, extend, grow } from '../../store/actions/actions'
import type { ConnectAsk } from '../../store/actions/menu'
import { designOf, store } from '../../store/state/store'
import { fill, nodeLabel, useText, useWords } from '../../store/words/words'
import { iconOf } from '../palette/pieces'
import { type Item, Menu } from './Menu'

export function ConnectMenu({ ask, onClose }: { ask: ConnectAsk; onClose(): void }) {
  const words = useWords()
  const text = useText()
  const id = startOf(designOf(store.getState()), ask.from)
  const from = nodeOf(designOf(store.getState()), id)
  const items = useMemo(() => {
    const design = designOf(store.getState())
    const next = nextOf(design, id)
    return [
      ...existing(id, next.fresh, (node) => nodeLabel(words, node)),
      ...fresh(design, id, next.kinds, ask.place, (kind) => fill(words.newOne, { kind: text(nodeKinds[kind].title) })),
      ...existing(id, next.again, (node) => nodeLabel(words, node)),
    ]
  }, [id, ask, words, text])
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the menu takes the focus once, whoever renders it again
  const close = useCallback(onClose, [])
  if (!from) return null
  return (
    <Menu title={fill(words.connectFrom, { name: from.name })} empty={words.nothingToConnect} at={ask.at} items={items} onClose={close} />
  )
}

const existing = (from: string, nodes: readonly Node[], word: (node: Node) => string): Item[] =>
  nodes.slice(0, 50).map((node) => ({
    id: node.id,
    icon: iconOf(node.kind),
    word: word(node),
    ...(node.kind !== 'host' && { more: namespaceOf(node) }),
    run: () => void connect(from, node.id),
  }))

/** Where nothing is said of its place, a new node comes beside the one that it follows. */
const fresh = (
  design: Design,
  from: string,
  kinds: readonly NodeKindId[],
  place: Point | null,
  word: (kind: NodeKindId) => string,
): Item[] =>
  kinds.map((kind) => ({
    id: `new ${kind}`,
    icon: iconOf(kind),
    word: word(kind),
    run: () =>
      void (place || kind === 'sidecar'
        ? extend(from, kind, place ? { x: Math.round(place.x), y: Math.round(place.y - 24) } : undefined)
        : grow(grown(design, from, kind), 'connect')),
  }))
