/** What can be done in a step. Next is there from the beginning, and says what is lacking until it may be taken. */
import { useEffect, useState } from 'react'
import { copied } from '../../store/actions/deliver'
import { back, check, leaveLesson, next, reset, showMe, toggleHint } from '../../store/lesson/lesson'
import { lessonHash } from '../../store/lesson/lesson-link'
import { lessonAfter, openLesson } from '../../store/lesson/lesson-open'
import type { OpenLesson } from '../../store/state/store'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function LessonNav({ open }: { open: OpenLesson }) {
  const { learning: words } = useWords()
  return (
    <div className="lesson-nav">
      <div>
        <button type="button" className="b line" onClick={() => void check()}>
          {words.check}
        </button>
        <button type="button" className="b" aria-pressed={open.hint} onClick={toggleHint}>
          <Icon name="bulb" />
          {words.hint}
        </button>
        <button type="button" className="b" onClick={showMe}>
          <Icon name="play" />
          {words.showMe}
        </button>
      </div>
      <div>
        <button type="button" className="b line" aria-disabled={open.step === 0} onClick={back}>
          <Icon name="left" />
          {words.back}
        </button>
        <button type="button" className="b icon" aria-label={words.reset} title={words.reset} onClick={reset}>
          <Icon name="reset" />
        </button>
        <CopyLink open={open} />
        <span className="grow" />
        <Next open={open} />
      </div>
    </div>
  )
}

function Next({ open }: { open: OpenLesson }) {
  const { learning: words } = useWords()
  const last = open.step === open.lesson.steps.length - 1
  const after = last ? lessonAfter(open.lesson) : null
  const ready = open.done[open.step] === true
  const go = () => {
    if (!ready) return void check()
    if (!last) return next()
    if (after) void openLesson(after)
    else leaveLesson()
  }
  return (
    <button type="button" className="b fill" aria-disabled={!ready} onClick={go}>
      {last ? (after ? words.nextLesson : words.finish) : words.next}
      <Icon name="right" />
    </button>
  )
}

/** How long the button says that it has copied. */
const moment = 2000

function CopyLink({ open }: { open: OpenLesson }) {
  const { learning: words } = useWords()
  const [done, setDone] = useState(0)
  useEffect(() => {
    if (done === 0) return
    const timer = setTimeout(() => setDone(0), moment)
    return () => clearTimeout(timer)
  }, [done])
  const copy = async () => {
    const page = location.href.replace(/#.*$/s, '')
    if (await copied(`${page}${lessonHash(open.address, open.step)}`)) setDone((count) => count + 1)
  }
  return (
    <>
      <button type="button" className="b icon" aria-label={words.copyLink} title={words.copyLink} onClick={copy}>
        <Icon name={done ? 'check' : 'link'} className={done ? 'ok-text' : ''} />
      </button>
      <span className="unseen" role="status">
        {done > 0 && words.copied}
      </span>
    </>
  )
}
