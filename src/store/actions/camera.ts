/** The canvas' camera, for whoever wants to turn it: the canvas puts its own in when it is there. */

import type { Id } from '../../core/base/id'
import type { Point } from '../../core/model/design'

export interface Camera {
  fit(): void
  zoomIn(): void
  zoomOut(): void
  /** Brings a node into view if it is not; several: all of the picture, if one of them is not. */
  show(...ids: readonly Id[]): void
  /** Gives a node or hop the focus once it is drawn, and brings it into view; null: the canvas itself gets it. */
  focus(id: Id | null): void
  /** The middle of what is seen. */
  middle(): Point
  /** Where a place of the canvas is on the screen. */
  onScreen(at: Point): Point
  /** On the screen, beside a node or hop: where a menu of it opens. Null: it is not drawn. */
  besideOf(id: Id): Point | null
}

const none: Camera = {
  fit: () => {},
  zoomIn: () => {},
  zoomOut: () => {},
  show: () => {},
  focus: () => {},
  middle: () => ({ x: 0, y: 0 }),
  onScreen: (at) => at,
  besideOf: () => null,
}
let now = none

export const camera = (): Camera => now
export function setCamera(next: Camera | null): void {
  now = next ?? none
}
