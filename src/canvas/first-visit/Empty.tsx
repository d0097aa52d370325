/** An empty canvas says how to begin. */

import { openPanel } from '../../store/actions/view'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function Empty() {
  const words = useWords()
  const booted = useDesigner((s) => s.id !== '')
  if (!booted) return null
  return (
    <div className="empty">
      <h2>{words.emptyCanvas}</h2>
      <p>{words.emptyHow}</p>
      <div className="empty-doors">
        <button type="button" className="b line" onClick={() => openPanel('gallery')}>
          <Icon name="gallery" />
          {words.doorExample}
        </button>
        <button type="button" className="b line" onClick={() => openPanel('addFlow')}>
          <Icon name="type" />
          {words.doorFlow}
        </button>
      </div>
    </div>
  )
}
