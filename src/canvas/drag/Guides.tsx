/** While cards are dragged: lines that show with what they are in line. Let go there, they are in it. */
import { ViewportPortal } from '@xyflow/react'
import type { Id } from '../../core/base/id'
import type { Point } from '../../core/model/design'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { inLine } from './in-line'
import './guides.css'

export function Guides({ dragged }: { dragged: ReadonlyMap<Id, Point> }) {
  const design = useDesigner(designOf)
  const found = inLine(design, dragged)
  return (
    <ViewportPortal>
      {found.lines.map(({ from, to }) => (
        <i
          className="guide"
          key={`${from.x} ${from.y}`}
          style={{ transform: `translate(${from.x}px, ${from.y}px)`, width: to.x - from.x, height: to.y - from.y }}
        />
      ))}
    </ViewportPortal>
  )
}
