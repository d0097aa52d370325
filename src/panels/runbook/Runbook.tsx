/** The Runbook: what to do in a real cluster, chapter by chapter, with what each command prints; to be copied, or saved as a whole. */

import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { toMarkdown } from '../../core/runbook/markdown'
import type { Runbook as Written } from '../../core/runbook/runbook'
import { toScript } from '../../core/runbook/script'
import { copied, download, fileName } from '../../store/actions/deliver'
import { openPanel } from '../../store/actions/view'
import { problemsOf } from '../../store/derived/understand'
import { draftOf, store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Said } from '../Said'
import { RunbookBlock } from './RunbookBlock'
import { runbookNow, useRunbook } from './runbook-now'
import './runbook.css'

export default function Runbook() {
  const { runbook: words } = useWords()
  const { runbook, stale } = useRunbook()
  return (
    <section className="runbook" aria-label={words.runbook} aria-busy={stale}>
      {runbook ? <Chapters runbook={runbook} /> : <p className="runbook-none">{runbook === null ? words.failed : words.making}</p>}
    </section>
  )
}

function Chapters({ runbook }: { runbook: Written }) {
  const say = useText()
  const { runbook: words } = useWords()
  const id = useId()
  const text = useRef<HTMLDivElement>(null)
  const current = useCurrent(text)
  const go = (chapter: string) => {
    const heading = document.getElementById(`${id}-${chapter}`)
    heading?.closest('section')?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }
  return (
    <>
      <nav className="runbook-nav" aria-label={words.chapters}>
        <ol>
          {runbook.chapters.map((chapter, index) => (
            <li key={chapter.id}>
              <button type="button" aria-current={current === chapter.id ? 'true' : undefined} onClick={() => go(chapter.id)}>
                <span className="runbook-number">{index + 1}</span>
                {say(chapter.title)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div className="runbook-main">
        <Bar />
        <div className="runbook-text" ref={text}>
          <Notes runbook={runbook} />
          {runbook.chapters.map((chapter, index) => (
            <Chapter key={chapter.id} chapter={chapter} number={index + 1} id={`${id}-${chapter.id}`} />
          ))}
        </div>
      </div>
    </>
  )
}

/** So many blocks of a chapter are drawn at once. */
const page = 40

function Chapter({ chapter, number, id }: { chapter: Written['chapters'][number]; number: number; id: string }) {
  const say = useText()
  const { runbook: words } = useWords()
  const [shown, setShown] = useState(page)
  const rest = chapter.blocks.length - shown
  return (
    <section aria-labelledby={id} data-chapter={chapter.id}>
      <h3 id={id} tabIndex={-1}>
        {number}. {say(chapter.title)}
      </h3>
      <p className="runbook-says">{say(chapter.says)}</p>
      <ol className="runbook-blocks">
        {chapter.blocks.slice(0, shown).map((block, index) => (
          <RunbookBlock key={`${index} ${block.run.slice(0, 80)}`} block={block} />
        ))}
      </ol>
      {rest > 0 && (
        <button type="button" className="b line small" onClick={() => setShown(shown + 5 * page)}>
          {fill(words.more, { n: rest })}
        </button>
      )}
    </section>
  )
}

/** The chapter that is read: the last one whose head has come to the top. */
function useCurrent(text: RefObject<HTMLDivElement | null>): string | undefined {
  const [current, setCurrent] = useState<string>()
  useEffect(() => {
    const area = text.current
    if (!area) return
    const look = () => {
      const { top } = area.getBoundingClientRect()
      const all = [...area.querySelectorAll<HTMLElement>('[data-chapter]')]
      const atEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 2
      const read = all.filter((one) => one.getBoundingClientRect().top <= top + 40)
      setCurrent((atEnd && area.scrollTop > 0 ? all.at(-1) : (read.at(-1) ?? all[0]))?.dataset.chapter)
    }
    look()
    area.addEventListener('scroll', look, { passive: true })
    return () => area.removeEventListener('scroll', look)
  }, [text])
  return current
}

/** What must be known before anything is done: errors, whose text it is, what is left out. */
function Notes({ runbook }: { runbook: Written }) {
  const { runbook: words } = useWords()
  const count = useCount()
  const own = useDesigner((s) => draftOf(s) !== null)
  const errors = useDesigner((s) => problemsOf(s).filter(({ level }) => level === 'error').length)
  return (
    <div className="runbook-notes">
      {errors > 0 && (
        <div className="runbook-note error" role="note">
          <Icon name="error" size="s" />
          <p>{count(words.errors, errors)}</p>
          <button type="button" className="b line small" onClick={() => openPanel('problems')}>
            {words.showProblems}
          </button>
        </div>
      )}
      {own && <p className="runbook-note">{words.own}</p>}
      {runbook.notes.map((note) => (
        <p className="runbook-note" key={note.en}>
          <Said text={note} />
        </p>
      ))}
    </div>
  )
}

/** What is copied and saved is made when it is asked for, so it is never older than the picture. */
function Bar() {
  const { runbook: words } = useWords()
  const lang = useDesigner((s) => s.lang)
  const [state, setState] = useState<'copyAll' | 'copied' | 'noClipboard'>('copyAll')
  useEffect(() => {
    if (state === 'copyAll') return
    const timer = setTimeout(() => setState('copyAll'), 2500)
    return () => clearTimeout(timer)
  }, [state])
  const markdown = () => toMarkdown(runbookNow(), lang)
  const save = (ending: 'md' | 'sh', text: string, type: string) =>
    download(fileName(store.getState().history.now.design.name, ending), text, type)
  return (
    <div className="runbook-bar">
      <button type="button" className="b line small" onClick={async () => setState((await copied(markdown())) ? 'copied' : 'noClipboard')}>
        <Icon name={state === 'copied' ? 'check' : 'copy'} size="s" className={state === 'copied' ? 'ok-text' : ''} />
        <span aria-live="polite">{words[state]}</span>
      </button>
      <button type="button" className="b line small" onClick={() => save('md', markdown(), 'text/markdown')}>
        <Icon name="download" size="s" />
        {words.markdown}
      </button>
      <button
        type="button"
        className="b line small"
        title={words.scriptSays}
        onClick={() => save('sh', toScript(runbookNow(), lang), 'text/x-shellscript')}
      >
        <Icon name="download" size="s" />
        {words.script}
      </button>
      <p className="runbook-legend">
        <span className="varies">…</span> {words.varies}
      </p>
    </div>
  )
}
