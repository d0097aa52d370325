/** Over a canvas that a person's text has left behind: which picture this is. */
import { draftOf } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useWords } from '../store/words/words'

export function Stale() {
  const words = useWords()
  const broken = useDesigner((s) => draftOf(s)?.is === 'broken')
  return (
    <div className="stale-note" aria-live="polite">
      {broken && <span>{words.stale}</span>}
    </div>
  )
}
