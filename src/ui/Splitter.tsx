/** A line between two panes that is dragged, or moved by arrow keys (role separator). */
import { type PointerEvent, useRef } from 'react'

interface Props {
  label: string
  /** Which way the line lies. */
  line: 'vertical' | 'horizontal'
  /** Whose size it is; left out: the pane behind a vertical line, above a horizontal one. */
  pane?: 'below'
  /** In pixels. */
  value: number
  min: number
  max: number
  onChange(value: number): void
}

export default function Splitter({ label, line, pane, value, min, max, onChange }: Props) {
  const from = useRef<{ at: number; value: number } | null>(null)
  const sign = line === 'vertical' || pane === 'below' ? -1 : 1
  const clamp = (next: number) => Math.round(Math.min(max, Math.max(min, next)))
  const place = (event: PointerEvent) => (line === 'vertical' ? event.clientX : event.clientY)
  return (
    <div
      className={`splitter ${line}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={line}
      aria-valuenow={clamp(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { at: place(event), value: clamp(value) }
      }}
      onPointerMove={(event) => {
        if (from.current) onChange(clamp(from.current.value + sign * (place(event) - from.current.at)))
      }}
      onPointerUp={() => {
        from.current = null
      }}
      onKeyDown={(event) => {
        const keys = line === 'vertical' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowUp', 'ArrowDown']
        const [less, more] = pane === 'below' ? keys.toReversed() : keys
        const by = event.shiftKey ? 80 : 16
        if (event.key === less) onChange(clamp(value - by))
        else if (event.key === more) onChange(clamp(value + by))
        else if (event.key === 'Home') onChange(min)
        else if (event.key === 'End') onChange(max)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
