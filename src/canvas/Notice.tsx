/** What has just happened, at the foot of the canvas and for the screen reader. */
import { useEffect, useState } from 'react'
import { useDesigner } from '../store/state/use'
import { useTold } from '../store/words/saying'

const seen = 6000

export function Notice() {
  const { says, count } = useDesigner((s) => s.notice)
  const told = useTold()
  const [faded, setFaded] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setFaded(count), seen)
    return () => clearTimeout(timer)
  }, [count])
  return (
    <div className={`notice${says && faded !== count ? ' shown' : ''}`} role="status" aria-live="polite">
      {/* A sentence that is said twice is a new one. */}
      <span key={count}>{told(says)}</span>
    </div>
  )
}
