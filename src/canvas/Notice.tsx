/** What has just happened, at the foot of the canvas and for the screen reader; what was a step can be taken back here. */
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { edit, undo } from '../store/actions/actions'
import { stepWord } from '../store/actions/narrate'
import { useDesigner } from '../store/state/use'
import { useTold } from '../store/words/saying'
import { useText, useWords } from '../store/words/words'

const seen = 6000
/** Offers are read and weighed. */
const chosen = 30_000

export function Notice() {
  const words = useWords()
  const { says, count, offers } = useDesigner((s) => s.notice)
  // What was offered or done is so only until the next step.
  const isNow = useDesigner((s) => s.notice.of !== null && s.notice.of === s.history.now)
  const canUndo = useDesigner((s) => s.history.past.length > 0) && isNow && offers.length === 0
  const label = useDesigner((s) => s.history.label)
  const isAway = useAway()
  const told = useTold()
  const text = useText()
  const [faded, setFaded] = useState(0)
  // Whoever is about to press is not hurried.
  const [held, setHeld] = useState(false)
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => setFaded(count), offers.length > 0 ? chosen : seen)
    return () => clearTimeout(timer)
  }, [count, held, offers])
  const shown = says !== '' && faded !== count
  const run = (action: () => void) => () => {
    ref.current?.closest<HTMLElement>('.canvas')?.focus()
    setHeld(false)
    action()
  }
  const notice = (
    <div ref={ref} className={`notice${shown ? ' shown' : ''}`} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      <p role="status" aria-live="polite">
        {/* A sentence that is said twice is a new one. */}
        <span key={count}>{told(says)}</span>
      </p>
      {shown &&
        isNow &&
        offers.map((offer) => (
          <button
            type="button"
            className="b small"
            key={offer.says.en}
            onClick={run(() => edit(offer.label, () => offer.design))}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            {text(offer.says)}
          </button>
        ))}
      {shown && canUndo && (
        <button
          type="button"
          className="b small"
          aria-label={`${words.undo}: ${stepWord(words, label)}`}
          onClick={run(undo)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          {words.undo}
        </button>
      )}
    </div>
  )
  // Where the canvas is hidden, the page shows it.
  return isAway ? createPortal(notice, document.body) : notice
}

/** Whether the canvas is hidden: by the view, or on a narrow screen by another tab. */
function useAway(): boolean {
  const [away, setAway] = useState(false)
  useEffect(() => {
    const middle = document.querySelector<HTMLElement>('.middle')
    if (!middle) return
    const observer = new ResizeObserver(() => setAway(middle.offsetParent === null))
    observer.observe(middle)
    return () => observer.disconnect()
  }, [])
  return away
}
