/** Text -> documents, as Kubernetes reads them, and what is wrong with the text. The only file beside the printer that knows js-yaml. */
import { getScalarValue, parseEvents, YAMLException } from 'js-yaml'
import { kept } from '../base/collect'
import { memo, memoLastBy, memoText } from '../base/memo'
import { both } from '../base/text'
import type { Document, Place, Span } from './document'
import type { Finding } from './finding'
import { type Composed, compose, type YamlEvent } from './parse/compose'
import { flattened } from './parse/flatten'
import { calledOf } from './parse/identity'
import type { YamlNode } from './parse/node'
import { nodeOf, pathAt } from './parse/places'
import { type Reading, readingOf } from './parse/reading'
import { type Cut, cutsOf } from './parse/split'
import { syntaxSaid } from './parse/syntax'
import { mostDocuments, spanned, toldOfWhole, tooLarge, tooMany } from './parse/whole'

export interface Parsed {
  text: string
  documents: readonly Document[]
  findings: readonly Finding[]
  /** Its pieces between the separators, in order; an empty one has no documents. */
  pieces: readonly Piece[]
}

/** One piece of a text: where it begins and ends, and what it holds. */
export interface Piece extends Span {
  /** Where the separator above it begins. */
  above: number
  /** It follows a line `...` and belongs to the document above, of which kubectl reads no more. */
  unread: boolean
  read: Reading
}

/** What was read of one text of a piece: where its documents are the first of their names, and where others above are called the same. */
interface Readings {
  alone: Reading
  /** What the documents of it are called. */
  called: readonly string[]
  /** By the counts of those above. */
  others: Map<string, Reading>
}

const mostPieces = 60_000
/** A copy of its own: a part of a text would hold all of that text as long as it is remembered. */
const flat = (part: string): string => JSON.parse(JSON.stringify(part)) as string

const readings = memoText(
  mostPieces,
  (text): Readings => {
    const alone = readingOf(text, treeOf)
    return { alone, called: alone.documents.map(calledOf), others: new Map() }
  },
  flat,
)

/** The reading of a piece below documents that `counts` counts by what they are called; counts its own in turn. */
function readBelow(part: string, counts: Map<string, number>): Reading {
  const { alone, called, others } = readings(part)
  const above = called.map((each) => counts.get(each) ?? 0)
  for (const each of called) counts.set(each, (counts.get(each) ?? 0) + 1)
  if (above.every((count) => count === 0)) return alone
  return kept(others, above.join(), () => readingOf(alone.text, treeOf, new Map(called.map((each, index) => [each, above[index] ?? 0]))))
}

/** Reads a text. Never throws: what cannot be read is told in `findings`, and the documents beside it are read all the same. */
export function parse(text: string): Parsed {
  return parseBelow(text, new Map())
}

/** The same of several texts that are one configuration: no two of their documents share a key. */
export function parseAll(texts: readonly string[]): Parsed[] {
  const counts = new Map<string, number>()
  return texts.map((text) => parseBelow(text, counts))
}

