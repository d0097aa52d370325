/** Ways to start, under the canvas of a first visit. */

import { dismissHint, openPanel } from '../../store/actions/view'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/first-icons'
import './doors.css'

export function Doors() {
  const words = useWords()
  const hint = useDesigner((s) => s.hint)
  if (!hint) return null
  return (
    <section className="doors" aria-label={words.doors}>
      <button type="button" className="door" onClick={() => openPanel('gallery')}>
        <Icon name="gallery" />
        <span>
          <b>{words.doorExample}</b>
          <small>{words.doorExampleSays}</small>
        </span>
        <Icon name="right" />
      </button>
      <button type="button" className="door" onClick={() => openPanel('addFlow')}>
        <Icon name="type" />
        <span>
          <b>{words.doorFlow}</b>
          <small>{words.doorFlowSays}</small>
        </span>
        <Icon name="right" />
      </button>
      <button type="button" className="door" onClick={() => openPanel('import')}>
        <Icon name="code" />
        <span>
          <b>{words.doorPaste}</b>
          <small>{words.doorPasteSays}</small>
        </span>
        <Icon name="right" />
      </button>
      <button type="button" className="door" onClick={() => openPanel('lessons')}>
        <Icon name="lesson" />
        <span>
          <b>{words.doorLesson}</b>
          <small>{words.doorLessonSays}</small>
        </span>
        <Icon name="right" />
      </button>
      <p>{words.doorsNote}</p>
      <button type="button" className="b icon" aria-label={words.close} title={words.close} onClick={dismissHint}>
        <Icon name="close" />
      </button>
    </section>
  )
}
