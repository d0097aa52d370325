/** Rings round what a step points at. The text of the step says it in words: these are for the eye alone. */
import { useEffect, useState } from 'react'
import type { Design } from '../../core/model/design'
import type { Control, Point } from '../../lessons/kind'
import { nodeNamed } from '../../lessons/node-named'
import { stepOf } from '../../store/lesson/lesson-judge'
import { designOf, type OpenLesson, store } from '../../store/state/store'

interface Ring {
  key: string
  x: number
  y: number
  width: number
  height: number
}

export function Rings({ open }: { open: OpenLesson }) {
  const points = open.done[open.step] ? undefined : stepOf(open.lesson, open.step).points
  const rings = useRings(points ?? nowhere)
  return (
    <div className="rings" aria-hidden="true">
      {rings.map(({ key, x, y, width, height }) => (
        <i key={key} className="ring" style={{ transform: `translate(${x}px, ${y}px)`, width, height }} />
      ))}
    </div>
  )
}

const nowhere: readonly Point[] = []

/** Where the rings are now. They follow the canvas, the panes and whatever opens, as it changes the page. */
function useRings(points: readonly Point[]): readonly Ring[] {
  const [rings, setRings] = useState<readonly Ring[]>([])
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      const now = points.flatMap((point, index) => ringOf(point, `${index}`))
      setRings((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    const changes = new MutationObserver(soon)
    const sizes = new ResizeObserver(soon)
    const page = document.querySelector('.app') ?? document.body
    changes.observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ['style', 'class', 'open', 'data-id'] })
    sizes.observe(page)
    for (const pane of page.querySelectorAll('.canvas, .strip, .side')) sizes.observe(pane)
    addEventListener('scroll', soon, true)
    soon()
    return () => {
      cancelAnimationFrame(frame)
      changes.disconnect()
      sizes.disconnect()
      removeEventListener('scroll', soon, true)
    }
  }, [points])
  return rings
}

const room = 5

function ringOf(point: Point, key: string): Ring[] {
  const box = boxOf(elementOf(point, designOf(store.getState())))
  // On a narrow page it may be in another tab: then the ring is round that.
  if (!box) return around(boxOf(document.querySelector(`[data-tab="${tabOf(point)}"]`)), key)
  if (!('control' in point)) {
    // What was panned out of the canvas has no ring on the panes beside it.
    const pane = document.querySelector('.canvas')?.getBoundingClientRect()
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    if (!pane || x < pane.left || x > pane.right || y < pane.top || y > pane.bottom) return []
  }
  return around(box, key)
}

const tabs: Record<Control, string> = {
  palette: 'canvas',
  yaml: 'yaml',
  download: 'yaml',
  inspector: 'inspector',
  outbound: 'inspector',
  trace: 'strip',
  problems: 'strip',
  runbook: 'strip',
}
const tabOf = (point: Point): string => ('control' in point ? tabs[point.control] : 'canvas')

/** Null for what is not shown. */
function boxOf(element: Element | null): DOMRect | null {
  const box = element?.getBoundingClientRect()
  return box && box.width > 0 && box.height > 0 ? box : null
}

/** Of what stands at the edge of the page, the ring stands inside. */
function around(box: DOMRect | null, key: string): Ring[] {
  if (!box) return []
  const left = Math.max(box.left - room, 2)
  const top = Math.max(box.top - room, 2)
  const right = Math.min(box.right + room, innerWidth - 2)
  const bottom = Math.min(box.bottom + room, innerHeight - 2)
  return [{ key, x: Math.round(left), y: Math.round(top), width: Math.round(right - left), height: Math.round(bottom - top) }]
}

function elementOf(point: Point, design: Design): Element | null {
  if ('control' in point) return controlOf(point.control)
  const named = (name: string) => nodeNamed(design, name)?.id
  if ('node' in point) {
    const id = named(point.node)
    return id === undefined ? null : document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
  }
  const [from, to] = [named(point.hop[0]), named(point.hop[1])]
  const hop = design.hops.find((one) => one.from === from && one.to === to)
  return hop ? document.querySelector(`[data-hop="${CSS.escape(hop.id)}"]`) : null
}

/** A control that is folded away is asked for by what unfolds it. */
function controlOf(name: string): Element | null {
  const control = document.querySelector(`[data-control="${name}"]`)
  const folded = control?.closest('details:not([open])')
  if (folded) return folded.querySelector('summary')
  return control ?? (name === 'outbound' ? document.querySelector('[data-control="inspector"]') : null)
}
