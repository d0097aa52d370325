/** The command palette: what can be done, or where something is. Typing finds, arrows choose, Enter takes, Escape leaves. */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { understood } from '../../store/derived/late'
import { store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { useWords, wordsIn } from '../../store/words/words'
import { useModal } from '../../ui/Sheet'
import type { Words } from '../../words/kind'
import { type CommandRow, commandRows } from './command-rows'
import { foundRows } from './found-rows'
import './commands.css'

/** More rows than anybody reads are counted. */
const most = 60

export default function Commands({ onClose }: { onClose(): void }) {
  const all = useWords()
  const words = all.commands
  const finds = useDesigner((s) => s.panel === 'find')
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const rows = useRows(query, finds)
  const shown = rows.slice(0, most)
  const now = Math.min(at, Math.max(0, shown.length - 1))
  const list = useRef<HTMLDivElement>(null)
  const counted = useCount()
  useEffect(() => {
    void list.current?.children[now]?.scrollIntoView({ block: 'nearest' })
  }, [now])
  const take = (row: CommandRow | undefined) => {
    if (!row || row.off !== undefined) return
    onClose()
    // The dialog gives the focus back first: what is done is done to what has it.
    requestAnimationFrame(() => row.run())
  }
  const keys = (event: KeyboardEvent) => {
    const last = shown.length - 1
    const to = {
      ArrowDown: now === last ? 0 : now + 1,
      ArrowUp: now === 0 ? last : now - 1,
      PageDown: Math.min(last, now + 8),
      PageUp: Math.max(0, now - 8),
    }[event.key]
    if (to !== undefined) setAt(to)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) take(shown[now])
    else return
    event.preventDefault()
  }
  const title = finds ? words.findTitle : words.title
  return (
    <dialog {...useModal(onClose)} className="sheet commands" aria-label={title}>
      <div className="body">
        <input
          className="input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[now] ? `${id}-${now}` : undefined}
          aria-label={title}
          placeholder={finds ? words.findPlaceholder : words.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={keys}
        />
        <div
          ref={list}
          id={`${id}-list`}
          className="command-list"
          role="listbox"
          tabIndex={-1}
          aria-label={finds ? words.findList : words.list}
        >
          {shown.map((row, index) => (
            <button
              type="button"
              tabIndex={-1}
              key={row.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === now}
              aria-disabled={row.off !== undefined || undefined}
              onPointerMove={() => setAt(index)}
              onClick={() => take(row)}
            >
              <span className={finds ? 'command-word mono' : 'command-word'}>{row.word}</span>
              {row.off !== undefined ? <small>{row.off}</small> : row.more && <small>{row.more}</small>}
              {row.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </button>
          ))}
        </div>
        <p className="commands-foot" role="status">
          {shown.length === 0 ? (finds ? words.findNone : words.none) : rows.length > most ? counted(words.more, rows.length - most) : ''}
        </p>
      </div>
    </dialog>
  )
}

function useRows(query: string, finds: boolean): CommandRow[] {
  const words = useWords()
  const lang = useDesigner((s) => s.lang)
  // Objects and lines are found once the text is understood.
  const ready = useDesigner((s) => understood.of(s) !== null)
  const [other, setOther] = useState<Words | null>(null)
  useEffect(() => {
    // Without it the words of the page alone are found.
    wordsIn(lang === 'en' ? 'zh' : 'en').then(setOther, () => {})
  }, [lang])
  return useMemo(() => {
    const state = store.getState()
    if (finds) return ready ? foundRows(query, state, words) : []
    return commandRows(query, state, other ? [words, other] : [words])
  }, [query, finds, words, other, ready])
}
