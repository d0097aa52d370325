/**
 * What is understood of the text: its documents, the Mesh, problems, the trace of a request. Derived, never stored, and remembered by its
 * inputs: the same state gives the very same objects. Loaded after the canvas has painted; views of understanding import it as it is.
 */

import { grouped, listed } from '../../core/base/collect'
import type { Id } from '../../core/base/id'
import { memoLast } from '../../core/base/memo'
import type { Mesh } from '../../core/istio/mesh'
import type { Surroundings } from '../../core/istio/surroundings'
import type { Design } from '../../core/model/design'
import type { Drawing, NotDrawn } from '../../core/picture/draw'
import type { Trace } from '../../core/trace/outcome'
import { type Drawn, isLarge, type Sources, stepsOf, type Understanding, understander } from '../../core/understand/understanding'
import type { Document, Path, Place, Span } from '../../core/yaml/document'
import type { Finding } from '../../core/yaml/finding'
import { locate, type Parsed } from '../../core/yaml/parse'
import { designOf, draftOf, type State, store } from '../state/store'
import { parsedText } from '../text/reading'
import { lineIn } from './line-starts'
import { meaningOf } from './meaning'
import { loadSchemas } from './schemas'
import { findingsOf } from './select'
import { paused } from './steps'
import { stretchOf } from './stretch'
import { docsOf, idsAt, textNow } from './written'

/** The text of the editor: the person's own, or what the design prints. */
export const textOf: (state: State) => string = textNow

const understood = understander(parsedText)

/** A text longer than this is read when its author pauses. */
const long = 300_000
const pause = 250

/** What is there now. */
const sourcesNow = (state: State): Pick<Sources, 'text' | 'own' | 'design'> => ({
  text: textOf(state),
  own: draftOf(state) !== null,
  design: meaningOf(designOf(state)),
})

/** What is understood of the text: that of the editor; of a very long one a moment ago's, until there is time. */
export const understandingOf = (state: State): Understanding =>
  understood({ ...(state.asOf ?? sourcesNow(state)), schemas: state.schemas, made: state.made })

/** Loads the schemas, and from now on reads a very long text when its author pauses, and one of many documents in pieces. The answer ends it. */
export function startUnderstanding(): () => void {
  void loadSchemas()
  const ends = [startWaiting(), startSteps()]
  return () => {
    for (const end of ends) end()
  }
}

function startWaiting(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  // Held, not asked of the state before: that would print the design of before once more, and then the new one again.
  let last = sourcesNow(store.getState())
  const end = store.subscribe((state) => {
    const was = last
    last = sourcesNow(state)
    if (last.text === was.text) return
    clearTimeout(timer)
    if (last.text.length < long || was.text.length < long) {
      if (state.asOf) store.setState({ asOf: null })
      return
    }
    if (!state.asOf) store.setState({ asOf: was })
    timer = setTimeout(() => store.setState({ asOf: null }), pause)
  })
  return () => {
    clearTimeout(timer)
    end()
  }
}

/** No document has fewer letters than this. */
const leastLetters = 10

function startSteps(): () => void {
  let running: readonly unknown[] = []
  const look = (state: State) => {
    if (textOf(state).length < leastLetters * 1000) return
    const now = understandingOf(state)
    if (!isLarge(now)) return
    const { own, design, schemas } = now.of
    const inputs = [now.documents, own, design, schemas]
    if (inputs.every((input, index) => input === running[index])) return
    running = inputs
    const wanted = () => running === inputs
    setTimeout(async () => {
      const made = wanted() ? await paused(stepsOf(now), wanted) : null
      if (made && wanted()) store.setState({ made })
    })
  }
  look(store.getState())
  const end = store.subscribe(look)
  return () => {
    running = []
    end()
  }
}

