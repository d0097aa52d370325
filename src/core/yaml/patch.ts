/** Writes changes into the user's text at their places, so that comments, order and style survive. The only file that knows yaml. */
import { type ToStringOptions, visit, Document as YamlDocument } from 'yaml'
import { listed } from '../base/collect'
import { isMap } from '../base/loose'
import { both, type Text } from '../base/text'
import type { Change, Document, Path } from './document'
import { type Parsed, type Piece, parse, treeIn } from './parse'
import type { YamlNode } from './parse/node'
import { scalarOf } from './parse/scalar'
import { maySecret } from './parse/secrets'
import { changed, placeOf } from './patch/changed'
import { alike, refine, type Step } from './patch/refine'
import { renameOf, type Splice, spliceOf, type Writer } from './patch/splice'

export { changed } from './patch/changed'
export { differences } from './patch/differences'

export type Patched = { text: string } | { refused: Text }

const cannot = both(
  'This change cannot be written into your text at its place: an alias, a merge key or an unusual form is in the way. Change the text by hand, or let it be written anew.',
  '这个改动无法写到文本中的相应位置：那里有别名、合并键或少见的写法。请手动修改文本，或重新生成文本。',
)

/**
 * The text after some changes of its documents. What is not touched stays letter by letter: comments, order of keys, quotes, indentation, line
 * ends. The new text is read again; where it does not say what the changed objects say, or the text does not hold the document of a place,
 * it is refused. The text and the changes are all that it needs.
 */
export function patched(text: string, changes: readonly Change[]): Patched {
  if (changes.length === 0) return { text }
  const parsed = parse(text)
  const keys = new Set(parsed.documents.map(({ id }) => id.key))
  if (changes.some((change) => !('add' in change) && !keys.has(placeOf(change)?.of.key ?? ''))) return { refused: cannot }
  const wanted = changed(parsed.documents, changes)
  for (const quoted of [false, true]) {
    const result = written(parsed, changes, writerOf(quoted))
    if (result !== null && says(result, wanted, parsed)) return { text: result }
  }
  return { refused: cannot }
}

function says(text: string, wanted: readonly unknown[], before: Parsed): boolean {
  const { documents, findings } = parse(text)
  // What an object lacks shows in the object; a key that occurs twice does not.
  const errors = (list: Parsed['findings']) => list.filter(({ level, lacks }) => level === 'error' && !lacks).length
  return (
    documents.length === wanted.length &&
    documents.every(({ object }, index) => alike(object, wanted[index])) &&
    errors(findings) <= errors(before.findings)
  )
}

type Edit = Exclude<Change, { add: unknown }>

function written(parsed: Parsed, changes: readonly Change[], write: Writer): string | null {
  const edits = new Map<string, Edit[]>()
  for (const change of changes) {
    const of = placeOf(change)?.of
    if (of && !('add' in change)) listed(edits, of.key, change)
  }
  const breaks = parsed.text.includes('\r\n') ? '\r\n' : '\n'
  let text = ''
  let end = 0
  for (const [index, piece] of parsed.pieces.entries()) {
    const own = piece.read.documents.filter(({ id }) => edits.has(id.key))
    if (own.length === 0) continue
    const made = pieceAfter(piece, own, edits, broken(write, breaks))
    if (made === null) return null
    const { from, to } = made === '' ? cutOf(parsed.pieces, index) : piece
    if (from < end) text = text.slice(0, text.length - (end - from))
    else text += parsed.text.slice(end, from)
    text += made
    end = Math.max(end, to)
  }
  text += parsed.text.slice(end)
  for (const change of changes) if ('add' in change) text = appended(text, write.block(change.add, false, 2), breaks)
  return text
}

const withBreaks = (text: string, breaks: string): string => (breaks === '\n' ? text : text.replace(/\r?\n/g, breaks))

/** The same writer with the line breaks of the text. */
const broken = (write: Writer, breaks: string): Writer => ({ ...write, breaks })

/** What goes with a document: the separator above it, or below it where it is the first; and what is behind its end mark. */
function cutOf(pieces: readonly Piece[], index: number): { from: number; to: number } {
  const piece = pieces[index] as Piece
  let last = index
  while (pieces[last + 1]?.unread) last++
  const next = pieces[last + 1]
  if (piece.above < piece.from || !next) return { from: piece.above, to: (pieces[last] as Piece).to }
  return { from: piece.from, to: next.from }
}

function appended(text: string, document: string, breaks: string): string {
  const fresh = `${withBreaks(document, breaks)}${breaks}`
  if (text.trim() === '') return fresh
  const closed = text.endsWith('\n') ? text : text + breaks
  return /(?:^|\n)---[ \t]*\r?\n$/.test(closed) ? closed + fresh : `${closed}---${breaks}${fresh}`
}

/** A piece after the edits of its documents; '' where nothing is left of it, null where an edit finds no place. */
function pieceAfter(piece: Piece, own: readonly Document[], edits: ReadonlyMap<string, Edit[]>, write: Writer): string | null {
  const { documents, bases } = piece.read
  let text: string | null = piece.read.text
  const gone: Step[] = []
  for (const of of own) {
    const list = edits.get(of.id.key) ?? []
    const base = bases[documents.indexOf(of)] ?? []
    if (list.some((edit) => 'remove' in edit && edit.remove.path.length === 0)) {
      if (base.length === 0) return ''
      gone.unshift({ is: 'remove', path: base })
      continue
    }
    const renames = list.filter((edit): edit is Rename => 'rename' in edit && !isTaken(of, edit))
    const named = changed([of], renames)[0]
    const after = changed([of], list)[0]
    text = stepped(renamed(text, renames, base, write), refine(named, after, base), after, base, write)
    text = text === null ? null : settled(text, after, base, write)
    if (text === null) return null
  }
  return stepped(text, gone, undefined, [], write)
}

