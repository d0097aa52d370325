/** What changes from one text to another, object by object: the lines that go and come, with those around them. Some may be left out. */
import { type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { changesBetween, type Change as Of } from '../../store/text/changed'
import { type Row, rowsOf } from '../../store/text/differing'
import { useCount } from '../../store/words/numbers'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import './changes.css'

/** So many lines are shown around a change. */
const around = 2
/** So many lines are shown of all objects together, and so many objects. */
const most = { lines: 600, objects: 200 }

/** Which of the changes are taken, by their places in the list. */
export interface Choice {
  leftOut: ReadonlySet<number>
  onLeaveOut(leftOut: ReadonlySet<number>): void
}

interface Props {
  before: string
  after: string
  choice?: Choice
}

export function Changes({ before, after, choice }: Props) {
  const { previewing: words } = useWords()
  const count = useCount()
  const all = useMemo(() => shownOf(changesBetween(before, after)), [before, after])
  const list = useRef<HTMLElement>(null)
  const walk = useWalk(list)
  if (all.length === 0) return <p className="quiet">{words.nothing}</p>
  return (
    <div className="changes">
      <div className="changes-head">
        <span className="quiet">{count(words.objects, all.length)}</span>
        {choice && <OnlyHere all={all} choice={choice} />}
        <span className="grow" />
        <span className="quiet" role="status">
          {walk.at > 0 && fill(words.at, { n: walk.at, of: walk.of })}
        </span>
        <button
          type="button"
          className="b icon"
          aria-label={words.previous}
          title={`${words.previous} (Shift+F7)`}
          onClick={() => walk.go(-1)}
        >
          <Icon name="down" className="up" />
        </button>
        <button type="button" className="b icon" aria-label={words.next} title={`${words.next} (F7)`} onClick={() => walk.go(1)}>
          <Icon name="down" />
        </button>
      </div>
      {/* Lines are long: the list scrolls, and keys can scroll it. */}
      <section ref={list} className="diff" aria-label={words.changes} tabIndex={0}>
        {all.slice(0, most.objects).map((one, index) => (
          <ObjectOf key={`${index} ${one.of.name}`} one={one} index={index} choice={choice} />
        ))}
        {all.length > most.objects && <p className="quiet">{count(words.more, all.length - most.objects)}</p>}
      </section>
    </div>
  )
}

interface Shown {
  of: Of
  rows: readonly Row[]
  /** Places of the rows that are shown. */
  shown: readonly number[]
}

function shownOf(changes: readonly Of[]): Shown[] {
  let left = most.lines
  return changes.map((of) => {
    const rows = left > 0 ? rowsOf(of.before, of.after) : []
    const shown = placesOf(rows).slice(0, left)
    left -= shown.length
    return { of, rows, shown }
  })
}

/** Places of the rows that differ, and of those around them. */
function placesOf(rows: readonly Row[]): number[] {
  const shown = new Set<number>()
  for (const [index, { left, right }] of rows.entries()) {
    if (!left?.changed && !right?.changed) continue
    for (let at = Math.max(0, index - around); at <= Math.min(rows.length - 1, index + around); at++) shown.add(at)
  }
  return [...shown].toSorted((a, b) => a - b)
}

function ObjectOf({ one: { of, rows, shown }, index, choice }: { one: Shown; index: number; choice: Choice | undefined }) {
  const { previewing: words } = useWords()
  const id = useId()
  const taken = !choice?.leftOut.has(index)
  const toggle = () => {
    const next = new Set(choice?.leftOut)
    if (taken) next.add(index)
    else next.delete(index)
    choice?.onLeaveOut(next)
  }
  return (
    <section className="changed-object" aria-labelledby={id}>
      <h4>
        {choice && <input type="checkbox" aria-label={fill(words.take, { name: of.name })} checked={taken} onChange={toggle} />}
        <span className={`how ${of.is}`}>{words[of.is]}</span>
        <code id={id}>{of.name}</code>
        {!taken && <span className="quiet">{words.leftOut}</span>}
      </h4>
      {taken && shown.length > 0 && <Lines rows={rows} shown={shown} />}
    </section>
  )
}

function Lines({ rows, shown }: { rows: readonly Row[]; shown: readonly number[] }) {
  const isHunk = (index: number) => isChanged(rows[index]) && !isChanged(rows[index - 1])
  return (
    <ol>
      {shown.map((index, at) => (
        <li key={index} data-change={isHunk(index) || undefined}>
          {at > 0 && shown[at - 1] !== index - 1 && <p className="gap">⋯</p>}
          <Line row={rows[index] as Row} />
        </li>
      ))}
    </ol>
  )
}

const isChanged = (row: Row | undefined): boolean => row?.left?.changed === true || row?.right?.changed === true

function Line({ row: { left, right } }: { row: Row }) {
  const { previewing: words } = useWords()
  if (left && !left.changed) return <p>{left.text || ' '}</p>
  return (
    <>
      {left && (left.text || !right) && (
        <p className="gone">
          <span className="unseen">{words.removed}</span>
          {left.text || ' '}
        </p>
      )}
      {right && (right.text || !left) && (
        <p className="come">
          <span className="unseen">{words.added}</span>
          {right.text || ' '}
        </p>
      )}
    </>
  )
}

/** Leaves out, or takes again, all that would go because only the text of now has it. */
function OnlyHere({ all, choice: { leftOut, onLeaveOut } }: { all: readonly Shown[]; choice: Choice }) {
  const { previewing: words } = useWords()
  const gone = all.flatMap(({ of }, index) => (of.is === 'gone' ? [index] : []))
  if (gone.length === 0) return null
  const kept = gone.every((index) => leftOut.has(index))
  return (
    <label className="only-here">
      <input
        type="checkbox"
        checked={kept}
        onChange={() => onLeaveOut(new Set(kept ? [...leftOut].filter((index) => !gone.includes(index)) : [...leftOut, ...gone]))}
      />
      {words.keep}
    </label>
  )
}

/** From change to change, by buttons and by the keys of other tools: F7 or Alt+F5, with Shift back. */
function useWalk(list: RefObject<HTMLElement | null>) {
  const [at, setAt] = useState({ at: 0, of: 0 })
  const go = (by: 1 | -1) => {
    const changes = [...(list.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
    const current = changes.findIndex((change) => change.classList.contains('current'))
    const next =
      changes.length === 0 ? -1 : current === -1 ? (by === 1 ? 0 : changes.length - 1) : (current + by + changes.length) % changes.length
    changes[current]?.classList.remove('current')
    changes[next]?.classList.add('current')
    changes[next]?.scrollIntoView({ block: 'center' })
    setAt({ at: next + 1, of: changes.length })
  }
  const latest = useRef(go)
  latest.current = go
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const isNext = (event.key === 'F7' && !event.altKey) || (event.key === 'F5' && event.altKey)
      if (!isNext || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      latest.current(event.shiftKey ? -1 : 1)
    }
    window.addEventListener('keydown', down)
    return () => window.removeEventListener('keydown', down)
  }, [])
  return { ...at, go }
}
