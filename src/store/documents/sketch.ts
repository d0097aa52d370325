/** A design as a small picture: where its nodes are and which of them are joined, enough to tell one from another. */
import { type Design, type NodeKindId } from '../../core/model/design'
import { nodeKindIds } from '../../core/model/nodes'

export interface Sketch {
  nodes: readonly { kind: NodeKindId; x: number; y: number }[]
  /** Pairs of places in `nodes`. */
  hops: readonly (readonly [number, number])[]
}

/** More would be a grey field in a picture of this size. */
const most = 60

export const noSketch: Sketch = { nodes: [], hops: [] }

/** As it was noted; what cannot be read of it is left out. */
export function sketchIn(value: unknown): Sketch {
  const { nodes, hops } = (typeof value === 'object' && value !== null ? value : {}) as { nodes?: unknown; hops?: unknown }
  const read = (Array.isArray(nodes) ? nodes : []).flatMap((node: { kind?: unknown; x?: unknown; y?: unknown } | null) => {
    const kind = nodeKindIds.find((id) => id === node?.kind)
    return kind && Number.isFinite(node?.x) && Number.isFinite(node?.y) ? [{ kind, x: Number(node?.x), y: Number(node?.y) }] : []
  })
  const pairs = (Array.isArray(hops) ? hops : []).flatMap((hop: unknown) => {
    const [a, b] = Array.isArray(hop) ? hop : []
    return read[a] && read[b] ? [[Number(a), Number(b)] as const] : []
  })
  return { nodes: read.slice(0, most), hops: pairs }
}

export function sketchOf({ nodes, hops }: Pick<Design, 'nodes' | 'hops'>): Sketch {
  const shown = nodes.slice(0, most)
  const places = new Map(shown.map(({ id }, index) => [id, index]))
  return {
    nodes: shown.map(({ kind, at }) => ({ kind, x: Math.round(at?.x ?? 0), y: Math.round(at?.y ?? 0) })),
    hops: hops.flatMap(({ from, to }) => {
      const [a, b] = [places.get(from), places.get(to)]
      return a === undefined || b === undefined ? [] : [[a, b] as const]
    }),
  }
}