type Rename = Extract<Edit, { rename: unknown }>

/** Whether the new name is there already: then the one goes and the other takes its value, key by key. */
function isTaken(of: Document, { rename: { path }, to }: Rename): boolean {
  const parent = partAt(of.object, path.slice(0, -1))
  return isMap(parent) && Object.hasOwn(parent, to)
}

const partAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (part, key) => (Array.isArray(part) ? part[key as number] : isMap(part) && Object.hasOwn(part, key) ? part[key] : undefined),
    value,
  )

/** A changed anchor changes what its aliases say: those that should not are written out. What is masked is not compared. */
function settled(text: string, after: unknown, base: Path, write: Writer): string | null {
  if (!/[*]\w/.test(text) || maySecret(text)) return text
  let result: string | null = text
  for (let round = 0; round < 3 && result !== null; round++) {
    const steps = refine(partAt(treeIn(result)?.value, base), after, base)
    if (steps.length === 0) return result
    result = stepped(result, steps, after, base, write)
  }
  return result
}

/** Steps within the value of an alias, as one step that writes the whole value in place of the alias. */
function unaliased(steps: readonly Step[], tree: YamlNode | null, after: unknown, base: Path): Step[] {
  const whole = new Map<string, Step>()
  const others: Step[] = []
  for (const step of steps) {
    const path = aliasOn(tree, step.path)
    if (path) whole.set(JSON.stringify(path), { is: 'value', path, value: partAt(after, path.slice(base.length)) })
    else others.push(step)
  }
  return [...whole.values(), ...others]
}

/** The way to the first alias on a path, its end not included. */
function aliasOn(tree: YamlNode | null, path: Path): Path | null {
  let node: YamlNode | undefined = tree ?? undefined
  for (const [depth, key] of path.entries()) {
    if (node?.alias) return path.slice(0, depth)
    node = node?.kind === 'map' ? node.entries.findLast(({ name }) => name === key)?.node : node?.items[key as number]
  }
  return null
}

/** Keys only: nothing moves but letters, the innermost first. */
function renamed(text: string, renames: readonly Rename[], base: Path, write: Writer): string {
  let result = text
  for (const { rename, to } of renames.toSorted((a, b) => b.rename.path.length - a.rename.path.length)) {
    const tree = treeIn(result)
    const splice = tree && renameOf(result, tree, [...base, ...rename.path], to, write)
    if (splice) result = result.slice(0, splice.from) + splice.text + result.slice(splice.to)
  }
  return result
}

/** Makes steps one after the other; as many as do not touch each other are made on one tree. */
function stepped(text: string, wanted: readonly Step[], after: unknown, base: Path, write: Writer): string | null {
  let result = text
  let pending: Splice[] = []
  let tree = treeIn(text)
  const steps = text.includes('*') ? unaliased(wanted, tree, after, base) : wanted
  const flush = () => {
    result = applied(result, pending)
    pending = []
    tree = treeIn(result)
  }
  let changedParents = new Set<string>()
  for (const step of steps) {
    const parent = JSON.stringify(step.path.slice(0, -1))
    let splice = tree && spliceOf(result, tree, step, write)
    const structural = step.is !== 'value' || !splice || splice.from === splice.to
    if (pending.length > 0 && (!splice || touches(splice, pending) || (structural && changedParents.has(parent)))) {
      flush()
      changedParents = new Set()
      splice = tree && spliceOf(result, tree, step, write)
    }
    if (!splice) return null
    pending.push({ ...splice, text: withBreaks(splice.text, write.breaks) })
    if (structural) changedParents.add(parent)
  }
  return applied(result, pending)
}

const touches = (splice: Splice, others: readonly Splice[]): boolean =>
  others.some(({ from, to }) => splice.from <= to && from <= splice.to)

function applied(text: string, splices: readonly Splice[]): string {
  let result = ''
  let end = 0
  for (const { from, to, text: fresh } of splices.toSorted((a, b) => a.from - b.from)) {
    result += text.slice(end, from) + fresh
    end = to
  }
  return result + text.slice(end)
}

/** Writes with yaml; `quoted`: every text in quotes, for words that another reader takes for something else. */
function writerOf(quoted: boolean): Writer {
  const options: ToStringOptions = { lineWidth: 0, flowCollectionPadding: false }
  if (quoted) Object.assign(options, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } satisfies ToStringOptions)
  const document = (value: unknown) => new YamlDocument(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false })
  const writer: Writer = {
    breaks: '\n',
    block: (value, indentLists, step) =>
      document(value)
        .toString({ ...options, indent: step, indentSeq: indentLists })
        .trimEnd(),
    flow: (value, json) => {
      if (json) return JSON.stringify(value)
      const whole = document(value)
      visit(whole, { Collection: (_, node) => void (node.flow = true) })
      return whole.toString(options).trimEnd()
    },
    plain: (value, flow) =>
      !quoted &&
      scalarOf(value) === value &&
      !value.includes('\n') &&
      (flow ? writer.flow([value], false) === `[${value}]` : document(value).toString(options).trimEnd() === value),
  }
  return writer
}
