/** Says that the text is a person's own and how the picture stands to it, and writes it anew. */
import { draftOf } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useWords } from '../store/words/words'
import { Icon } from '../ui/icons'

const sayings = { typing: 'yoursTyping', drawn: 'yoursDrawn', broken: 'yoursBroken' } as const

export function Yours() {
  const { yamlPane: words } = useWords()
  const is = useDesigner((s) => draftOf(s)?.is ?? null)
  if (!is) return null
  return (
    <span className={`yaml-yours ${is}`}>
      <span aria-live="polite" title={words[sayings[is]]}>
        {words.yours}
      </span>
      <button
        type="button"
        className="b line small"
        aria-label={words.reprint}
        title={words.reprintSays}
        onClick={() => void import('../store/text/drafting').then(({ reprint }) => reprint())}
      >
        <Icon name="reprint" size="s" />
        <span>{words.reprint}</span>
      </button>
    </span>
  )
}
