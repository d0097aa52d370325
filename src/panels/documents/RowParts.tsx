/** What rows of designs and of versions have in common. */
import { useEffect, useRef } from 'react'
import { Icon, type IconName } from '../../ui/icons'

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
