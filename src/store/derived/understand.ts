/**
 * What is understood of the text: its documents, the Mesh, problems, the trace of a request. Derived, never stored, and remembered by its
 * inputs: the same state gives the very same objects. Loaded after the canvas has painted; views of understanding import it as it is.
 */

import { listed } from '../../core/base/collect'
import type { Id } from '../../core/base/id'
import { inOrder, judged as judgedBy, lint } from '../../core/check/lint'
import { refused } from '../../core/check/refused'
import { rules } from '../../core/check/rules'
import type { Mesh } from '../../core/istio/mesh'
import type { Surroundings } from '../../core/istio/surroundings'
import type { Design } from '../../core/model/design'
import { type Drawing, draw, drawSteps, type NotDrawn } from '../../core/picture/draw'
import { surroundingsOf } from '../../core/picture/drawn-surroundings'
import { read } from '../../core/read/read'
import { type Schemas, shape } from '../../core/schema/schema'
import type { Trace } from '../../core/trace/outcome'
import { trace } from '../../core/trace/trace'
import type { Document, Path, Place, Span } from '../../core/yaml/document'
import type { Finding } from '../../core/yaml/finding'
import { locate, type Parsed, parse } from '../../core/yaml/parse'
import { type Asked, designOf, draftOf, type State, store } from '../state/store'
import { keepLast, meaningOf } from './meaning'
import { loadSchemas } from './schemas'
import { findingsOf } from './select'
import { keepLater } from './steps'
import { stretchOf } from './stretch'
import { docsOf, idsAt, textNow } from './written'

/** The last answer of a function of several inputs, kept while all of them are the same. */
export function keepLastOf<I extends readonly unknown[], O>(f: (...inputs: I) => O): (...inputs: I) => O {
  let last: { inputs: I; output: O } | null = null
  return (...inputs) => {
    if (!last || !inputs.every((input, index) => input === last?.inputs[index])) last = { inputs, output: f(...inputs) }
    return last.output
  }
}

/** The text as it stands in the editor: the person's own, or what the design prints. */
export const textOf: (state: State) => string = textNow

/** A text longer than this is read when its author pauses. */
const long = 300_000
const pause = 250
let seen: string | null = null
let waiting: ReturnType<typeof setTimeout> | undefined

/** The text that is understood: that of the editor; of a very long one a moment ago's, until there is time. */
function understood(state: State): string {
  const text = textOf(state)
  if (text === seen) return text
  if (text.length < long || seen === null) {
    seen = text
    return text
  }
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    seen = textOf(store.getState())
    store.setState({})
  }, pause)
  return seen
}

const parsed = keepLastOf(parse)
const meshed = keepLast(read)

/** That text, parsed. */
export const parsedOf = (state: State): Parsed => parsed(understood(state))
export const documentsOf = (state: State): readonly Document[] => parsedOf(state).documents
export const meshOf = (state: State): Mesh => meshed(documentsOf(state))

const around = keepLastOf(surroundingsOf)

/** What stands around the YAML: pods and gateways of the design, and the World. */
export const surroundingsNow = (state: State): Surroundings => around(meaningOf(designOf(state)), draftOf(state) !== null)

type Drawn = Pick<Drawing, 'places' | 'notDrawn'>
const nothingDrawn: Drawn = { places: new Map(), notDrawn: [] }
const drawn = keepLastOf((documents: readonly Document[], mesh: Mesh, design: Design): Drawn => draw(documents, mesh, design))
const drawnLater = keepLater(
  (documents: readonly Document[], mesh: Mesh, design: Design): Generator<undefined, Drawn> => drawSteps(documents, mesh, design),
  nothingDrawn,
)

/** More documents than this are drawn and judged in pieces, so that the page answers meanwhile. */
const many = 1500

/** Which parts of a person's text each node and hop comes from, and what could not be drawn. A printed text is drawn as a whole. */
export function drawingOf(state: State): Drawn {
  if (!draftOf(state)) return nothingDrawn
  const documents = documentsOf(state)
  return (documents.length < many ? drawn : drawnLater)(documents, meshOf(state), meaningOf(designOf(state)))
}
export const notDrawnOf = (state: State): readonly NotDrawn[] => drawingOf(state).notDrawn

let schemas: Schemas | null = null
void loadSchemas().then((loaded) => {
  schemas = loaded
  store.setState({})
})

interface Judged {
  schema: readonly Finding[]
  rules: readonly Finding[]
}

const judged = keepLastOf(
  (documents: readonly Document[], mesh: Mesh, world: Surroundings, known: Schemas | null): Judged => ({
    schema: known ? shape(documents, known) : [],
    rules: lint({ documents, mesh, around: world }),
  }),
)

/** How many documents are held against their schemas at a time. */
const slice = 100

const judgedLater = keepLater(
  function* (documents: readonly Document[], mesh: Mesh, around: Surroundings, known: Schemas | null): Generator<undefined, Judged> {
    const schema: Finding[] = []
    for (let at = 0; at < documents.length; at += slice) {
      if (known) schema.push(...shape(documents.slice(at, at + slice), known))
      yield
    }
    const found: Finding[] = []
    for (const rule of rules) {
      found.push(...judgedBy(rule, { documents, mesh, around }))
      yield
    }
    return { schema, rules: inOrder({ documents }, found) }
  },
  { schema: [], rules: [] },
)

let told: readonly Finding[] | null = null

/**
 * All problems: yaml, schema, rules, design. Errors first, then in the order of the text; each with `on`, where a node or hop is known. While
 * a very long text waits to be read they are those of a moment ago: a key must not wait for them.
 */
