/** Between lines of the text and nodes of the picture, whoever wrote the text. Comes with the editor's later part. */

import type { Id } from '../../core/base/id'
import { memoLast } from '../../core/base/memo'
import type { Doc } from '../../core/compile/resource'
import { type Parsed, placeAt } from '../../core/yaml/parse'
import { draftOf, type State } from '../state/store'
import { lineIn } from './line-starts'
import { drawingOf, idsOfPlace, parsedOf, spanOf } from './understand'
import { docAt, docsOf, idsAt, type Lines, linesOf } from './written'

const none: readonly Id[] = []

/** The lines that nodes and hops come from, in the order of the text. */
export function linesOfIds(state: State, ids: readonly Id[]): Lines[] {
  if (!draftOf(state)) return linesOf(docsOf(state), ids)
  const { places } = drawingOf(state)
  const { text } = parsedOf(state)
  const lines = ids
    .flatMap((id) => places.get(id) ?? [])
    .flatMap((place) => {
      const span = spanOf(state, place)
      return span ? [{ from: lineIn(text, span.from), to: lineIn(text, Math.max(span.from, lastLetter(text, span.to))) }] : []
    })
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
  const joined: Lines[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (last && line.from <= last.to + 1) last.to = Math.max(last.to, line.to)
    else joined.push({ ...line })
  }
  return joined
}

/** The nodes and hops that a line, counted from 1, comes from. */
export function idsOfLine(state: State, line: number): readonly Id[] {
  if (!draftOf(state)) return idsAt(docsOf(state), line)
  const place = placeOfLine(parsedOf(state), line)
  return place ? idsOfPlace(state, place) : none
}

export interface LineOf {
  kind: string
  name: string
  index: number
  count: number
}

/** The object that a line is in; null between objects and where nothing can be read. */
export const objectOfLine = (state: State, line: number): LineOf | null =>
  draftOf(state) ? objectIn(parsedOf(state), line) : docIn(docsOf(state), line)

const docIn = memoLast((docs: readonly Doc[], line: number): LineOf | null => {
  const at = docAt(docs, line)
  return at && { kind: at.doc.of.kind, name: at.doc.of.name, index: at.index, count: docs.length }
})

const objectIn = memoLast((parsed: Parsed, line: number): LineOf | null => {
  const of = placeOfLine(parsed, line)?.of
  const { documents } = parsed
  return of ? { kind: of.kind, name: of.name, index: documents.findIndex(({ id }) => id.key === of.key), count: documents.length } : null
})

function placeOfLine(parsed: Parsed, line: number) {
  let at = 0
  for (let n = 1; n < line && at !== -1; n++) at = parsed.text.indexOf('\n', at) + 1 || -1
  if (at === -1) return null
  const blank = /^[ \t]*/.exec(parsed.text.slice(at, at + 500))?.[0].length ?? 0
  return placeAt(parsed, at + blank)
}

/** A value's span may end behind its line break. */
function lastLetter(text: string, to: number): number {
  let at = to
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
  return at
}
