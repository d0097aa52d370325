/** The lesson that is taken: its step, its goals as they hold, and the way through it. */
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { camera } from '../../store/actions/camera'
import { present } from '../../store/actions/presenting'
import { goTo, leaveLesson } from '../../store/lesson/lesson'
import type { OpenLesson } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { PresenterKeys } from '../presenter/PresenterKeys'
import { LessonNav } from './LessonNav'
import { LessonStep, State } from './LessonStep'
import { Rings } from './Rings'
import './lesson-note.css'
import './lesson.css'
import '../presenter/presenter.css'

const PresenterHead = lazy(() => import('../presenter/PresenterHead'))
const PresenterFoot = lazy(() => import('../presenter/PresenterFoot'))
const Comparisons = lazy(() => import('../comparisons/Comparisons'))

export default function Lesson() {
  const open = useDesigner((s) => s.lesson)
  const presenting = useDesigner((s) => s.presenting)
  useRoom()
  if (!open) return null
  return (
    <>
      <Suspense fallback={null}>{presenting && <PresenterHead open={open} />}</Suspense>
      <Region open={open} presenting={presenting} />
      <Suspense fallback={null}>{presenting && <PresenterFoot />}</Suspense>
      <Rings open={open} />
    </>
  )
}

function Region({ open, presenting }: { open: OpenLesson; presenting: boolean }) {
  const { learning: words } = useWords()
  const body = useRef<HTMLDivElement>(null)
  const { verdict } = open
  // What was found is brought into view.
  useEffect(() => {
    if (verdict) body.current?.querySelector('.lesson-verdict')?.scrollIntoView({ block: 'nearest' })
  }, [verdict])
  // Whoever opens a lesson reads it from its beginning.
  useEffect(() => void body.current?.querySelector('h2')?.focus(), [])
  const title = open.lesson.steps[open.step]?.title
  return (
    <section className="lesson" aria-label={words.lesson}>
      <span className="unseen" role="status">
        {title && `${fill(words.stepOf, { n: open.step + 1, all: open.lesson.steps.length })}: ${title}`}
      </span>
      <header className="pane-head">
        <b title={open.lesson.title}>{open.lesson.title}</b>
        <span className="grow" />
        <button type="button" className="b icon present" aria-label={words.present} title={words.present} onClick={present}>
          <Icon name="screen" />
        </button>
        <button type="button" className="b small line" onClick={leaveLesson}>
          {words.leave}
        </button>
      </header>
      <div className="lesson-body" ref={body} tabIndex={-1}>
        <LessonStep open={open} />
        <Steps open={open} />
        {open.lesson.compares && <ThenAndNow key={open.key} of={open} />}
      </div>
      <LessonNav open={open} />
      {presenting && <PresenterKeys />}
    </section>
  )
}

/** The tutorial's YAML beside today's. */
function ThenAndNow({ of }: { of: OpenLesson }) {
  const { learning: words } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="b line then-and-now" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="beside" />
        {words.thenAndNow}
      </button>
      <Suspense fallback={null}>{open && <Comparisons of={of} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}

/** All steps, each a way to it. */
function Steps({ open }: { open: OpenLesson }) {
  const { learning: words } = useWords()
  return (
    <nav className="lesson-steps">
      <h3 id="lesson-steps">{words.steps}</h3>
      <ol aria-labelledby="lesson-steps">
        {open.lesson.steps.map(({ title }, index) => (
          <li key={title} aria-current={index === open.step ? 'step' : undefined}>
            <button type="button" onClick={() => goTo(index)}>
              <span className="number">{open.done[index] ? <Icon name="check" size="s" className="ok-text" /> : index + 1}</span>
              <span className="goal-says">{title}</span>
              <State done={open.done[index] === true} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** How long panes may take to come to their sizes. */
const moment = 1000

/** What the column takes from the canvas must not be cards, and what it gives back is for them. */
function useRoom(): void {
  useEffect(() => {
    const fit = () => requestAnimationFrame(() => requestAnimationFrame(() => camera().fit()))
    const canvas = document.querySelector('.canvas')
    // As soon as the canvas knows its new size; later sizes are the learner's own business.
    const sizes = new ResizeObserver(fit)
    if (canvas) sizes.observe(canvas)
    const timer = setTimeout(() => sizes.disconnect(), moment)
    return () => {
      clearTimeout(timer)
      sizes.disconnect()
      fit()
    }
  }, [])
}