function parseBelow(text: string, counts: Map<string, number>): Parsed {
  const steps = parseSteps(text, Number.POSITIVE_INFINITY, counts)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in steps, so that a page does not freeze over thousands of documents: after each `many` pieces that were not known before it tells
 * how many are done of how many. `counts`: the documents of other texts above, by what they are called; those of this text are added.
 */
export function* parseSteps(text: string, many = 200, counts = new Map<string, number>()): Generator<{ done: number; of: number }, Parsed> {
  const large = tooLarge(text)
  if (large) return { text, documents: [], findings: [large], pieces: [] }
  const cuts = cutsOf(text)
  const last = cuts.at(-1)
  if (cuts.length > mostDocuments && last)
    return { text, documents: [], findings: [tooMany(cuts.length, { from: last.above, to: last.above + 3 })], pieces: [] }
  const pieces: Piece[] = []
  const documents: Document[] = []
  const findings: Finding[] = toldOfWhole(text)
  let fresh = 0
  for (const [index, cut] of cuts.entries()) {
    const part = cut.unread ? '' : text.slice(cut.from, cut.to)
    if (!readings.knows(part)) fresh++
    const read = readBelow(part, counts)
    pieces.push({ from: cut.from, to: cut.to, above: cut.above, unread: cut.unread, read })
    documents.push(...read.documents)
    if (cut.directive >= 0) findings.push(directiveFinding(cut))
    if (cut.bareEnd >= 0) findings.push(bareEndFinding(cut.bareEnd))
    if (cut.unread) findings.push(...unreadFinding(text, cut))
    for (const finding of read.findings) findings.push(moved(finding, cut.from))
    if (fresh >= many && index < cuts.length - 1) {
      fresh = 0
      yield { done: index + 1, of: cuts.length }
    }
  }
  return { text, documents, findings, pieces }
}

/** A finding of a piece at its offset in the text; the same object as long as the piece begins where it began. */
const moved = memoLastBy((finding: Finding, by: number): Finding => {
  if (!finding.span || by === 0) return finding
  return { ...finding, span: { from: finding.span.from + by, to: finding.span.to + by } }
})

const directiveFinding = ({ directive }: Cut): Finding =>
  spanned(
    'Y-directive',
    'error',
    { from: directive, to: directive + 1 },
    both(
      'kubectl does not read lines that begin with `%`. Remove it; what follows is read.',
      'kubectl 不读以 `%` 开头的行。请删去；后面的内容照常读取。',
    ),
  )

const bareEndFinding = (at: number): Finding =>
  spanned(
    'Y-end',
    'error',
    { from: at, to: at + 3 },
    both(
      'The line `...` ends a document, and there is none above it: kubectl refuses that. Remove it.',
      '`...` 表示文档结束，但上方没有文档：kubectl 会拒绝。请删去这一行。',
    ),
  )

/** What follows a line `...`, where it is more than blanks and comments. */
function unreadFinding(text: string, { from, to }: Cut): Finding[] {
  const first = /^[ \t]*[^#\s]/m.exec(text.slice(from, to))
  if (!first) return []
  const at = from + first.index + first[0].length - 1
  const says = both(
    'kubectl reads nothing of this: the line `...` above ends the document, and only `---` begins another. Write `---` in its place.',
    'kubectl 不会读取这里：上方的 `...` 结束了文档，只有 `---` 才开始下一个文档。请改写成 `---`。',
  )
  return [spanned('Y-unread', 'warning', { from: at, to: at + 1 }, says)]
}

/** The tree of a piece, or what the parser stumbled over. */
function treeOf(text: string): Composed | { error: Finding } {
  try {
    return composed(text)
  } catch (error) {
    const brackets = error instanceof YAMLException && /deficient indentation/.test(error.reason) && text.length < 2_000_000
    if (!brackets) return { error: syntaxFinding(error, text) }
    try {
      return composed(flattened(text))
    } catch (still) {
      return { error: syntaxFinding(still, text) }
    }
  }
}

function composed(text: string): Composed {
  const events = parseEvents(text, { maxDepth: 100 })
  return compose(events as YamlEvent[], text, (event) => getScalarValue(text, event as Parameters<typeof getScalarValue>[1]))
}

function syntaxFinding(error: unknown, text: string): Finding {
  const reason = error instanceof YAMLException ? error.reason : String(error)
  const position = error instanceof YAMLException ? (error.mark?.position ?? 0) : 0
  let from = Math.max(0, Math.min(position, text.length - 1))
  // At the end of a line or of the text there is nothing to underline: the last letter before it is what matters.
  while (from > 0 && /\s/.test(text[from] ?? ' ') && text[from] !== '\t') from--
  const { rule, says } = syntaxSaid(reason, text[position] ?? '')
  return spanned(rule, 'error', { from, to: Math.min(text.length, from + 1) }, says)
}

/** The tree of a text of one document, with the offsets of its parts; null where it is broken or empty. */
export function treeIn(text: string): YamlNode | null {
  const tree = treeOf(text)
  return 'root' in tree ? tree.root : null
}

const treeFor = memo((read: Reading) => ({ tree: treeIn(read.text) }))

const piecesOf = memo(
  (parsed: Parsed) => new Map(parsed.pieces.flatMap((piece) => piece.read.documents.map(({ id }) => [id.key, piece] as const))),
)

/** The offsets of a place in the text: of its value; for a path that is not there the nearest ancestor's key. Null for a document that the text does not hold. */
export function locate(parsed: Parsed, place: Place): Span | null {
  const piece = piecesOf(parsed).get(place.of.key)
  const tree = piece && treeFor(piece.read).tree
  if (!piece || !tree) return null
  const base = piece.read.bases[piece.read.documents.findIndex(({ id }) => id.key === place.of.key)] ?? []
  const { from, to } = nodeOf(tree, [...base, ...place.path], piece.read.text)
  return { from: from + piece.from, to: to + piece.from }
}

/** The innermost part of a document at an offset; null between documents and where nothing could be read. */
export function placeAt(parsed: Parsed, offset: number): Place | null {
  const piece = pieceAt(parsed.pieces, offset)
  const tree = piece && treeFor(piece.read).tree
  if (!piece || !tree) return null
  const path = pathAt(tree, offset - piece.from)
  const { documents, bases } = piece.read
  const inside = bases.findIndex((base) => base.every((key, depth) => path[depth] === key))
  const of = documents[inside]
  return of ? { of: of.id, path: path.slice(bases[inside]?.length ?? 0) } : null
}

/** The piece in which an offset lies, by halves. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let [low, high] = [0, pieces.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.from ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  const piece = pieces[low]
  return piece && piece.from <= offset && offset <= piece.to ? piece : undefined
}
