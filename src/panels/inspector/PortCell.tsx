/** A port in a table: a number, or nothing. What is no port stays in the field, red, and is not taken. */
import { useState } from 'react'
import { checkPort } from '../../core/model/field'
import { useText } from '../../store/words/words'

interface Props {
  label: string
  value: number | undefined
  placeholder: string
  disabled?: boolean
  onCommit(port: number | undefined): void
}

export function PortCell({ label, value, placeholder, disabled, onCommit }: Props) {
  const text = useText()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === undefined ? '' : String(value))
  const wrong = shown === '' ? null : checkPort(shown)
  return (
    <input
      className="input port-cell"
      aria-label={label}
      inputMode="numeric"
      disabled={disabled}
      value={shown}
      placeholder={placeholder}
      aria-invalid={wrong !== null}
      title={wrong ? text(wrong.says) : label}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        if (next === '') onCommit(undefined)
        else if (!checkPort(next)) onCommit(Number(next))
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  )
}
