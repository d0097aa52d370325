/** Asks what becomes of a person's text that an edit of the picture cannot be written into; and whether a fix is to be made. */
import { jump } from '../../store/actions/jump'
import { saying, type Told } from '../../store/state/saying'
import { designOf, draftOf, type Question } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { keepText, reprint, writeAnyway } from '../../store/text/drafting'
import { useTold } from '../../store/words/saying'
import { fill, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import './ask.css'
import { Changes } from './Changes'
import { Fixing } from './Fixing'
import { Picture } from './Picture'

/** So many of what would be dropped are listed. */
const listed = 30

export default function Ask() {
  const question = useDesigner((s) => s.question)
  const fixing = useDesigner((s) => s.fixing)
  return question ? <Sheeted question={question} /> : fixing && <Fixing fixes={fixing} />
}

function Sheeted({ question: { why, drops, written, error } }: { question: Question }) {
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
      width={written ? 760 : 560}
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
          <button type="button" className={written ? 'b line' : 'b fill'} onClick={reprint}>
            {words.reprint}
          </button>
          {written && (
            <button type="button" className="b fill" onClick={writeAnyway}>
              {words.anyway}
            </button>
          )}
        </>
      }
    >
      <div className="ask">
        <p>{say(why)}</p>
        {written && <Written of={written} />}
        <p>{words.drops}</p>
        <Listed all={drops} />
        <p className="quiet">{words.back}</p>
      </div>
    </Sheet>
  )
}

function Listed({ all }: { all: readonly Told[] }) {
  const say = useTold()
  const { asking: words } = useWords()
  return (
    <ul>
      {all
        .slice(0, listed)
        .map(say)
        .map((one, index) => (
          <li key={`${index} ${one}`}>{one}</li>
        ))}
      {all.length > listed && <li>{fill(words.and, { n: all.length - listed })}</li>}
    </ul>
  )
}

/** The change in the person's own text: what it costs, and every line that it touches. */
function Written({ of: { work, costs, gone } }: { of: NonNullable<Question['written']> }) {
  const { previewing } = useWords()
  const text = useDesigner((s) => draftOf(s)?.text ?? '')
  const before = useDesigner(designOf)
  return (
    <>
      <Listed all={gone === '' ? costs : [...costs, saying('goneFromText', { gone })]} />
      <h3>{previewing.changes}</h3>
      <Changes before={text} after={work.draft?.text ?? ''} />
      <Picture before={before} after={work.design} />
    </>
  )
}
