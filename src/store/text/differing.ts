/** Two texts beside each other, line by line. The only file that knows diff. */
import { diffLines } from 'diff'

/** A line of one side: its number from 1, and whether the other side lacks it. */
export interface Side {
  line: number
  text: string
  changed: boolean
}

/** What is beside each other; null where one side has nothing. */
export interface Row {
  left: Side | null
  right: Side | null
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n')

/** The rows of two texts: equal lines face each other, and of a place that differs the lines of both sides, from its first on. */
export function rowsOf(left: string, right: string): Row[] {
  const rows: Row[] = []
  let [one, two] = [1, 1]
  const gone: string[] = []
  const flush = (come: readonly string[]) => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) {
      const [before, after] = [gone[at], come[at]]
      rows.push({
        left: before === undefined ? null : { line: one++, text: before, changed: true },
        right: after === undefined ? null : { line: two++, text: after, changed: true },
      })
    }
    gone.length = 0
  }
  for (const { value, added, removed } of diffLines(`${left.trimEnd()}\n`, `${right.trimEnd()}\n`)) {
    const lines = linesOf(value)
    if (removed) gone.push(...lines)
    else if (added) flush(lines)
    else {
      flush([])
      for (const text of lines) rows.push({ left: { line: one++, text, changed: false }, right: { line: two++, text, changed: false } })
    }
  }
  flush([])
  return rows
}

/** The rows in whose changed lines a piece of text is. */
export const rowsWith = (rows: readonly Row[], piece: string): number[] =>
  rows.flatMap(({ left, right }, index) => ([left, right].some((side) => side?.changed && side.text.includes(piece)) ? [index] : []))
