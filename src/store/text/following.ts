/** What a text makes of the picture: how the canvas follows the editor. */

import { same } from '../../core/base/text'
import type { Design } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import { type Drawing, draw, drawSteps } from '../../core/picture/draw'
import { read } from '../../core/read/read'
import type { DocumentId, Span } from '../../core/yaml/document'
import type { Finding } from '../../core/yaml/finding'
import type { Parsed } from '../../core/yaml/parse'
import { sameDocument } from '../../core/yaml/place'
import { printedText } from '../derived/written'
import { saying, type Told } from '../state/saying'
import { store } from '../state/store'
import { parsedText } from './reading'

/** What a text makes of the picture before it. A text that cannot be read as a whole leaves the picture as it is. */
export function followed(text: string, design: Design): Work {
  const parsed = parsedText(text)
  if (brokenAt(parsed)) return { design, draft: { text, is: 'broken' } }
  return drawnWork(text, drawingOf(parsed, design).design)
}

export const drawingOf = ({ documents }: Pick<Parsed, 'documents'>, before: Design | null): Drawing =>
  draw(documents, read(documents), before)

/** The same, step by step. */
export const drawingSteps = ({ documents }: Pick<Parsed, 'documents'>, before: Design | null): Generator<undefined, Drawing> =>
  drawSteps(documents, read(documents), before)

/** A text longer than this is not printed again only to be compared. */
const long = 300_000

/** The text is no longer the person's where it is what the picture prints. */
export function drawnWork(text: string, design: Design): Work {
  if (text.length > long) return { design, draft: { text, is: 'drawn' } }
  const state = store.getState()
  const printed = printedText({ ...state, history: { ...state.history, now: { design, draft: null } } })
  return { design, draft: printed === text ? null : { text, is: 'drawn' } }
}

/** Where a text cannot be read: the first place; null: all of it can. */
export const brokenAt = ({ findings }: Pick<Parsed, 'findings'>): Finding | null =>
  findings.find(({ by, level }) => by === 'yaml' && level === 'error') ?? null

/** What a text printed from the design would no longer say. */
export function dropped(text: string, design: Design): Told[] {
  const parsed = parsedText(text)
  const { notDrawn } = drawingOf(parsed, design)
  const comments = text.split('\n').filter((line) => /(?:^|\s)#/.test(line)).length
  const whole = notDrawn
    .filter(({ call }) => !call)
    .filter(({ of }, index) => notDrawn.findIndex((other) => sameDocument(other.of, of)) === index)
  const unread = parsed.findings.filter(({ by, level, span }) => by === 'yaml' && level === 'error' && span).length
  return [
    ...(comments > 0 ? [saying('comments', { n: comments })] : []),
    ...(unread > 0 ? [saying('unreadable', { n: unread })] : []),
    ...whole.map(({ of }) => same(titleOf(of))),
    saying('ownStyle'),
  ]
}

const titleOf = ({ kind, name }: DocumentId): string => `${kind || '?'} ${name}`.trim()

/** Where the question's text cannot be read. */
export const errorSpan = (text: string): Span | null => brokenAt(parsedText(text))?.span ?? null
