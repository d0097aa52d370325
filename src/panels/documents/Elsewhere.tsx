/** Another tab has this document: says so, and offers to take it over or to go on with a copy. */
import { keepCopy, takeOver } from '../../store/documents/tabs'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function Elsewhere() {
  const { designs: words } = useWords()
  const elsewhere = useDesigner((s) => s.elsewhere)
  if (elsewhere === null) return null
  return (
    <section className="recovered calm" aria-label={words.elsewhere}>
      <Icon name="beside" />
      <p>{words.elsewhere}</p>
      <button type="button" className="b line small" onClick={() => void takeOver()}>
        {words.takeOver}
      </button>
      <button type="button" className="b line small" onClick={keepCopy}>
        {words.keepCopy}
      </button>
    </section>
  )
}
