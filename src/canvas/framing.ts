/** Frames the design when another one is opened. It is there for the first paint; what else turns the camera comes later (`camera.ts`). */
import { getViewportForBounds, type ReactFlowInstance } from '@xyflow/react'
import { useEffect } from 'react'
import { store } from '../store/state/store'
import type { Card, HopWire } from './flow'

/** Hundreds of hosts are seen as a whole, if small. */
export const lowestZoom = 0.02

/** Room for the frames round the cards, and for the controls at the foot. */
const padding = { top: '64px', bottom: '84px', left: '32px', right: '32px' } as const

export function useFraming(flow: ReactFlowInstance<Card, HopWire>): void {
  useEffect(() => {
    const fit = () => frameAll(flow, 0)
    const frame = requestAnimationFrame(fit)
    const off = store.subscribe((state, before) => {
      if (
        state.id !== before.id ||
        (state.history !== before.history && ['load', 'import'].includes(state.history.label) && state.history.future.length === 0)
      )
        settled(fit)
    })
    return () => {
      cancelAnimationFrame(frame)
      off()
    }
  }, [flow])
}

/** After a frame, for what opens with a design changes the size of the canvas. */
export const settled = (run: () => void) => requestAnimationFrame(() => requestAnimationFrame(run))

/** At once: React Flow's own fitView waits for frames, and moves what a person clicks meanwhile from under the pointer. */
export function frameAll(flow: ReactFlowInstance<Card, HopWire>, time: number): void {
  const nodes = flow.getNodes()
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  if (nodes.length === 0 || !box) return
  void flow.setViewport(getViewportForBounds(flow.getNodesBounds(nodes), box.width, box.height, lowestZoom, 1.5, padding), {
    duration: time,
  })
}
