/** Says that the text is a person's own and how the picture stands to it, and writes it anew. */
import { draftOf } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useText } from '../store/words/words'
import { Icon } from '../ui/icons'
import { words } from './words'

const sayings = { typing: words.yoursTyping, drawn: words.yoursDrawn, broken: words.yoursBroken }

export function Yours() {
  const say = useText()
  const is = useDesigner((s) => draftOf(s)?.is ?? null)
  if (!is) return null
  return (
    <span className={`yaml-yours ${is}`}>
      <span aria-live="polite" title={say(sayings[is])}>
        {say(words.yours)}
      </span>
      <button
        type="button"
        className="b line small"
        aria-label={say(words.reprint)}
        title={say(words.reprintSays)}
        onClick={() => void import('../store/text/drafting').then(({ reprint }) => reprint())}
      >
        <Icon name="reprint" size="s" />
        <span>{say(words.reprint)}</span>
      </button>
    </span>
  )
}
