/** Hands the canvas' camera to the store, and frames the design when another one is opened. */
import { getViewportForBounds, type ReactFlowInstance } from '@xyflow/react'
import { useEffect } from 'react'
import { setCamera } from '../store/actions/camera'
import { store } from '../store/state/store'
import type { Card, HopWire } from './flow'

/** Room for the frames round the cards, and for the controls at the foot. */
const padding = { top: '64px', bottom: '84px', left: '32px', right: '32px' } as const
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
const duration = () => (still() ? 0 : 240)

export function useCamera(flow: ReactFlowInstance<Card, HopWire>): void {
  useEffect(() => {
    const fit = (time = duration()) => frameAll(flow, time)
    setCamera({
      fit,
      zoomIn: () => void flow.zoomIn({ duration: duration() }),
      zoomOut: () => void flow.zoomOut({ duration: duration() }),
      show: (id) => reveal(flow, id),
      middle: () => {
        const box = document.querySelector('.react-flow')?.getBoundingClientRect()
        return box ? flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 }) : { x: 0, y: 0 }
      },
      besideOf: (id) => {
        const box = elementOf(id)?.getBoundingClientRect()
        return box ? { x: box.right + 8, y: box.top } : null
      },
    })
    const frame = requestAnimationFrame(() => fit(0))
    const off = store.subscribe((state, before) => {
      if (
        state.id !== before.id ||
        (state.history !== before.history && state.history.label === 'load' && state.history.future.length === 0)
      )
        settled(() => fit(0))
    })
    return () => {
      cancelAnimationFrame(frame)
      off()
      setCamera(null)
    }
  }, [flow])
}

/** The card of a node, or the label of a hop. */
export const elementOf = (id: string): HTMLElement | null =>
  document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"], [data-hop="${CSS.escape(id)}"]`)

/** After a frame, for what opens with a design changes the size of the canvas. */
const settled = (run: () => void) => requestAnimationFrame(() => requestAnimationFrame(run))

/** At once: React Flow's own fitView waits for frames, and moves what a person clicks meanwhile from under the pointer. */
function frameAll(flow: ReactFlowInstance<Card, HopWire>, time: number): void {
  const nodes = flow.getNodes()
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  if (nodes.length === 0 || !box) return
  void flow.setViewport(getViewportForBounds(flow.getNodesBounds(nodes), box.width, box.height, 0.1, 1, padding), { duration: time })
}

/** Moves the view only if the node is not all in it. */
function reveal(flow: ReactFlowInstance<Card, HopWire>, id: string): void {
  const node = flow.getNode(id)
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  if (!node || !box) return
  const a = flow.flowToScreenPosition(node.position)
  const b = flow.flowToScreenPosition({ x: node.position.x + (node.width ?? 0), y: node.position.y + (node.height ?? 0) })
  if (a.x >= box.left && a.y >= box.top && b.x <= box.right && b.y <= box.bottom) return
  void flow.setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + (node.height ?? 0) / 2, {
    zoom: flow.getZoom(),
    duration: duration(),
  })
}
