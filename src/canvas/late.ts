/**
 * What the canvas has after the first paint: the pickers, the badge with a fix, and the gestures that change the design. Whoever needs one asks
 * here, and is told through the store when it is there.
 */
import type { ComponentType } from 'react'
import type { Id } from '../core/base/id'
import type { AppHop, Guard, Node, Point, WireHop } from '../core/model/design'
import type { Finding } from '../core/yaml/finding'
import { part } from '../store/state/part'

interface Pickers {
  TlsPicker: ComponentType<{ hop: WireHop }>
  SaysPicker: ComponentType<{ app: AppHop }>
  NameField: ComponentType<{ node: Node }>
  FixBadge: ComponentType<{ findings: readonly Finding[] }>
}

/** What a gesture on the canvas does to the design. Until it is there nothing can be dragged or connected. */
export interface Gestures {
  connect(from: Id, to: Id): unknown
  mayConnect(from: Id, to: Id): boolean
  move(to: Record<Id, Point>): void
  setGuard(namespace: string, guard: Partial<Guard> | null): void
}

export const gestures = part<Gestures>('gestures')
export const pickers = part<Pickers>('pickers')
