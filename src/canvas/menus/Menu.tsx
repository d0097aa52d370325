/** A small menu at a place of the screen: arrows move, Enter takes, Esc leaves and gives the focus back. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Point } from '../../core/model/design'
import { Icon, type IconName } from '../../ui/icons'
import './menu.css'

export interface Item {
  id: string
  icon: IconName
  word: string
  more?: string
  /** The key that does the same. */
  keys?: string | undefined
  /** Why it cannot be taken now; what cannot be taken stays in the list. */
  off?: string | undefined
  /** It begins another group. */
  apart?: boolean
  run(): void
}

interface Props {
  title: string
  empty: string
  at: Point
  items: readonly Item[]
  onClose(): void
}

export function Menu({ title, empty, at, items, onClose }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(at)
  const [before] = useState(() => document.activeElement as HTMLElement | null)
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect()
    if (!box) return
    setPlace({ x: Math.max(8, Math.min(at.x, innerWidth - box.width - 8)), y: Math.max(8, Math.min(at.y, innerHeight - box.height - 8)) })
  }, [at])
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const away = (event: PointerEvent) => {
      if (!ref.current?.contains(event.target as Node)) onClose()
    }
    window.addEventListener('pointerdown', away, true)
    return () => {
      window.removeEventListener('pointerdown', away, true)
      if (document.activeElement === document.body) before?.focus({ preventScroll: true })
    }
  }, [onClose, before])
  const walk = (event: KeyboardEvent) => {
    const all = [...(ref.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const now = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 + all.length, Home: 0, End: all.length - 1 }[event.key]
    if (to !== undefined) all[to % all.length]?.focus()
    else if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={ref} className="menu" role="menu" tabIndex={-1} aria-label={title} style={{ left: place.x, top: place.y }} onKeyDown={walk}>
      <div className="menu-title" aria-hidden="true">
        {title}
      </div>
      {items.map((item) => (
        <button
          type="button"
          role="menuitem"
          key={item.id}
          className={item.apart ? 'apart' : undefined}
          aria-disabled={item.off !== undefined || undefined}
          onClick={() => {
            if (item.off !== undefined) return
            onClose()
            item.run()
          }}
        >
          <Icon name={item.icon} />
          <span className="grow">
            {item.word}
            {item.off !== undefined && <small className="why">{item.off}</small>}
          </span>
          {item.more && <small>{item.more}</small>}
          {item.keys && <kbd>{item.keys}</kbd>}
        </button>
      ))}
      {items.length === 0 && (
        <button type="button" role="menuitem" aria-disabled="true" onClick={onClose}>
          {empty}
        </button>
      )}
    </div>
  )
}
