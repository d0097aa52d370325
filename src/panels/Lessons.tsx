/** All lessons, each with how far one has come, and the way to open one of one's own. */
import '../store/later-words'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import type { Lesson } from '../lessons/kind'
import { openLessonFile } from '../store/lesson-file'
import { openLesson } from '../store/lesson-open'
import { progressOf } from '../store/lesson-progress'
import { here } from '../store/place'
import { store } from '../store/store'
import { useDesigner } from '../store/use'
import { fill, useText } from '../store/words'
import { Icon } from '../ui/icons'
import { Sheet } from '../ui/Sheet'
import { words } from './lesson-words'
import { RichLine } from './Rich'
import './lesson-note.css'
import './lessons.css'

const parts = ['tutorial', 'mistake'] as const

export default function Lessons({ onClose }: { onClose(): void }) {
  const say = useText()
  const lessons = useLessons()
  const close = () => {
    store.setState({ lessonTrouble: null })
    onClose()
  }
  return (
    <Sheet
      title={say(words.title)}
      close={say(words.close)}
      onClose={close}
      width={860}
      footer={<span className="quiet">{say(words.how)}</span>}
    >
      <Trouble />
      {lessons === null && <p className="quiet">{say(words.missing)}</p>}
      {parts.map((part) => {
        const own = lessons?.filter((lesson) => lesson.part === part) ?? []
        return (
          own.length > 0 && (
            <section className="lessons-part" key={part} aria-labelledby={`lessons-${part}`}>
              <h3 id={`lessons-${part}`}>{say(words[part])}</h3>
              <ol className={`lessons ${part}`}>
                {own.map((lesson, index) => (
                  <li key={lesson.id}>
                    <Entry lesson={lesson} number={part === 'tutorial' ? index + 1 : null} />
                  </li>
                ))}
              </ol>
            </section>
          )
        )
      })}
      <section className="lessons-part" aria-labelledby="lessons-file">
        <h3 id="lessons-file">{say(words.file)}</h3>
        <FromFile />
      </section>
    </Sheet>
  )
}

/** Undefined while loading, null if they cannot be had. */
function useLessons(): readonly Lesson[] | null | undefined {
  const [lessons, setLessons] = useState<readonly Lesson[] | null | undefined>(undefined)
  useEffect(() => {
    import('../lessons/catalog').then(
      (all) => setLessons(all.lessons),
      () => setLessons(null),
    )
  }, [])
  return lessons
}

function Entry({ lesson, number }: { lesson: Lesson; number: number | null }) {
  const say = useText()
  const { done } = progressOf(lesson.id, lesson, here())
  const count = done.filter(Boolean).length
  const all = lesson.steps.length
  const facts = [all === 1 ? say(words.oneStep) : fill(say(words.stepCount), { n: all })]
  if (count > 0 && count < all) facts.push(fill(say(words.progress), { n: count, all }))
  return (
    <button
      type="button"
      aria-label={fill(say(words.open), { title: say(lesson.title) })}
      aria-describedby={`lesson-${lesson.id}`}
      onClick={() => void openLesson(lesson)}
    >
      <span className={`number${count === all ? ' done' : ''}`}>
        {count === all ? <Icon name="check" /> : (number ?? <Icon name="warn" size="s" />)}
      </span>
      <span className="about">
        <b>{say(lesson.title)}</b>
        <span id={`lesson-${lesson.id}`}>
          <span className="story">
            <RichLine text={lesson.story} />
          </span>
          <span className="quiet">
            {facts.join(' · ')}
            {count === all && <span className="ok-text"> · {say(words.done)}</span>}
          </span>
        </span>
        <progress value={count} max={all} aria-hidden="true" />
      </span>
    </button>
  )
}

function FromFile() {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    event.currentTarget.value = ''
    if (file) void openLessonFile(file)
  }
  return (
    <div className="lessons-file">
      <p className="quiet">{say(words.fileSays)}</p>
      <input ref={input} type="file" accept=".yaml,.yml,.json,text/plain" hidden onChange={choose} />
      <button type="button" className="b line" onClick={() => input.current?.click()}>
        <Icon name="upload" />
        {say(words.openFile)}
      </button>
    </div>
  )
}

/** Why a lesson could not be opened. */
function Trouble() {
  const say = useText()
  const trouble = useDesigner((s) => s.lessonTrouble)
  return (
    <div role="alert">
      {trouble && (
        <div className="lesson-note bad">
          <Icon name="error" />
          <div>
            <b>{fill(say(words.trouble), { name: trouble.name })}</b>
            <ul>
              {trouble.says.map((says) => (
                <li key={says.en}>
                  <RichLine text={says} />
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  )
}
