/** One step: what to do, its goals, and what was found of it. Presenter mode shows the same, larger. */
import { useEffect, useRef } from 'react'
import { stepOf } from '../../store/lesson/lesson-judge'
import type { OpenLesson } from '../../store/state/store'
import { useTold } from '../../store/words/saying'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Rich, RichLine } from './Rich'

export function LessonStep({ open }: { open: OpenLesson }) {
  const { learning: words } = useWords()
  const step = stepOf(open.lesson, open.step)
  return (
    <article className="lesson-step" aria-labelledby="lesson-step">
      <Kicker key={open.step} says={fill(words.stepOf, { n: open.step + 1, all: open.lesson.steps.length })} />
      <h2 id="lesson-step" tabIndex={-1}>
        {step.title}
      </h2>
      <div className="lesson-says">
        <Rich text={step.says} />
      </div>
      <ul className="goals" aria-label={words.goals}>
        {step.goals.map(({ says }, index) => (
          <li key={says}>
            <Icon name={open.met[index] ? 'check' : 'target'} className={open.met[index] ? 'ok-text' : 'quiet'} />
            <span className="goal-says">
              <RichLine text={says} />
            </span>
            <State done={open.met[index] === true} />
          </li>
        ))}
      </ul>
      {open.hint && (
        <div className="lesson-note tip">
          <Icon name="bulb" />
          <div>
            <Rich text={step.hint} />
          </div>
        </div>
      )}
      <Verdict open={open} />
    </article>
  )
}

/** Another step begins at its top. */
function Kicker({ says }: { says: string }) {
  const ref = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <p className="kicker" ref={ref}>
      {says}
    </p>
  )
}

export function State({ done }: { done: boolean }) {
  const { learning: words } = useWords()
  return <span className={`goal-state ${done ? 'ok-text' : 'quiet'}`}>{done ? words.done : words.toDo}</span>
}

/** What Check found, or what was learned; read out as it comes. */
function Verdict({ open }: { open: OpenLesson }) {
  const { verdict } = open
  const done = open.done[open.step] === true && verdict?.done !== false
  return (
    <div role="status" className="lesson-verdict">
      {done && <Learned key={`done ${open.step} ${verdict?.count}`} open={open} />}
      {verdict && !done && <Lacking key={verdict.count} open={open} />}
    </div>
  )
}

function Learned({ open }: { open: OpenLesson }) {
  const { learning: words } = useWords()
  const step = stepOf(open.lesson, open.step)
  return (
    <div className="lesson-note ok">
      <Icon name="check" />
      <div>
        <b>{words.isDone}</b>
        <Rich text={step.after} />
      </div>
    </div>
  )
}

function Lacking({ open: { lesson, step: at, verdict } }: { open: OpenLesson }) {
  const told = useTold()
  const { learning: words } = useWords()
  const { goals, wrong = [] } = stepOf(lesson, at)
  if (!verdict) return null
  return (
    <div className="lesson-note warn">
      <Icon name="warn" />
      <div>
        <b>{words.notYet}</b>
        {verdict.broken && <Rich text={words.broken} />}
        {wrong.map(({ says }, index) => verdict.wrong.includes(index) && <Rich key={says} text={says} />)}
        <p>{words.lacking}</p>
        <ul>
          {goals.map(
            ({ says }, index) =>
              verdict.lacks.includes(index) && (
                <li key={says}>
                  <RichLine text={says} />
                </li>
              ),
          )}
        </ul>
        {verdict.ends.map(told).map((says) => (
          <p key={says}>
            <RichLine text={says} />
          </p>
        ))}
      </div>
    </div>
  )
}
