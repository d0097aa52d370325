/** What has just happened, at the foot of the canvas and for the screen reader; what was a step can be taken back here. */
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { undo } from '../store/actions/actions'
import { stepWord } from '../store/actions/narrate'
import { useDesigner } from '../store/state/use'
import { useTold } from '../store/words/saying'
import { useWords } from '../store/words/words'

const seen = 6000

export function Notice() {
  const words = useWords()
  const { says, count } = useDesigner((s) => s.notice)
  const canUndo = useDesigner((s) => s.notice.of !== null && s.notice.of === s.history.now && s.history.past.length > 0)
  const label = useDesigner((s) => s.history.label)
  const isAway = useDesigner((s) => s.view === 'code')
  const told = useTold()
  const [faded, setFaded] = useState(0)
  // Whoever is about to press is not hurried.
  const [held, setHeld] = useState(false)
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => setFaded(count), seen)
    return () => clearTimeout(timer)
  }, [count, held])
  const shown = says !== '' && faded !== count
  const back = () => {
    ref.current?.closest<HTMLElement>('.canvas')?.focus()
    setHeld(false)
    undo()
  }
  const notice = (
    <div ref={ref} className={`notice${shown ? ' shown' : ''}`} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      <p role="status" aria-live="polite">
        {/* A sentence that is said twice is a new one. */}
        <span key={count}>{told(says)}</span>
      </p>
      {shown && canUndo && (
        <button
          type="button"
          className="b small"
          aria-label={`${words.undo}: ${stepWord(words, label)}`}
          onClick={back}
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
