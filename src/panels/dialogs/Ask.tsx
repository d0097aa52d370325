/** Asks what becomes of a person's text that an edit of the picture cannot be written into. */
import { jump } from '../../store/actions/jump'
import type { Question } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { keepText, reprint } from '../../store/text/drafting'
import { useTold } from '../../store/words/saying'
import { fill, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import './ask.css'

/** So many of what would be dropped are listed. */
const listed = 30

export default function Ask() {
  const question = useDesigner((s) => s.question)
  return question && <Sheeted question={question} />
}

function Sheeted({ question: { why, drops, error } }: { question: Question }) {
  const say = useTold()
  const { asking: words } = useWords()
  const go = () => {
    keepText()
    // The dialog gives the focus back first.
    if (error) requestAnimationFrame(() => jump([], error, true))
  }
  return (
    <Sheet
      title={words.title}
      close={words.close}
      onClose={keepText}
      width={560}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="b line" onClick={keepText}>
            {words.cancel}
          </button>
          {error && (
            <button type="button" className="b line" onClick={go}>
              {words.error}
            </button>
          )}
          <button type="button" className="b fill" onClick={reprint}>
            {words.reprint}
          </button>
        </>
      }
    >
      <div className="ask">
        <p>{say(why)}</p>
        <p>{words.drops}</p>
        <ul>
          {drops
            .slice(0, listed)
            .map(say)
            .map((one, index) => (
              <li key={`${index} ${one}`}>{one}</li>
            ))}
          {drops.length > listed && <li>{fill(words.and, { n: drops.length - listed })}</li>}
        </ul>
        <p className="quiet">{words.back}</p>
      </div>
    </Sheet>
  )
}
