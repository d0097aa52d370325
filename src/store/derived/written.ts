/** What is written: resources and documents of the design, remembered by their inputs. Loaded with the editor, not with the first paint. */

import type { Id } from '../../core/base/id'
import { continued, memoLast } from '../../core/base/memo'
import type { Lang } from '../../core/base/text'
import { compile } from '../../core/compile/compile'
import type { DialectId } from '../../core/compile/dialects'
import { dialects } from '../../core/compile/dialects'
import { print, textOf } from '../../core/compile/print'
import type { Doc, Need, Resource } from '../../core/compile/resource'
import type { Design } from '../../core/model/design'
import { designOf, draftOf, type State } from '../state/store'
import { meaningOf } from './meaning'

/** Compiles one design after another: what is as before stays the same object. */
const compiled = continued((before: Resource[] | null, design: Design, dialect: DialectId) =>
  compile(design, dialects[dialect], before ?? undefined),
)

/** The objects of the design, in the order in which they are applied. Moving a node gives the very same array. */
export const resourcesOf = (state: State): Resource[] => compiled(meaningOf(designOf(state)), state.dialect)

const needed = memoLast((resources: readonly Resource[]): readonly Need[] => {
  const byCommand = new Map(resources.flatMap(({ needs }) => needs.map((need) => [need.run, need])))
  return [...byCommand.values()]
})

/** What has to be run before the YAML is applied, each command once; the same array while the resources are the same. */
export const needsOf = (state: State): readonly Need[] => needed(resourcesOf(state))

const printed = continued((before: Doc[] | null, resources: Resource[], dialect: DialectId, comments: boolean, lang: Lang) => {
  const docs = print(resources, dialects[dialect], { comments, lang })
  return before && sameItems(before, docs) ? before : docs
})

/** The same objects as text; the same array while no document has changed. */
export const docsOf = (state: State): Doc[] => printed(resourcesOf(state), state.dialect, state.comments, state.lang)

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((item, index) => item === b[index])

const joinedText = memoLast((docs: readonly Doc[]): string => textOf(docs))

/** What the design prints. */
export const printedText = (state: State): string => joinedText(docsOf(state))
/** The text of the editor: the person's own, or what the design prints. */
export const textNow = (state: State): string => draftOf(state)?.text ?? printedText(state)

/** Lines of the whole text, counted from 1 as editors do, both ends included. */
export interface Lines {
  from: number
  to: number
}

/** On which line each document begins; a separator is between two. */
const startsOf = memoLast((docs: readonly Doc[]): number[] => {
  const starts: number[] = []
  let line = 1
  for (const doc of docs) {
    starts.push(line)
    line += doc.lines + 1
  }
  return starts
})

/** Which lines come from these nodes and hops, in the order of the text; neighbours are one. */
export function linesOf(docs: readonly Doc[], ids: readonly Id[]): Lines[] {
  if (ids.length === 0) return []
  const wanted = new Set(ids)
  const starts = startsOf(docs)
  const found = docs.flatMap((doc, index) => {
    const start = starts[index] as number
    return doc.marks
      .filter((mark) => mark.ids.some((id) => wanted.has(id)))
      .map((mark) => ({ from: start + mark.from, to: start + mark.to }))
  })
  return joined(found)
}

function joined(lines: Lines[]): Lines[] {
  const out: Lines[] = []
  for (const range of lines.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1)
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to)
    else out.push({ ...range })
  }
  return out
}

/** The document that a line belongs to, and which one it is; a separator belongs to the one above. */
export function docAt(docs: readonly Doc[], line: number): { doc: Doc; index: number; line: number } | null {
  const starts = startsOf(docs)
  let [low, high] = [0, docs.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= line) low = middle
    else high = middle - 1
  }
  const doc = docs[low]
  return doc ? { doc, index: low, line: line - (starts[low] as number) } : null
}

const nowhere: readonly Id[] = []

/** The nodes and hops that a line comes from: those of the smallest part around it, so that a line inside a server tells its hop and not its gateway. */
export function idsAt(docs: readonly Doc[], line: number): readonly Id[] {
  const at = docAt(docs, line)
  if (!at) return nowhere
  const around = at.doc.marks.filter((mark) => mark.from <= at.line && at.line <= mark.to)
  const smallest = Math.min(...around.map((mark) => mark.to - mark.from))
  const ids = around.filter((mark) => mark.to - mark.from === smallest).flatMap((mark) => mark.ids)
  return ids.length > 0 ? [...new Set(ids)] : nowhere
}
