/** Each path of the lens, in a sentence, at the foot of the canvas. */
import { pathSays } from '../../core/model/path-words'
import { lensNow } from '../../store/derived/lens'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { useText, useWords } from '../../store/words/words'
import './lens.css'

/** More paths than these are counted. */
const most = 4

export function LensSays() {
  const words = useWords()
  const text = useText()
  const counted = useCount()
  const paths = useDesigner((s) => lensNow(s)?.paths)
  if (!paths || paths.length === 0) return null
  return (
    <ul className="lens-says" aria-label={words.lens}>
      {paths.slice(0, most).map((path) => (
        <li key={path.id}>{text(pathSays(path))}</li>
      ))}
      {paths.length > most && <li className="quiet">{counted(words.lensMore, paths.length - most)}</li>}
    </ul>
  )
}
