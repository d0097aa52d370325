/** Then and now: a tutorial's YAML beside today's, with the reason for each difference. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Comparison } from '../../lessons/kind'
import { comparisonsIn } from '../../store/lesson/lesson-language'
import type { OpenLesson } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { type Row, rowsOf, rowsWith, type Side } from '../../store/text/differing'
import { fill, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { RichLine } from '../lesson/Rich'
import './comparisons.css'

export default function Comparisons({ of: open, onClose }: { of: OpenLesson; onClose(): void }) {
  const { comparing: words } = useWords()
  const shell = useWords()
  const [at, setAt] = useState(0)
  const of = useComparisons(open)
  const chosen = of?.[at] ?? of?.[0]
  return (
    <Sheet title={words.title} close={shell.close} onClose={onClose} width={1120}>
      {of === undefined && <p className="quiet">{shell.loading}</p>}
      {of === null && <p role="alert">{words.missing}</p>}
      {of && of.length > 1 && (
        <fieldset className="segments comparison-parts">
          <legend className="unseen">{words.which}</legend>
          {of.map(({ title }, index) => (
            <label key={title}>
              <input type="radio" name="comparison" checked={index === at} onChange={() => setAt(index)} />
              {title}
            </label>
          ))}
        </fieldset>
      )}
      {chosen && <Beside of={chosen} key={chosen.title} />}
    </Sheet>
  )
}

/** Undefined while loading, null if they cannot be had. */
function useComparisons({ lesson: { id }, written }: OpenLesson): readonly Comparison<string>[] | null | undefined {
  const lang = useDesigner((s) => s.lang)
  const [loaded, setLoaded] = useState<readonly Comparison<string>[] | null | undefined>(undefined)
  useEffect(() => {
    comparisonsIn(id, written, lang).then(setLoaded, () => setLoaded(null))
  }, [id, written, lang])
  return loaded
}

function Beside({ of: { title, original, today, reasons } }: { of: Comparison<string> }) {
  const { comparing: words } = useWords()
  const list = useRef<HTMLOListElement>(null)
  const [shown, setShown] = useState<number | null>(null)
  const rows = rowsOf(original, today)
  const places = reasons.map(({ at }) => rowsWith(rows, at))
  const reasonsAt = (row: number): number[] => places.flatMap((there, index) => (there.includes(row) ? [index] : []))
  const tell = (index: number) => {
    setShown(index)
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className="comparison">
      {/* Lines are long: the table scrolls, and keys can scroll it. */}
      <section className="comparison-code" aria-label={fill(words.table, { title })} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" colSpan={2}>
                {words.original}
              </th>
              <th scope="col" colSpan={2}>
                {words.today}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Line key={`${row.left?.line}-${row.right?.line}`} row={row} reasons={reasonsAt(index)} shown={shown} onReason={tell} />
            ))}
          </tbody>
        </table>
      </section>
      <section className="comparison-why" aria-label={words.why}>
        <h3>{words.why}</h3>
        <ol ref={list}>
          {reasons.map(({ at, says }, index) => (
            <li
              key={at}
              className={shown === index ? 'on' : ''}
              onPointerEnter={() => setShown(index)}
              onPointerLeave={() => setShown(null)}
            >
              <b className="reason" aria-hidden="true">
                {index + 1}
              </b>
              <span>
                <RichLine text={says} />
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

interface LineProps {
  row: Row
  /** Which reasons are here, from 0. */
  reasons: readonly number[]
  shown: number | null
  onReason(index: number): void
}

function Line({ row: { left, right }, reasons, shown, onReason }: LineProps) {
  const { comparing: words } = useWords()
  const on = shown !== null && reasons.includes(shown)
  const marks = reasons.map((index) => (
    <button key={index} type="button" className="reason" aria-label={fill(words.reason, { n: index + 1 })} onClick={() => onReason(index)}>
      {index + 1}
    </button>
  ))
  // A reason is marked once a row: on today's side, if that is where something is.
  const here = (side: Side | null) => (side === (right ?? left) ? marks : null)
  return (
    <tr className={on ? 'on' : undefined}>
      {[left, right].map((side, index) => (
        <Half key={index === 0 ? 'left' : 'right'} side={side} is={index === 0 ? 'gone' : 'come'} marks={here(side)} />
      ))}
    </tr>
  )
}

function Half({ side, is, marks }: { side: Side | null; is: 'gone' | 'come'; marks: ReactNode }) {
  const { comparing: words } = useWords()
  if (!side)
    return (
      <td colSpan={2} className="nothing">
        <span className="unseen">{words.nothing}</span>
      </td>
    )
  return (
    <>
      <td className="number" aria-hidden="true">
        {side.line}
      </td>
      <td className={side.changed ? is : undefined}>
        {side.changed && <span className="unseen">{words.only} </span>}
        <code>{side.text}</code>
        {marks}
      </td>
    </>
  )
}
