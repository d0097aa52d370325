/** Who asks for a menu of what can be reached, and where. The canvas listens. */

import type { Id } from '../../core/base/id'
import type { Point } from '../../core/model/design'

export interface MenuAsk {
  /** The node that a hop is to leave. */
  from: Id
  /** On the screen. */
  at: Point
  /** On the canvas, where a new node is to stand; null: where there is room. */
  place: Point | null
}

let listener: ((ask: MenuAsk) => void) | null = null

export function onMenu(next: ((ask: MenuAsk) => void) | null): void {
  listener = next
}

export const openMenu = (ask: MenuAsk): void => listener?.(ask)
