/** All lessons, each with how far one has come, and the way to open one of one's own. */

import { type ChangeEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { listOf } from '../../lessons/apart'
import type { ListedLesson } from '../../lessons/kind'
import { here } from '../../store/documents/place'
import { openLessonFile } from '../../store/lesson/lesson-file'
import { lessonFilesOf } from '../../store/lesson/lesson-files'
import { openKeptLesson, openLesson } from '../../store/lesson/lesson-open'
import { progressOf } from '../../store/lesson/lesson-progress'
import { store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { useTold } from '../../store/words/saying'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { RichLine } from './Rich'
import './lesson-note.css'
import './lessons.css'

const parts = ['tutorial', 'mistake'] as const

export default function Lessons({ onClose }: { onClose(): void }) {
  const { learning: words } = useWords()
  const shell = useWords()
  const lessons = useLessons()
  const close = () => {
    store.setState({ lessonTrouble: null })
    onClose()
  }
  return (
    <Sheet title={words.title} close={words.close} onClose={close} width={860} footer={<span className="quiet">{words.how}</span>}>
      <Trouble />
      {lessons === undefined && <p className="quiet lessons-wait">{shell.loading}</p>}
      {lessons === null && <p className="quiet">{words.missing}</p>}
      {parts.map((part) => {
        const own = lessons?.filter((lesson) => lesson.part === part) ?? []
        return (
          own.length > 0 && (
            <section className="lessons-part" key={part} aria-labelledby={`lessons-${part}`}>
              <h3 id={`lessons-${part}`}>{words[part]}</h3>
              <ol className={`lessons ${part}`}>
                {own.map((lesson, index) => (
                  <li key={lesson.id}>
                    <Entry
                      name={lesson.id}
                      title={lesson.title}
                      story={lesson.story}
                      steps={lesson.steps}
                      open={() => openLesson(lesson.id)}
                      icon={part === 'tutorial' ? index + 1 : <Icon name="warn" size="s" />}
                    />
                  </li>
                ))}
              </ol>
            </section>
          )
        )
      })}
      <section className="lessons-part" aria-labelledby="lessons-file">
        <h3 id="lessons-file">{words.file}</h3>
        <FromFile />
      </section>
    </Sheet>
  )
}

/** Undefined while loading, null if they cannot be had. */
function useLessons(): readonly ListedLesson[] | null | undefined {
  const lang = useDesigner((s) => s.lang)
  const [lessons, setLessons] = useState<readonly ListedLesson[] | null | undefined>(undefined)
  useEffect(() => {
    listOf(lang).then(setLessons, () => setLessons(null))
  }, [lang])
  return lessons
}

interface About {
  name: string
  title: string
  story: string
  steps: number
  open(): Promise<void>
}

/** A lesson to be opened, and how far one has come in it; `name`: by which that is noted. */
function Entry({ name, title, story, steps, open, icon }: About & { icon: ReactNode }) {
  const { learning: words } = useWords()
  const count = progressOf(name, steps, here()).done.filter(Boolean).length
  const all = count === steps
  const facts = [useCount()(words.stepCount, steps)]
  if (count > 0 && !all) facts.push(fill(words.progress, { n: count, all: steps }))
  return (
    <button type="button" aria-label={fill(words.open, { title })} aria-describedby={`lesson-${name}`} onClick={() => void open()}>
      <span className={`number${all ? ' done' : ''}`}>{all ? <Icon name="check" /> : icon}</span>
      <span className="about">
        <b>{title}</b>
        <span id={`lesson-${name}`}>
          <span className="story">
            <RichLine text={story} />
          </span>
          <span className="quiet">
            {facts.join(' · ')}
            {all && <span className="ok-text"> · {words.done}</span>}
          </span>
        </span>
        {count > 0 && <progress value={count} max={steps} aria-hidden="true" />}
      </span>
    </button>
  )
}

function FromFile() {
  const say = useText()
  const { learning: words } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    event.currentTarget.value = ''
    if (file) void openLessonFile(file)
  }
  const files = lessonFilesOf(here())
  return (
    <div className="lessons-file">
      {files.length > 0 && (
        <ul className="lessons">
          {files.map((file) => (
            <li key={file.key}>
              <Entry
                name={file.key}
                title={say(file.title)}
                story={say(file.story)}
                steps={file.steps}
                open={() => openKeptLesson(file)}
                icon={<Icon name="lesson" size="s" />}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">{words.fileSays}</p>
      <input ref={input} type="file" accept=".yaml,.yml,.json,text/plain" hidden onChange={choose} />
      <button type="button" className="b line" onClick={() => input.current?.click()}>
        <Icon name="upload" />
        {words.openFile}
      </button>
    </div>
  )
}

/** Why a lesson could not be opened. */
function Trouble() {
  const say = useTold()
  const { learning: words } = useWords()
  const trouble = useDesigner((s) => s.lessonTrouble)
  return (
    <div role="alert">
      {trouble && (
        <div className="lesson-note bad">
          <Icon name="error" />
          <div>
            <b>{fill(words.trouble, { name: say(trouble.name) })}</b>
            <ul>
              {trouble.says.map(say).map((says) => (
                <li key={says}>
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
