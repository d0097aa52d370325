/**
 * The picker of a hop: a native select, dressed by `appearance: base-select` where the browser knows it and plain elsewhere. What cannot be
 * chosen stays in the list and says why.
 */
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { pick } from '../../store/actions/view'
import { useDesigner } from '../../store/state/use'
import { Icon, type IconName } from '../../ui/icons'
import { Sample, type WireStyle } from '../../ui/Wire'
import { elementOf } from '../camera'
import { isOpen } from '../keyboard/open-list'
import './picker.css'

export interface Option {
  value: string
  says: string
  /** The drawing of a mode; what an app says has none. */
  style?: WireStyle
  off?: boolean
}

interface Props {
  hop: string
  name: string
  head: string
  value: string
  options: readonly Option[]
  onChoose(value: string): void
}

export function Picker({ hop, name, head, value, options, onChoose }: Props) {
  const ref = useRef<HTMLSelectElement>(null)
  const asked = useDesigner((s) => s.picking === hop)
  useLayoutEffect(() => {
    const select = ref.current
    if (!asked || !select) return
    select.focus({ preventScroll: true })
    open(select)
    pick(null)
  }, [asked])
  // A list that stays open after a choice by a program would cover the canvas: a new select is closed.
  const choose = (next: string) => {
    const had = ref.current?.contains(document.activeElement)
    flushSync(() => onChoose(next))
    if (had) elementOf(hop)?.focus({ preventScroll: true })
  }
  // A list that is left leaves the focus on its arrow: it belongs to the hop.
  const left = (event: KeyboardEvent) => {
    if (event.key === 'Escape') requestAnimationFrame(() => !isOpen(ref.current) && elementOf(hop)?.focus({ preventScroll: true }))
  }
  return (
    <select
      ref={ref}
      key={value}
      className="picker nopan nodrag nokey nowheel"
      aria-label={name}
      title={name}
      value={value}
      tabIndex={-1}
      onKeyDown={left}
      onChange={(event) => choose(event.currentTarget.value)}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <button type="button" tabIndex={-1} aria-hidden="true">
        <Icon name="down" size="s" />
      </button>
      <optgroup label={head}>
        <legend>{head}</legend>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.off} className={option.style ?? 'bare'}>
            {option.style ? <Icon name={option.style as IconName} /> : null}
            <span className="choice">
              <b>{option.value}</b>
              <small>{option.says}</small>
            </span>
            {option.style ? <Sample style={option.style} /> : null}
          </option>
        ))}
      </optgroup>
    </select>
  )
}

/** Only a click or a key may open a list; a call without one is no failure, the select has the focus then. */
function open(select: HTMLSelectElement): void {
  try {
    select.showPicker?.()
    // Opened by a program, the list leaves the focus on its button; opened by hand it does not.
    requestAnimationFrame(() => select.selectedOptions[0]?.focus({ preventScroll: true }))
  } catch {
    // Not allowed without a gesture.
  }
}
