/**
 * What is understood of one text: its documents, the Mesh, the drawing, what is wrong with it, and how requests fare. A value that owns its
 * stages: each is computed when it is first asked for, once, and taken over from the text before where what it is made from is the same.
 * It needs its sources alone, so that a worker may make it.
 */

import { memoLast } from '../base/memo'
import { judged as judgedBy } from '../check/judged'
import { inOrder, lint } from '../check/lint'
import { refused } from '../check/refused'
import { rules } from '../check/rules'
import { raised } from '../check/untold'
import type { Mesh } from '../istio/mesh'
import type { Surroundings } from '../istio/surroundings'
import type { Design } from '../model/design'
import { type Drawing, draw, drawSteps } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { type Schemas, shape } from '../schema/schema'
import type { Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import type { Document } from '../yaml/document'
import type { Finding } from '../yaml/finding'
import type { Parsed } from '../yaml/parse'

/** All that a text is understood from. */
export interface Sources {
  text: string
  /** Whether a person wrote it; else the design prints it. */
  own: boolean
  /** The picture, whose pods and gateways are around the text. */
  design: Design
  /** Null until they are there: then the text is held against none. */
  schemas: Schemas | null
  /** Of a text with many documents, what `stepsOf` made last; null: nothing yet. */
  made: Made | null
}

/** What takes too long to be made at once of a text with many documents. */
export interface Made {
  drawing: Drawn
  judged: Judged
}

export interface Request {
  from: string
  url: string
  curl?: readonly string[]
}

export type Drawn = Pick<Drawing, 'places' | 'notDrawn' | 'disagreements'>

export interface Judged {
  schema: readonly Finding[]
  rules: readonly Finding[]
}

export interface Understanding {
  readonly of: Sources
  readonly parsed: Parsed
  readonly documents: readonly Document[]
  readonly mesh: Mesh
  /** Pods and gateways of the design, and the World. */
  readonly around: Surroundings
  /** Which parts of a person's text each node and hop comes from, and what could not be drawn. */
  readonly drawing: Drawn
  /** What schemas and rules say. */
  readonly judged: Judged
  /** What the API server or the webhook would not take; nothing is known to be so before the schemas are there. */
  readonly refused: ReadonlySet<Document>
  /** What a cluster would take. */
  readonly accepted: Mesh
  trace(request: Request): Trace
}

/** More documents than this are drawn and judged in pieces, so that the page answers meanwhile. */
const many = 1500
/** How many documents are held against their schemas at a time. */
const slice = 100

const nothingDrawn: Drawn = { places: new Map(), notDrawn: [], disagreements: new Map() }
const nothingJudged: Judged = { schema: [], rules: [] }

export const isLarge = ({ documents }: Pick<Understanding, 'documents'>): boolean => documents.length >= many

/** What a text with many documents makes, step by step: `Sources.made` of the next understanding. */
export function* stepsOf({ of, documents, mesh, around }: Understanding): Generator<undefined, Made> {
  const drawing = of.own ? yield* drawSteps(documents, mesh, of.design) : nothingDrawn
  const schema: Finding[] = []
  for (let at = 0; at < documents.length; at += slice) {
    if (of.schemas) schema.push(...shape(documents.slice(at, at + slice), of.schemas))
    yield
  }
  const found: ReturnType<typeof raised> = []
  for (const rule of rules) {
    found.push(...judgedBy(rule, { documents, mesh, around }))
    yield
  }
  return { drawing, judged: { schema, rules: inOrder({ documents }, raised({ documents, mesh, around }, found)) } }
}

/** Understands texts one after the other. `parsedOf` reads; whoever reads the same texts elsewhere shares it. */
export function understander(parsedOf: (text: string) => Parsed): (of: Sources) => Understanding {
  const stages = {
    mesh: memoLast(read),
    around: memoLast(surroundingsOf),
    drawing: memoLast((documents: readonly Document[], mesh: Mesh, design: Design): Drawn => draw(documents, mesh, design)),
    judged: memoLast(
      (documents: readonly Document[], mesh: Mesh, around: Surroundings, schemas: Schemas | null): Judged => ({
        schema: schemas ? shape(documents, schemas) : [],
        rules: lint({ documents, mesh, around }),
      }),
    ),
    refused: memoLast(
      (documents: readonly Document[], schemas: Schemas | null): ReadonlySet<Document> =>
        new Set(schemas ? documents.filter((document) => refused(document, schemas)) : []),
    ),
    accepted: memoLast(
      (documents: readonly Document[], not: ReadonlySet<Document>): Mesh => read(documents.filter((document) => !not.has(document))),
    ),
    trace: memoLast((mesh: Mesh, around: Surroundings, request: Request): Trace => trace(mesh, around, { curl: [], ...request })),
  }
  const understood = memoLast(
    (text: string, own: boolean, design: Design, schemas: Schemas | null, made: Made | null): Understanding => ({
      of: { text, own, design, schemas, made },
      get parsed() {
        return parsedOf(text)
      },
      get documents() {
        return this.parsed.documents
      },
      get mesh() {
        return stages.mesh(this.documents)
      },
      get around() {
        return stages.around(design, own ? this.mesh : null)
      },
      get drawing() {
        if (!own) return nothingDrawn
        return isLarge(this) ? (made?.drawing ?? nothingDrawn) : stages.drawing(this.documents, this.mesh, design)
      },
      get judged() {
        return isLarge(this) ? (made?.judged ?? nothingJudged) : stages.judged(this.documents, this.mesh, this.around, schemas)
      },
      get refused() {
        return stages.refused(this.documents, schemas)
      },
      get accepted() {
        // The very Mesh where all is taken, so that istiod's index of it is made once for rules and traces.
        return this.refused.size === 0 ? this.mesh : stages.accepted(this.documents, this.refused)
      },
      trace(request) {
        return stages.trace(this.accepted, this.around, request)
      },
    }),
  )
  return ({ text, own, design, schemas, made }) => understood(text, own, design, schemas, made)
}
