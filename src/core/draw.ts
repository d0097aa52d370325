/** Mesh -> Design: what proxies have been told, as a picture. What was there before keeps its id and its place. */
import { type Design, emptyDesign, type Id } from './design'
import type { Document, Place } from './document'
import type { Mesh } from './mesh'
import type { Surroundings } from './surroundings'
import type { Text } from './text'

/** A document, or a part of it, that the picture does not show. */
export interface NotDrawn {
  of: Document
  why: Text
}

export interface Drawing {
  design: Design
  /** Which parts of the text each node and hop comes from. */
  places: ReadonlyMap<Id, readonly Place[]>
  notDrawn: readonly NotDrawn[]
}

/**
 * The picture of a text, as far as one can be drawn: half a configuration is half a picture. `before` gives ids, positions and what no YAML
 * says: the World, who the clients are where no rule names them.
 */
export function draw(documents: readonly Document[], mesh: Mesh, before: Design | null, around?: Surroundings): Drawing {
  void documents
  void mesh
  void around
  return { design: before ?? emptyDesign, places: new Map(), notDrawn: [] }
}
