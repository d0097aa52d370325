/** While Space is held down the canvas is dragged, whatever is under the pointer. */
import { useReactFlow } from '@xyflow/react'
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** What Space presses itself, and where it is a letter. */
const takesSpace = 'button, input, textarea, select, summary, [contenteditable], .monaco-editor, dialog'

export function SpacePan({ canvas }: { canvas: RefObject<HTMLElement | null> }) {
  const flow = useReactFlow()
  const [held, setHeld] = useState(false)
  const from = useRef<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.type === 'keyup') {
        if (event.key === ' ') setHeld(false)
        return
      }
      const active = document.activeElement
      if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey) return
      if (active?.closest(takesSpace) || !(active === document.body || canvas.current?.contains(active))) return
      event.preventDefault()
      setHeld(true)
    }
    const gone = () => setHeld(false)
    window.addEventListener('keydown', key)
    window.addEventListener('keyup', key)
    window.addEventListener('blur', gone)
    return () => {
      window.removeEventListener('keydown', key)
      window.removeEventListener('keyup', key)
      window.removeEventListener('blur', gone)
    }
  }, [canvas])
  if (!held) return null
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (!from.current) return
    const { x, y, zoom } = flow.getViewport()
    void flow.setViewport({ x: x + clientX - from.current.x, y: y + clientY - from.current.y, zoom })
    from.current = { x: clientX, y: clientY }
  }
  return (
    <div
      className="space-pan"
      onPointerDown={({ currentTarget, pointerId, clientX, clientY }) => {
        currentTarget.setPointerCapture(pointerId)
        from.current = { x: clientX, y: clientY }
      }}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = null
      }}
    />
  )
}
