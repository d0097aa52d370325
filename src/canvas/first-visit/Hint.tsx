/** One line for a first visit, under the last hop: it goes with the first click. */
import { ViewportPortal } from '@xyflow/react'
import { pointAt } from '../../core/figure/route'
import { dismissHint } from '../../store/actions/view'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import type { Picture } from '../flow'

export function Hint({ picture }: { picture: Picture }) {
  const words = useWords()
  const shown = useDesigner((s) => s.hint && s.selected.length === 0 && s.history.past.length === 0)
  const wire = picture.wires.at(-1)
  const from = picture.cards.find((card) => card.id === wire?.source)
  const to = picture.cards.find((card) => card.id === wire?.target)
  if (!shown || !wire?.data || !from || !to) return null
  const { leave, arrive, bend, at } = wire.data
  const place = pointAt(
    {
      from: { x: from.position.x + (from.width ?? 0), y: from.position.y + 24 + leave },
      to: { x: to.position.x, y: to.position.y + 24 + arrive },
      bend,
    },
    at,
  )
  return (
    <ViewportPortal>
      <div className="hint nopan nodrag nokey" style={{ transform: `translate(${place.x}px, ${place.y + 30}px) translateX(-62%)` }}>
        <i className="beak" />
        <span>{words.hint}</span>
        <button type="button" className="b icon" aria-label={words.close} onClick={dismissHint}>
          <Icon name="close" size="s" />
        </button>
      </div>
    </ViewportPortal>
  )
}
