/** One thing to do: why, the commands with a button that copies them, and what they print. */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Block } from '../../core/runbook/chapters/kind'
import { copied } from '../../store/actions/deliver'
import { useCount } from '../../store/words/numbers'
import { useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function RunbookBlock({ block: { says, run, expect } }: { block: Block }) {
  const say = useText()
  const { runbook: words } = useWords()
  const id = useId()
  return (
    <li className="runbook-block">
      <p id={id}>{say(says)}</p>
      <Commands key={run} run={run} about={id} />
      {expect !== undefined && (
        <div className="runbook-prints">
          <span className="runbook-label">{words.prints}</span>
          <Lines>
            <Marked text={expect} />
          </Lines>
        </div>
      )}
    </li>
  )
}

/** More lines than these are shown when they are asked for. */
const most = 120

/** How long the button says that it has copied. */
const moment = 2500

function Commands({ run, about }: { run: string; about: string }) {
  const { runbook: words } = useWords()
  const sayCount = useCount()
  const [whole, setWhole] = useState(false)
  const [state, setState] = useState<'copy' | 'copied' | 'byHand'>('copy')
  const lines = useRef<HTMLPreElement>(null)
  useEffect(() => {
    if (state === 'copy') return
    const timer = setTimeout(() => setState('copy'), moment)
    return () => clearTimeout(timer)
  }, [state])
  const count = run.split('\n', 5000).length
  const cut = !whole && count > most
  const take = async () => {
    const done = await copied(run)
    if (!done && cut) setWhole(true)
    if (!done && lines.current) getSelection()?.selectAllChildren(lines.current)
    setState(done ? 'copied' : 'byHand')
  }
  return (
    <div className="runbook-run">
      <Lines at={lines}>{cut ? run.split('\n', most).join('\n') : run}</Lines>
      <button type="button" className={`b line small ${state}`} aria-describedby={about} onClick={take}>
        <Icon name={state === 'copied' ? 'check' : 'copy'} size="s" className={state === 'copied' ? 'ok-text' : ''} />
        <span aria-live="polite">{words[state]}</span>
      </button>
      {cut && (
        <button type="button" className="b small runbook-all" aria-describedby={about} onClick={() => setWhole(true)}>
          {sayCount(words.allLines, run.split('\n').length)}
        </button>
      )}
    </div>
  )
}

/** What differs from time to time is marked, so that nobody compares it. */
function Marked({ text }: { text: string }) {
  const { runbook: words } = useWords()
  return text.split('…').map((part, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the parts of a text have no other name
    <span key={index}>
      {index > 0 && (
        <span className="varies" title={words.varies}>
          …
        </span>
      )}
      {part}
    </span>
  ))
}

/** Lines that scroll where they are wide; the keyboard reaches those that do, and does not stop at the others. */
function Lines({ children, at }: { children: ReactNode; at?: React.RefObject<HTMLPreElement | null> }) {
  const own = useRef<HTMLPreElement>(null)
  const ref = at ?? own
  useEffect(() => {
    const { current } = ref
    if (!current) return
    watcher.observe(current)
    return () => watcher.unobserve(current)
  }, [ref])
  return <pre ref={ref}>{children}</pre>
}

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.setAttribute('tabindex', '0')
    else target.removeAttribute('tabindex')
  }
})
