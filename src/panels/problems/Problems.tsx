/** The list of problems: of syntax, schema, rules, trace and drawing alike. A row jumps to its place; what can be mended has a button. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Level } from '../../core/yaml/finding'
import { isChecking, textOf } from '../../store/derived/understand'
import { useDesigner } from '../../store/state/use'
import { useCounted } from '../../store/words/numbers'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Bypass } from '../trace/Bypass'
import { allRows } from './all-rows'
import { Foretold } from './Foretold'
import { ProblemItem } from './ProblemItem'
import { show } from './problem-keys'
import { countOf, type Filter, filtered, neighbour, type ProblemRow } from './problem-rows'
import './problems.css'

/** So many rows are drawn at once. */
const page = 100

export function Problems({ current, onCurrent }: { current: string | null; onCurrent(key: string): void }) {
  const { strip: words, loading, emptyCanvas } = useWords()
  const rows = useDesigner(allRows)
  const checking = useDesigner(isChecking)
  const empty = useDesigner((s) => textOf(s).trim() === '')
  const isSound = rows.length === 0 && !checking && !empty
  const lang = useDesigner((s) => s.lang)
  const [filter, setFilter] = useState<Filter>({ level: null, text: '' })
  const [pages, setPages] = useState(1)
  const list = useRef<HTMLUListElement>(null)
  const shown = useMemo(() => filtered(rows, filter, lang), [rows, filter, lang])
  const go = (row: ProblemRow) => {
    onCurrent(row.key)
    show(row)
  }
  const step = (by: 1 | -1) => {
    const next = neighbour(shown, current, by)
    if (next) go(next)
  }
  const at = shown.findIndex(({ key }) => key === current)
  const count = Math.max(pages * page, at + 1)
  useEffect(() => {
    list.current?.querySelector('.current')?.scrollIntoView({ block: 'nearest' })
  })
  const counted = useCounted()
  return (
    <section className="problems" aria-label={words.problems}>
      <Bar rows={rows} filter={filter} onFilter={setFilter} onStep={step} />
      <div className="problems-scroll">
        <ul className="problem-list" ref={list}>
          {shown.slice(0, count).map((row) => (
            <ProblemItem key={row.key} row={row} all={rows} current={row.key === current} onGo={go} />
          ))}
        </ul>
        {shown.length > count && (
          <button type="button" className="b small" onClick={() => setPages(pages + 5)}>
            {fill(words.more, { n: counted(shown.length - count) })}
          </button>
        )}
        {shown.length === 0 && (
          <p className="problems-none" role="status">
            <Icon name={isSound ? 'check' : 'info'} className={isSound ? 'ok-text' : ''} />
            {rows.length > 0 ? words.noneLeft : checking ? loading : empty ? emptyCanvas : words.none}
          </p>
        )}
        <Bypass />
        <Foretold />
      </div>
    </section>
  )
}

const levels: readonly Level[] = ['error', 'warning', 'info']

interface BarProps {
  rows: readonly ProblemRow[]
  filter: Filter
  onFilter(filter: Filter): void
  onStep(by: 1 | -1): void
}

function Bar({ rows, filter, onFilter, onStep }: BarProps) {
  const { strip: words } = useWords()
  return (
    <div className="problems-bar">
      <fieldset className="segments">
        <legend className="unseen">{words.show}</legend>
        {[null, ...levels].map((level) => (
          <label key={level ?? 'all'}>
            <input type="radio" name="problem-level" checked={filter.level === level} onChange={() => onFilter({ ...filter, level })} />
            {level ? words[level] : words.all} {level ? countOf(rows, level) : rows.length}
          </label>
        ))}
      </fieldset>
      <input
        className="input"
        type="search"
        aria-label={words.filter}
        placeholder={words.filter}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <span className="grow" />
      <button
        type="button"
        className="b icon"
        aria-label={words.previous}
        title={`${words.previous} (Shift+F8)`}
        onClick={() => onStep(-1)}
      >
        <Icon name="down" className="up" />
      </button>
      <button type="button" className="b icon" aria-label={words.next} title={`${words.next} (F8)`} onClick={() => onStep(1)}>
        <Icon name="down" />
      </button>
    </div>
  )
}
