/** Asks what becomes of a person's text that an edit of the picture cannot be written into. */
import { both } from '../../core/base/text'
import { jump } from '../../store/actions/jump'
import type { Question } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { keepText, reprint } from '../../store/text/drafting'
import { fill, useText } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import './ask.css'

const words = {
  title: both('Your text and the picture', '你的文本与图'),
  close: both('Close', '关闭'),
  drops: both('Reprint writes the text anew from the picture. It would drop:', '“重新生成”会根据图重写文本，以下内容会丢失：'),
  back: both('Undo brings your text back.', '撤销可恢复你的文本。'),
  and: both('and {n} more', '以及另外 {n} 项'),
  reprint: both('Reprint', '重新生成'),
  error: both('Go to the error', '转到错误处'),
  cancel: both('Cancel', '取消'),
}

/** So many of what would be dropped are listed. */
const listed = 30

export default function Ask() {
  const question = useDesigner((s) => s.question)
  return question && <Sheeted question={question} />
}

function Sheeted({ question: { why, drops, error } }: { question: Question }) {
  const say = useText()
  const go = () => {
    keepText()
    // The dialog gives the focus back first.
    if (error) requestAnimationFrame(() => jump([], error, true))
  }
  return (
    <Sheet
      title={say(words.title)}
      close={say(words.close)}
      onClose={keepText}
      width={560}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="b line" onClick={keepText}>
            {say(words.cancel)}
          </button>
          {error && (
            <button type="button" className="b line" onClick={go}>
              {say(words.error)}
            </button>
          )}
          <button type="button" className="b fill" onClick={reprint}>
            {say(words.reprint)}
          </button>
        </>
      }
    >
      <div className="ask">
        <p>{say(why)}</p>
        <p>{say(words.drops)}</p>
        <ul>
          {drops.slice(0, listed).map((one, index) => (
            <li key={`${index} ${one.en}`}>{say(one)}</li>
          ))}
          {drops.length > listed && <li>{fill(say(words.and), { n: drops.length - listed })}</li>}
        </ul>
        <p className="quiet">{say(words.back)}</p>
      </div>
    </Sheet>
  )
}
