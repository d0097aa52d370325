/** Over a canvas that a person's text has left behind: which picture this is. */
import { both } from '../core/base/text'
import { draftOf } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useText } from '../store/words/words'

const words = { stale: both('Showing the last valid state', '显示上一个有效状态') }

export function Stale() {
  const say = useText()
  const broken = useDesigner((s) => draftOf(s)?.is === 'broken')
  return (
    <div className="stale-note" aria-live="polite">
      {broken && <span>{say(words.stale)}</span>}
    </div>
  )
}
