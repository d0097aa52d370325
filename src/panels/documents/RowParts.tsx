/** What rows of designs and of versions have in common. */
import { useEffect, useRef } from 'react'
import { useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
import './row-parts.css'

export function Act({ icon, says, run }: { icon: IconName; says: string; run(): void }) {
  return (
    <button type="button" className="b icon small" aria-label={says} title={says} onClick={run}>
      <Icon name={icon} size="s" />
    </button>
  )
}

/** Enter and leaving it take the name, Escape leaves it as it was. */
export function NameField({ label, name, done }: { label: string; name: string; done(name: string | null): void }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  return (
    <input
      ref={input}
      className="input"
      aria-label={label}
      defaultValue={name}
      spellCheck={false}
      onBlur={(event) => done(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key !== 'Escape') return
        // The dialog stays.
        event.preventDefault()
        event.stopPropagation()
        done(null)
      }}
    />
  )
}

/** The line below a list: what was just done, and how it is taken back where it can be. */
export function Done({ says, undo }: { says: string; undo: (() => void) | null }) {
  const words = useWords()
  return (
    <p className="done-line" role="status">
      {says}
      {undo && (
        <button type="button" className="b line small" onClick={undo}>
          <Icon name="undo" size="s" />
          {words.undo}
        </button>
      )}
    </p>
  )
}
