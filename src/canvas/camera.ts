/** Hands the canvas' camera to the store. */
import { type ReactFlowInstance, useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { setCamera } from '../store/actions/camera'
import type { Card, HopWire } from './flow'
import { frameAll, settled } from './framing'

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
const duration = () => (still() ? 0 : 240)

export function useCamera(): void {
  const flow = useReactFlow<Card, HopWire>()
  useEffect(() => {
    setCamera({
      fit: () => frameAll(flow, duration()),
      zoomIn: () => void flow.zoomIn({ duration: duration() }),
      zoomOut: () => void flow.zoomOut({ duration: duration() }),
      show: (...ids) => reveal(flow, ids),
      focus: (id) => {
        if (id) reveal(flow, [id])
        const at = () => (id ? elementOf(id) : document.querySelector<HTMLElement>('.canvas'))
        // What has just been made is not drawn yet.
        if (at()) at()?.focus({ preventScroll: true })
        else settled(() => at()?.focus({ preventScroll: true }))
      },
      middle: () => {
        const box = document.querySelector('.react-flow')?.getBoundingClientRect()
        return box ? flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 }) : { x: 0, y: 0 }
      },
      onScreen: flow.flowToScreenPosition,
      besideOf: (id) => {
        const box = elementOf(id)?.getBoundingClientRect()
        return box ? { x: box.right + 8, y: box.top } : null
      },
    })
    return () => setCamera(null)
  }, [flow])
}

/** The card of a node, or the label of a hop. */
export const elementOf = (id: string): HTMLElement | null =>
  document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"], [data-hop="${CSS.escape(id)}"]`)

/** Moves the view only if one of the nodes is not all in it. */
function reveal(flow: ReactFlowInstance<Card, HopWire>, ids: readonly string[]): void {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  const hidden = ids
    .flatMap((id) => flow.getNode(id) ?? [])
    .find(({ position: { x, y }, width = 0, height = 0 }) => {
      const [a, b] = [flow.flowToScreenPosition({ x, y }), flow.flowToScreenPosition({ x: x + width, y: y + height })]
      return box && (a.x < box.left || a.y < box.top || b.x > box.right || b.y > box.bottom)
    })
  if (!hidden) return
  if (ids.length > 1) return frameAll(flow, duration())
  const { position, width = 0, height = 0 } = hidden
  void flow.setCenter(position.x + width / 2, position.y + height / 2, { zoom: flow.getZoom(), duration: duration() })
}
