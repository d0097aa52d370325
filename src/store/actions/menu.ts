/** Who asks for a menu on the canvas, and where: of what can be reached from a node, or of what can be done to what is selected. The canvas listens. */

import type { Id } from '../../core/base/id'
import type { Point } from '../../core/model/design'

interface At {
  /** On the screen. */
  at: Point
  /** On the canvas, where a new node is to be; null: where there is room. */
  place: Point | null
}

export interface ConnectAsk extends At {
  is: 'connect'
  /** The node that a hop is to leave. */
  from: Id
}

export type MenuAsk = ConnectAsk | ({ is: 'context' } & At)

let listener: ((ask: MenuAsk) => void) | null = null

export function onMenu(next: ((ask: MenuAsk) => void) | null): void {
  listener = next
}

export const openMenu = (ask: MenuAsk): void => listener?.(ask)
