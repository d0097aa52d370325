/** The lesson that is taken: its step, its goals as they hold, and the way through it. */
import '../store/later-words'
import { useEffect, useRef } from 'react'
import { camera } from '../store/camera'
import { goTo, leaveLesson } from '../store/lesson'
import type { OpenLesson } from '../store/store'
import { useDesigner } from '../store/use'
import { useText } from '../store/words'
import { Icon } from '../ui/icons'
import { LessonNav } from './LessonNav'
import { LessonStep, State } from './LessonStep'
import { words } from './lesson-words'
import { Rings } from './Rings'
import './lesson-note.css'
import './lesson.css'

export default function Lesson() {
  const open = useDesigner((s) => s.lesson)
  useRoom()
  if (!open) return null
  return (
    <>
      <Region open={open} />
      <Rings open={open} />
    </>
  )
}

function Region({ open }: { open: OpenLesson }) {
  const say = useText()
  const body = useRef<HTMLDivElement>(null)
  const { verdict } = open
  // What was found is brought into view.
  useEffect(() => {
    if (verdict) body.current?.querySelector('.lesson-verdict')?.scrollIntoView({ block: 'nearest' })
  }, [verdict])
  return (
    <section className="lesson" aria-label={say(words.lesson)}>
      <header className="pane-head">
        <Icon name="lesson" />
        <b title={say(open.lesson.title)}>{say(open.lesson.title)}</b>
        <span className="grow" />
        <button type="button" className="b small line" onClick={leaveLesson}>
          <Icon name="leave" size="s" />
          {say(words.leave)}
        </button>
      </header>
      <div className="lesson-body" ref={body} tabIndex={-1}>
        <LessonStep open={open} />
        <Steps open={open} />
      </div>
      <LessonNav open={open} />
    </section>
  )
}

/** All steps, each a way to it. */
function Steps({ open }: { open: OpenLesson }) {
  const say = useText()
  return (
    <nav className="lesson-steps">
      <h3 id="lesson-steps">{say(words.steps)}</h3>
      <ol aria-labelledby="lesson-steps">
        {open.lesson.steps.map(({ title }, index) => (
          <li key={title.en} aria-current={index === open.step ? 'step' : undefined}>
            <button type="button" onClick={() => goTo(index)}>
              <span className="number">{open.done[index] ? <Icon name="check" size="s" className="ok-text" /> : index + 1}</span>
              <span className="goal-says">{say(title)}</span>
              <State done={open.done[index] === true} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** What the column takes from the canvas must not be cards. */
function useRoom(): void {
  useEffect(() => {
    const fit = () => requestAnimationFrame(() => requestAnimationFrame(() => camera().fit()))
    fit()
    return () => void fit()
  }, [])
}