export function problemsOf(state: State): readonly Finding[] {
  if (!told || understood(state) === textOf(state)) told = problemsNow(state)
  return told
}

function problemsNow(state: State): readonly Finding[] {
  const { documents, findings } = parsedOf(state)
  const { schema, rules } = (documents.length < many ? judged : judgedLater)(documents, meshOf(state), surroundingsNow(state), schemas)
  return gathered(findings, schema, rules, findingsOf(state), finderOf(state))
}

const levels = { error: 0, warning: 1, info: 2 }

const gathered = keepLastOf(
  (yaml: readonly Finding[], schema: readonly Finding[], rules: readonly Finding[], design: readonly Finding[], find: Finder) => {
    const written = [...yaml, ...schema, ...rules].map((finding) =>
      finding.on || !finding.at ? finding : { ...finding, on: find.on(finding.at) },
    )
    // What is in a person's text is judged by the text: a drawing may not be able to show all that is said there.
    const drawing = design.filter((finding) => finding.on === null || !find.has(finding.on))
    // A wrong drawing is printed wrong: it is told once, where it is mended.
    const wrong = new Set(drawing.filter(({ level }) => level === 'error').map(({ on }) => on))
    const apart = written.filter(({ on }) => on === null || !wrong.has(on))
    return [...apart, ...drawing].sort((a, b) => levels[a.level] - levels[b.level])
  },
)

interface Finder {
  on(at: Place): Id | null
  ids(at: Place): readonly Id[]
  /** Whether a person's text says something of this node or hop. */
  has(id: Id): boolean
}

const isHop = (id: Id, design: Design): boolean => design.hops.some((hop) => hop.id === id)
const firstOf = (ids: readonly Id[], design: Design): Id | null => ids.find((id) => isHop(id, design)) ?? ids[0] ?? null
const none: readonly never[] = []

function finderOf(state: State): Finder {
  const design = meaningOf(designOf(state))
  return draftOf(state) ? draftFinder(drawingOf(state).places, design) : printedFinder(parsedOf(state), docsOf(state), design)
}

const draftFinder = keepLastOf((places: Drawing['places'], design: Design): Finder => {
  const byDocument = new Map<string, { path: Path; id: Id }[]>()
  for (const [id, list] of places) for (const { of, path } of list) listed(byDocument, of.key, { path, id })
  const ids = ({ of, path }: Place): readonly Id[] => {
    const above = (byDocument.get(of.key) ?? []).filter((each) => each.path.every((key, index) => path[index] === key))
    const deepest = Math.max(-1, ...above.map((each) => each.path.length))
    return above.length > 0 ? [...new Set(above.filter((each) => each.path.length === deepest).map(({ id }) => id))] : none
  }
  return { ids, on: (at) => firstOf(ids(at), design), has: (id) => places.has(id) }
})

const printedFinder = keepLastOf((text: Parsed, docs: ReturnType<typeof docsOf>, design: Design): Finder => {
  const ids = (at: Place): readonly Id[] => {
    const span = locate(text, at)
    return span ? idsAt(docs, lineAt(text.text, span.from)) : none
  }
  return { ids, on: (at) => firstOf(ids(at), design), has: () => false }
})

/** The line of an offset, counted from 1 as editors do. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

const byId = keepLast((problems: readonly Finding[]) => {
  const map = new Map<Id, Finding[]>()
  for (const problem of problems) {
    if (!problem.on) continue
    const at = map.get(problem.on)
    if (at) at.push(problem)
    else map.set(problem.on, [problem])
  }
  return map
})

/** The problems of one node or hop; always the same array while they are the same. */
export const problemsOn = (state: State, id: Id): readonly Finding[] => byId(problemsOf(state)).get(id) ?? none

/** The nodes and hops that a part of the text belongs to: those of the smallest part around it. */
export const idsOfPlace = (state: State, place: Place): readonly Id[] => finderOf(state).ids(place)

/** Where a finding or a step of a trace stands in the text. */
export const spanOf = (state: State, at: Place): Span | null => locate(parsedOf(state), at)

const refusals = keepLastOf(
  (documents: readonly Document[], known: Schemas | null): ReadonlySet<Document> =>
    new Set(known ? documents.filter((document) => refused(document, known)) : []),
)
const accepted = keepLastOf((documents: readonly Document[], not: ReadonlySet<Document>): readonly Document[] =>
  not.size === 0 ? documents : documents.filter((document) => !not.has(document)),
)

/** What the API server would not take of the text; nothing is known to be so before its schemas are there. */
export const refusedOf = (state: State): ReadonlySet<Document> => refusals(documentsOf(state), schemas)
const applied = keepLast(read)
const traced = keepLastOf(
  (mesh: Mesh, world: Surroundings, { from, url, curl }: Asked): Trace => trace(mesh, world, { from, url, curl: curl ?? [] }),
)

/** What the API server would take of the text. */
export const acceptedMeshOf = (state: State): Mesh => applied(accepted(documentsOf(state), refusedOf(state)))

/** False until the schemas are there: before, more is accepted than a cluster would take. */
export const knowsSchemas = (): boolean => schemas !== null

/** The walk of the request that was sent, through what the API server would take; null: none was sent. */
export function traceOf(state: State): Trace | null {
  if (!state.sent) return null
  return traced(acceptedMeshOf(state), surroundingsNow(state), state.sent)
}

/** Which node of the canvas a step of the trace stands at (`TraceStep.at`), and the hop behind it; null where the picture has none. */
export function placeOfStep(state: State, step: number): { node: Id | null; hop: Id | null } {
  const walk = traceOf(state)
  return stretchOf(meaningOf(designOf(state)), walk, step)
}