/** That text, parsed. */
export const parsedOf = (state: State): Parsed => understandingOf(state).parsed
export const documentsOf = (state: State): readonly Document[] => understandingOf(state).documents
export const meshOf = (state: State): Mesh => understandingOf(state).mesh
/** What is around the YAML: pods and gateways of the design, and the World. */
export const surroundingsNow = (state: State): Surroundings => understandingOf(state).around
/** Which parts of a person's text each node and hop comes from, and what could not be drawn. A printed text is drawn as a whole. */
export const drawingOf = (state: State): Drawn => understandingOf(state).drawing
export const notDrawnOf = (state: State): readonly NotDrawn[] => drawingOf(state).notDrawn
/** Whether not all is judged yet: before the schemas are there, problems are still to come. */
export const isChecking = (state: State): boolean => state.schemas === null
/** What the API server would not take of the text; nothing is known to be so before its schemas are there. */
export const refusedOf = (state: State): ReadonlySet<Document> => understandingOf(state).refused
/** What the API server would take of the text. */
export const acceptedMeshOf = (state: State): Mesh => understandingOf(state).accepted
/** The walk of the request that was sent, through what the API server would take; null: none was sent. */
export const traceOf = (state: State): Trace | null => state.sent && understandingOf(state).trace(state.sent)

/** All problems: yaml, schema, rules, design. Errors first, then in the order of the text; each with `on`, where a node or hop is known. */
export function problemsOf(state: State): readonly Finding[] {
  const { parsed, judged } = understandingOf(state)
  return gathered(parsed.findings, judged.schema, judged.rules, findingsOf(state), finderOf(state))
}

const levels = { error: 0, warning: 1, info: 2 }

const gathered = memoLast(
  (yaml: readonly Finding[], schema: readonly Finding[], rules: readonly Finding[], design: readonly Finding[], find: Finder) => {
    const written = [...yaml, ...schema, ...rules].map((finding) =>
      finding.on || !finding.at ? finding : { ...finding, on: find.on(finding.at) },
    )
    // What is in a person's text is judged by the text: a drawing may not be able to show all that is said there.
    const drawing = design.filter((finding) => finding.on === null || !find.has(finding.on))
    // A wrong drawing is printed wrong: it is reported once, where a person can correct it.
    const wrong = new Set(drawing.filter(({ level }) => level === 'error').map(({ on }) => on))
    const apart = written.filter(({ on }) => on === null || !wrong.has(on))
    return [...apart, ...drawing].toSorted((a, b) => levels[a.level] - levels[b.level])
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
  const now = understandingOf(state)
  const { own, design } = now.of
  return own ? draftFinder(now.drawing.places, design) : printedFinder(now.parsed, docsOf(state), design)
}

const draftFinder = memoLast((places: Drawing['places'], design: Design): Finder => {
  const byDocument = new Map<string, { path: Path; id: Id }[]>()
  for (const [id, list] of places) for (const { of, path } of list) listed(byDocument, of.key, { path, id })
  const ids = ({ of, path }: Place): readonly Id[] => {
    const above = (byDocument.get(of.key) ?? []).filter((each) => each.path.every((key, index) => path[index] === key))
    const deepest = Math.max(-1, ...above.map((each) => each.path.length))
    return above.length > 0 ? [...new Set(above.filter((each) => each.path.length === deepest).map(({ id }) => id))] : none
  }
  return { ids, on: (at) => firstOf(ids(at), design), has: (id) => places.has(id) }
})

const printedFinder = memoLast((text: Parsed, docs: ReturnType<typeof docsOf>, design: Design): Finder => {
  const ids = (at: Place): readonly Id[] => {
    const span = locate(text, at)
    return span ? idsAt(docs, lineIn(text.text, span.from)) : none
  }
  return { ids, on: (at) => firstOf(ids(at), design), has: () => false }
})

const byId = memoLast((problems: readonly Finding[]) => grouped(problems, ({ on }) => (on ? [on] : [])))

/** The problems of one node or hop; always the same array while they are the same. */
export const problemsOn = (state: State, id: Id): readonly Finding[] => byId(problemsOf(state)).get(id) ?? none

/** The nodes and hops that a part of the text belongs to: those of the smallest part around it. */
export const idsOfPlace = (state: State, place: Place): readonly Id[] => finderOf(state).ids(place)

/** Where the text has the place of a finding or of a step of a trace. */
export const spanOf = (state: State, at: Place): Span | null => locate(parsedOf(state), at)

/** Which node of the canvas a step of the trace stands at (`TraceStep.at`), and the hop behind it; null where the picture has none. */
export function placeOfStep(state: State, step: number): { node: Id | null; hop: Id | null } {
  const walk = traceOf(state)
  return stretchOf(meaningOf(designOf(state)), walk, step)
}
