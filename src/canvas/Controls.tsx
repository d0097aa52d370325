/** Zoom, fit and tidy, at the foot of the canvas. */
import { useStore } from '@xyflow/react'
import { type ActionId, perform, titleOf } from '../store/actions/registry'
import { useWords } from '../store/words/words'
import { Icon, type IconName } from '../ui/icons'

export function Controls() {
  const words = useWords()
  const zoom = useStore((s) => Math.round(s.transform[2] * 100))
  return (
    <div className="controls" role="toolbar" aria-label={words.canvasTools}>
      <Tool id="zoomOut" icon="minus" />
      <span className="zoom">{zoom}%</span>
      <Tool id="zoomIn" icon="plus" />
      <i className="sep" />
      <Tool id="fit" icon="fit" />
      <Tool id="tidy" icon="tidy" />
      <i className="sep" />
      <Tool id="paths" icon="list" />
      <Tool id="picture" icon="picture" />
    </div>
  )
}

function Tool({ id, icon }: { id: ActionId; icon: IconName }) {
  const words = useWords()
  return (
    <button type="button" className="b icon" aria-label={words.actions[id]} title={titleOf(id, words)} onClick={() => perform(id)}>
      <Icon name={icon} />
    </button>
  )
}
