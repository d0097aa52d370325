/**
 * What is understood of the text: its documents, the Mesh, problems, the trace of a request. Derived, never stored, and remembered by its
 * inputs: the same state gives the very same objects. Loaded after the canvas has painted; views of understanding import it as it is.
 */
import type { Id } from '../core/design'
import type { Document, Place, Span } from '../core/document'
import type { Drawing, NotDrawn } from '../core/draw'
import type { Finding } from '../core/finding'
import { emptyMesh, type Mesh } from '../core/mesh'
import type { Surroundings } from '../core/surroundings'
import type { Trace } from '../core/trace/outcome'
import type { State } from './store'

export interface Parsed {
  text: string
  documents: readonly Document[]
  findings: readonly Finding[]
}

const nothing: Parsed = { text: '', documents: [], findings: [] }

/** The text as it stands in the editor: the person's own, or what the design prints. */
export function textOf(_state: State): string {
  return ''
}

/** That text, parsed. */
export const parsedOf = (_state: State): Parsed => nothing
export const documentsOf = (state: State): readonly Document[] => parsedOf(state).documents
export const meshOf = (_state: State): Mesh => emptyMesh

/** What stands around the YAML: pods and gateways of the design, and the World. */
export function surroundingsNow(_state: State): Surroundings {
  return {
    outbound: 'ALLOW_ANY',
    root: 'istio-system',
    istio: '1.31',
    pods: [],
    gateways: [],
    servers: [],
    hosts: {},
    namespaceLabels: {},
    secrets: [],
    files: {},
    filesOf: {},
  }
}

/** Which parts of the text each node and hop comes from, and what could not be drawn. */
export const drawingOf = (_state: State): Pick<Drawing, 'places' | 'notDrawn'> => ({ places: new Map(), notDrawn: [] })
export const notDrawnOf = (state: State): readonly NotDrawn[] => drawingOf(state).notDrawn

/** All problems: yaml, schema, rules, design. Errors first, then in the order of the text; each with `on`, where a node or hop is known. */
export const problemsOf = (_state: State): readonly Finding[] => []

const none: readonly Finding[] = []

/** The problems of one node or hop; always the same array while they are the same. */
export const problemsOn = (_state: State, _id: Id): readonly Finding[] => none

/** The nodes and hops that a part of the text belongs to: those of the smallest part around it. */
export const idsOfPlace = (_state: State, _place: Place): readonly Id[] => []

/** Where a finding or a step of a trace stands in the text. */
export const spanOf = (_state: State, _at: Place): Span | null => null

/** The walk of the request that was sent; null: none was sent, or the text cannot be read. */
export const traceOf = (_state: State): Trace | null => null

/** Which node or hop of the canvas a step of the trace stands at (`TraceStep.at`), and the hop behind it; null where the picture has none. */
export const placeOfStep = (_state: State, _step: number): { node: Id | null; hop: Id | null } => ({ node: null, hop: null })
