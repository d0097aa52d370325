/** Jumps from a list to what it speaks of: the node or hop on the canvas, and the lines of the text. The editor listens. */

import type { Id } from '../../core/base/id'
import type { Span } from '../../core/yaml/document'
import { camera } from './camera'
import { select } from './view'

export interface Jump {
  span: Span
  /** The cursor goes there too. */
  focus: boolean
}

let listener: ((jump: Jump) => void) | null = null

export function onJump(next: ((jump: Jump) => void) | null): void {
  listener = next
}

/** Selects, brings into view, and flashes the lines. Without a span the selection alone moves the text; without ids the canvas stays. */
export function jump(ids: readonly Id[], span: Span | null, focus = false): void {
  if (ids.length > 0) select(ids)
  const [node] = ids.filter((id) => !id.includes('>'))
  if (node) camera().show(node)
  // After the selection, whose own lines would be shown else.
  if (span) requestAnimationFrame(() => listener?.({ span, focus }))
}
