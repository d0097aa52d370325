/** What is shown is no document of this tab yet: another tab has it, or a link brought it. Says so, and offers what can be done. */
import { keepCopy, takeOver } from '../../store/documents/tabs'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function Elsewhere() {
  const { designs: words } = useWords()
  // While a lesson is open, the person's own work lies aside as it is.
  const elsewhere = useDesigner((s) => (s.lesson ? null : s.elsewhere))
  const linked = useDesigner((s) => !s.lesson && s.linked)
  if (linked)
    return (
      <section className="recovered calm" aria-label={words.linked}>
        <Icon name="link" />
        <p>{words.linked}</p>
        <button type="button" className="b line small" onClick={keepCopy}>
          {words.keep}
        </button>
      </section>
    )
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
