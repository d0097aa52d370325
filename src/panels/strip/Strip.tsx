/** The strip below canvas and editor: Problems, Trace and Runbook, a tab each; closed it is one line that counts what is wrong. */
import { type CSSProperties, type KeyboardEvent, lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import type { Finding } from '../../core/yaml/finding'
import { camera } from '../../store/actions/camera'
import { closeStrip, openPanel } from '../../store/actions/view'
import { isChecking, problemsOf, textOf, traceOf } from '../../store/derived/understand'
import type { StripId } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount, useCounted } from '../../store/words/numbers'
import { useWords } from '../../store/words/words'
import { Boundary } from '../../ui/Boundary'
import { Icon } from '../../ui/icons'
import Splitter from '../../ui/Splitter'
import { Problems } from '../problems/Problems'
import { useNextProblem } from '../problems/problem-keys'
import { Trace } from '../trace/Trace'
import './strip.css'

const Runbook = lazy(() => import('../runbook/Runbook'))

const tabs: readonly StripId[] = ['problems', 'trace', 'runbook']

export default function Strip({ height, onHeight, always }: { height: number; onHeight(height: number): void; always: boolean }) {
  const { strip: words } = useWords()
  const shell = useWords()
  const open = useDesigner((s) => s.strip) ?? (always ? 'problems' : null)
  const id = useId()
  const [current, setCurrent] = useState<string | null>(null)
  useNextProblem(current, setCurrent)
  useRoom(open !== null)
  const checking = useDesigner(isChecking)
  return (
    <section
      className={`strip${open ? ' open' : ''}`}
      aria-label={words.strip}
      aria-busy={checking}
      style={{ '--strip': `${height}px` } as CSSProperties}
    >
      {open && !always && (
        <Splitter label={words.height} line="horizontal" pane="below" value={height} min={120} max={640} onChange={onHeight} />
      )}
      <div className="strip-head">
        <Tabs open={open} id={id} />
        <span className="grow" />
        {!always && (
          <button
            type="button"
            className="b icon"
            aria-label={open ? words.fold : words.unfold}
            title={open ? words.fold : words.unfold}
            aria-expanded={open !== null}
            onClick={() => (open ? closeStrip() : openPanel('problems'))}
          >
            <Icon name="down" className={open ? '' : 'up'} />
          </button>
        )}
      </div>
      {open && (
        <div className="strip-body" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
          <Boundary key={open} says={shell.brokenPanel} again={shell.tryAgain}>
            {open === 'problems' && <Problems current={current} onCurrent={setCurrent} />}
            {open === 'trace' && <Trace />}
            {open === 'runbook' && (
              <Suspense fallback={<p className="loading">{shell.loading}</p>}>
                <Runbook />
              </Suspense>
            )}
          </Boundary>
        </div>
      )}
    </section>
  )
}

/** What the strip takes from the canvas must not be cards. */
function useRoom(open: boolean): void {
  const before = useRef(open)
  useEffect(() => {
    if (open === before.current) return
    before.current = open
    if (!open) return
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => camera().fit()))
    return () => cancelAnimationFrame(frame)
  }, [open])
}

function Tabs({ open, id }: { open: StripId | null; id: string }) {
  const { strip: words } = useWords()
  const walk = (event: KeyboardEvent) => {
    const to = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!to) return
    const next = tabs[(tabs.indexOf(open ?? 'problems') + to + tabs.length) % tabs.length] as StripId
    openPanel(next)
    document.getElementById(`${id}-${next}`)?.focus()
    event.preventDefault()
  }
  return (
    <div role="tablist" tabIndex={-1} aria-label={words.strip} onKeyDown={walk}>
      {tabs.map((tab) => (
        <button
          type="button"
          role="tab"
          key={tab}
          id={`${id}-${tab}`}
          data-control={tab}
          aria-selected={open === tab}
          aria-controls={open === tab ? `${id}-panel` : undefined}
          tabIndex={tab === (open ?? 'problems') ? 0 : -1}
          onClick={() => openPanel(tab)}
        >
          {words[tab]}
          {tab === 'problems' && <Counts />}
          {tab === 'trace' && <Sent />}
        </button>
      ))}
    </div>
  )
}

const countOf = (findings: readonly Finding[], level: Finding['level']): number => findings.filter((one) => one.level === level).length

function Counts() {
  const words = useWords()
  const count = useCount()
  const problems = useDesigner(problemsOf)
  const counted = useCounted()
  const empty = useDesigner((s) => textOf(s).trim() === '')
  const errors = countOf(problems, 'error')
  const warnings = countOf(problems, 'warning')
  return (
    <>
      {errors > 0 && (
        <span className="count error" title={count(words.errors, errors)}>
          <Icon name="error" size="s" />
          {counted(errors)}
          <span className="unseen">{count(words.errors, errors)}</span>
        </span>
      )}
      {warnings > 0 && (
        <span className="count warning" title={count(words.warnings, warnings)}>
          <Icon name="warn" size="s" />
          {counted(warnings)}
          <span className="unseen">{count(words.warnings, warnings)}</span>
        </span>
      )}
      {errors + warnings === 0 && !empty && <Icon name="check" size="s" className="ok-text" />}
    </>
  )
}

/** How the last request ended, beside the name of its tab. */
function Sent() {
  const trace = useDesigner(traceOf)
  if (!trace) return null
  const level = trace.unknown ? 'warning' : trace.failure ? 'error' : 'ok'
  return <Icon name={level === 'ok' ? 'check' : level === 'error' ? 'error' : 'warn'} size="s" className={`count ${level}`} />
}
