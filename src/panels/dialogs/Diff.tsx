/** What changes from one text to another: the lines that go and come, with those around them. */
import { Fragment } from 'react'
import { type Row, rowsOf } from '../../store/text/differing'
import { useWords } from '../../store/words/words'
import './diff.css'

/** So many lines are shown around a change. */
const around = 2
/** A change of more lines than this is shown by its first. */
const most = 400

export function Diff({ before, after }: { before: string; after: string }) {
  const { asking: words } = useWords()
  const rows = rowsOf(before, after)
  const shown = shownOf(rows)
  return (
    // Lines are long: the list scrolls, and keys can scroll it.
    <section className="diff" aria-label={words.changes} tabIndex={0}>
      <ol>
        {shown.map((index, at) => (
          <Fragment key={index}>
            {at > 0 && shown[at - 1] !== index - 1 && <li className="gap">⋯</li>}
            <Lines row={rows[index] as Row} />
          </Fragment>
        ))}
      </ol>
    </section>
  )
}

function Lines({ row: { left, right } }: { row: Row }) {
  const { asking: words } = useWords()
  if (left && !left.changed) return <li>{left.text || ' '}</li>
  return (
    <>
      {left && (
        <li className="gone">
          <span className="unseen">{words.removed}</span>
          {left.text || ' '}
        </li>
      )}
      {right && (
        <li className="come">
          <span className="unseen">{words.added}</span>
          {right.text || ' '}
        </li>
      )}
    </>
  )
}

/** Places of the rows that differ, and of those around them. */
function shownOf(rows: readonly Row[]): number[] {
  const shown = new Set<number>()
  for (const [index, { left, right }] of rows.entries()) {
    if (!left?.changed && !right?.changed) continue
    for (let at = Math.max(0, index - around); at <= Math.min(rows.length - 1, index + around); at++) shown.add(at)
  }
  return [...shown].toSorted((a, b) => a - b).slice(0, most)
}
