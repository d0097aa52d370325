/** Presenter mode: a lesson on a projector. Its head across the page, and under the canvas what is on the wire. The step itself is the Lesson's. */
import { useEffect } from 'react'
import { both } from '../core/text'
import { reset } from '../store/lesson'
import { hint, leave, next, presented, previous, show } from '../store/presenting'
import type { OpenLesson } from '../store/store'
import { useDesigner } from '../store/use'
import { fill, useText } from '../store/words'
import { Icon } from '../ui/icons'
import { Language, Mark, Theme } from './HeadParts'
import Presented from './Presented'
import './presenter.css'

const words = {
  head: both('Presenter mode', '演示模式'),
  stepOf: both('Step {n} of {all}', '第 {n} 步，共 {all} 步'),
  reset: both('Reset', '重置'),
  leave: both('Leave presenter mode', '退出演示'),
  keys: both('Keys', '按键'),
  next: both('next', '下一步'),
  back: both('back', '上一步'),
  hint: both('hint', '提示'),
  show: both('show me', '演示'),
}

export function PresenterHead({ open }: { open: OpenLesson }) {
  const say = useText()
  usePresenterKeys()
  const { lesson, step, done } = open
  const progress = fill(say(words.stepOf), { n: step + 1, all: lesson.steps.length })
  return (
    <header className="presenter-head" aria-label={say(words.head)}>
      <Mark />
      <b>{say(lesson.title)}</b>
      <span className="grow" />
      <div className="presenter-steps" role="img" aria-label={progress}>
        {lesson.steps.map(({ title }, index) => (
          <i key={title.en} className={index === step ? 'now' : done[index] ? 'was' : ''} />
        ))}
      </div>
      <span className="grow" />
      <button type="button" className="b" onClick={reset}>
        <Icon name="reset" />
        {say(words.reset)}
      </button>
      <Language />
      <Theme />
      <i className="sep" />
      <button type="button" className="b line" onClick={leave}>
        {say(words.leave)}
        <kbd>Esc</kbd>
      </button>
    </header>
  )
}

export function PresenterFoot() {
  const trace = useDesigner(presented)
  return (
    <div className="presenter-foot">
      <Presented trace={trace} />
    </div>
  )
}

/** Which keys there are, for whoever stands before the class. */
export function PresenterKeys() {
  const say = useText()
  const keys = [
    ['→', words.next],
    ['←', words.back],
    ['H', words.hint],
    ['S', words.show],
  ] as const
  return (
    <p className="presenter-keys quiet">
      <span className="unseen">{say(words.keys)}: </span>
      {keys.map(([key, does]) => (
        <span key={key}>
          <kbd>{key}</kbd> {say(does)}
        </span>
      ))}
    </p>
  )
}

const deeds: Readonly<Record<string, () => void>> = {
  ArrowRight: next,
  PageDown: next,
  ArrowLeft: previous,
  PageUp: previous,
  h: hint,
  s: show,
  Escape: leave,
}

/** What takes keys itself: fields, menus and dialogs, and what is selected on the canvas, which arrows move. */
const busy = 'input, textarea, select, dialog, [contenteditable], [role="menu"], [role="radiogroup"], .react-flow__node, pre'

/** The keys of presenter mode, those of a remote control among them (PageUp, PageDown). */
function usePresenterKeys(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      const { target } = event
      if (!deed || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector('dialog[open]') || (target instanceof Element && target.closest(busy))) return
      event.preventDefault()
      deed()
    }
    window.addEventListener('keydown', down)
    return () => window.removeEventListener('keydown', down)
  }, [])
}
