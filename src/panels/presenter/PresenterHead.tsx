/** The head of presenter mode: a lesson on a projector. The step itself is the Lesson's. */
import { useEffect } from 'react'
import { leave, next, previous } from '../../store/actions/presenting'
import { reset, showMe, toggleHint } from '../../store/lesson/lesson'
import type { OpenLesson } from '../../store/state/store'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Language, Mark, Theme } from '../head/HeadParts'
import './presenter.css'

export default function PresenterHead({ open }: { open: OpenLesson }) {
  const { learning: lessonWords } = useWords()
  const { presenting: words } = useWords()
  usePresenterKeys()
  const { lesson, step, done } = open
  const progress = fill(lessonWords.stepOf, { n: step + 1, all: lesson.steps.length })
  return (
    <section className="presenter-head" aria-label={words.head}>
      <Mark />
      <h1>{lesson.title}</h1>
      <span className="grow" />
      <div className="presenter-steps" role="img" aria-label={progress}>
        {lesson.steps.map(({ title }, index) => (
          <i key={title} className={index === step ? 'now' : done[index] ? 'was' : ''} />
        ))}
      </div>
      <span className="grow" />
      <button type="button" className="b" onClick={reset}>
        <Icon name="reset" />
        {lessonWords.reset}
      </button>
      <Language />
      <Theme />
      <i className="sep" />
      <button type="button" className="b line" onClick={leave}>
        {words.leave}
        <kbd>Esc</kbd>
      </button>
    </section>
  )
}

const actions: Readonly<Record<string, () => void>> = {
  ArrowRight: next,
  PageDown: next,
  ArrowLeft: previous,
  PageUp: previous,
  h: toggleHint,
  s: showMe,
  Escape: leave,
}

/** What takes keys itself: fields, menus and dialogs, and what is selected on the canvas, which arrows move. */
const busy = 'input, textarea, select, dialog, [contenteditable], [role="menu"], [role="radiogroup"], .react-flow__node, pre'

/** The keys of presenter mode, those of a remote control among them (PageUp, PageDown). */
function usePresenterKeys(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      const { target } = event
      if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector('dialog[open]') || (target instanceof Element && target.closest(busy))) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', down)
    return () => window.removeEventListener('keydown', down)
  }, [])
}
