/** Text -> documents, as Kubernetes reads them, and what is wrong with the text. The only file beside the printer that knows js-yaml. */
import { type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml'
import type { Document, Place, Span } from './document'
import type { Finding } from './finding'
import { compose, differences, type YamlEvent } from './parse/compose'
import { documentOf, isObject, itemsOf } from './parse/identity'
import type { Remark, YamlNode } from './parse/node'
import { said } from './parse/says'
import { cutsOf } from './parse/split'
import { both, type Text } from './text'

export interface Parsed {
  text: string
  documents: readonly Document[]
  findings: readonly Finding[]
  /** Its pieces between the separators, in order; an empty one has no documents. */
  pieces: readonly Piece[]
}

/** One piece of a text: where it stands, and what it holds. */
export interface Piece extends Span {
  /** Where the separator above it begins. */
  above: number
  read: Reading
}

/** What was read of the text of a piece; the same for the same text. */
interface Reading {
  text: string
  documents: readonly Document[]
  /** Where each document's object lies in the piece's: [] but for the items of a List. */
  bases: readonly (readonly (string | number)[])[]
  /** Spans in these are offsets in the piece. */
  findings: readonly Finding[]
}

const known = new Map<string, Reading[]>()
const bound = 20_000

/** Reads a text. Never throws: what cannot be read is told in `findings`, and the documents beside it are read all the same. */
export function parse(text: string): Parsed {
  const pieces: Piece[] = []
  const documents: Document[] = []
  const findings: Finding[] = []
  const seen = new Map<string, number>()
  for (const { from, to, above } of cutsOf(text)) {
    const part = text.slice(from, to)
    const nth = seen.get(part) ?? 0
    seen.set(part, nth + 1)
    const read = readingOf(part, nth)
    pieces.push({ from, to, above, read })
    documents.push(...read.documents)
    findings.push(...read.findings.map((finding) => moved(finding, from)))
  }
  return { text, documents, findings, pieces }
}

const moved = (finding: Finding, by: number): Finding =>
  finding.span && by > 0 ? { ...finding, span: { from: finding.span.from + by, to: finding.span.to + by } } : finding

/** The reading of a piece; the same one for the same text, and one of its own for each of several equal pieces. */
function readingOf(part: string, nth: number): Reading {
  const list = known.get(part) ?? []
  if (list[nth]) return list[nth]
  if (known.size >= bound) known.clear()
  const read = readPiece(part)
  known.set(part, [...list, read])
  return read
}

function readPiece(text: string): Reading {
  const { root, remarks, error } = treeOf(text)
  if (error) return { text, documents: [], bases: [], findings: [error] }
  if (!root || root.value === null) return { text, documents: [], bases: [], findings: [] }
  const object = root.value
  if (!isObject(object)) return { text, documents: [], bases: [], findings: [noObject(root)] }
  const items = itemsOf(object)
  const documents = items ? items.map((item) => documentOf(item, text)) : [documentOf(object, text)]
  const bases = items ? items.map((_, index) => ['items', index]) : [[]]
  const of = documents[0]
  const told = [...remarks, ...differences(root, text)].map((remark) => findingOf(remark, of))
  return { text, documents, bases, findings: told }
}

const noObject = (root: YamlNode): Finding => ({
  rule: 'Y-no-object',
  level: 'error',
  by: 'yaml',
  on: null,
  span: { from: root.from, to: root.to },
  says: both(
    'This is no Kubernetes object: an object is a map with `apiVersion`, `kind` and `metadata`.',
    '这不是 Kubernetes 对象：对象应是含有 `apiVersion`、`kind` 和 `metadata` 的映射。',
  ),
})

function findingOf(remark: Remark, of: Document | undefined): Finding {
  const { level, says } = said(remark)
  const at = of && remark.path ? { of, path: remark.path } : undefined
  return { rule: remark.rule, level, by: 'yaml', on: null, says, span: { from: remark.from, to: remark.to }, ...(at && { at }) }
}

interface Tree {
  root: YamlNode | null
  remarks: Remark[]
  error?: Finding
}

function treeOf(text: string): Tree {
  try {
    const events = parseEvents(text, { maxDepth: 100 }) as Event[]
    return compose(events as YamlEvent[], text, (event) => getScalarValue(text, event as Parameters<typeof getScalarValue>[1]))
  } catch (error) {
    return { root: null, remarks: [], error: syntaxFinding(error, text) }
  }
}

function syntaxFinding(error: unknown, text: string): Finding {
  const reason = error instanceof YAMLException ? error.reason : String(error)
  const at = Math.min(error instanceof YAMLException ? (error.mark?.position ?? 0) : 0, Math.max(0, text.length - 1))
  const says: Text = both(`This is no valid YAML: ${reason}.`, `这里不是有效的 YAML：${reason}。`)
  return { rule: 'Y-syntax', level: 'error', by: 'yaml', on: null, says, span: { from: at, to: Math.min(text.length, at + 1) } }
}

/** The tree of a text of one document, with where its parts stand; null where it is broken or empty. */
export const treeIn = (text: string): YamlNode | null => treeOf(text).root

const trees = new WeakMap<Reading, YamlNode | null>()

function treeFor(read: Reading): YamlNode | null {
  const before = trees.get(read)
  if (before !== undefined) return before
  const { root } = treeOf(read.text)
  trees.set(read, root)
  return root
}

const owners = new WeakMap<Parsed, Map<Document, Piece>>()

function pieceOf(parsed: Parsed, of: Document): Piece | undefined {
  let map = owners.get(parsed)
  if (!map) {
    map = new Map(parsed.pieces.flatMap((piece) => piece.read.documents.map((document) => [document, piece] as const)))
    owners.set(parsed, map)
  }
  return map.get(of)
}

/** Where a place stands in the text: its value; for a path that is not there the nearest ancestor's key. Null for a document of another text. */
export function locate(parsed: Parsed, place: Place): Span | null {
  const piece = pieceOf(parsed, place.of)
  const tree = piece && treeFor(piece.read)
  if (!piece || !tree) return null
  const base = piece.read.bases[piece.read.documents.indexOf(place.of)] ?? []
  let node = tree
  let span: Span = tree
  let whole = true
  for (const key of [...base, ...place.path]) {
    const pair = node.kind === 'map' ? node.entries.findLast(({ name }) => name === String(key)) : undefined
    const next = pair ? pair.node : node.kind === 'list' && typeof key === 'number' ? node.items[key] : undefined
    if (!next) {
      whole = false
      break
    }
    span = pair ? pair.key : next
    node = next
  }
  const { from, to } = whole ? node : span
  return { from: from + piece.from, to: to + piece.from }
}

/** The innermost part of a document that stands at an offset; null between documents and where nothing could be read. */
export function placeAt(parsed: Parsed, offset: number): Place | null {
  const piece = parsed.pieces.findLast(({ from }) => from <= offset)
  const tree = piece && treeFor(piece.read)
  if (!piece || !tree) return null
  const at = offset - piece.from
  const path: (string | number)[] = []
  let node: YamlNode | undefined = tree
  while (node) {
    const pair: YamlNode['entries'][number] | undefined = node.entries.find(
      ({ key, node: child }) => key.from <= at && at <= Math.max(key.to, child.to),
    )
    const index: number = node.items.findIndex(({ from, to }) => from <= at && at <= to)
    if (pair) path.push(pair.name)
    else if (index >= 0) path.push(index)
    node = pair ? pair.node : node.items[index]
  }
  const { documents, bases } = piece.read
  const inside = bases.findIndex((base) => base.every((key, depth) => path[depth] === key))
  const of = documents[inside]
  return of ? { of, path: path.slice(bases[inside]?.length ?? 0) } : null
}
