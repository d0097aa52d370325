/** Jumps from a list to what it speaks of: the node or hop on the canvas, and the lines of the text; and to lines that changed. The editor listens. */

import type { Id } from '../../core/base/id'
import type { Span } from '../../core/yaml/document'
import { camera } from './camera'
import { select } from './view'

export interface Jump {
  span: Span
  /** The cursor goes there too. */
  focus: boolean
}

/** Lines, counted from 1 with both ends included, flash. */
export interface Shows {
  lines: readonly { from: number; to: number }[]
  /** The first comes into view, unless one of them is. */
  goes: boolean
}

let listener: ((to: Jump | Shows) => void) | null = null

export function onJump(next: ((to: Jump | Shows) => void) | null): void {
  listener = next
}

export const showLines = (shows: Shows): void => listener?.(shows)

/** Selects, brings into view, and flashes the lines. Without a span the selection alone moves the text; without ids the canvas stays. */
export function jump(ids: readonly Id[], span: Span | null, focus = false): void {
  if (ids.length > 0) select(ids)
  const [node] = ids.filter((id) => !id.includes('>'))
  if (node) camera().show(node)
  // After the selection, whose own lines would be shown else.
  if (span) requestAnimationFrame(() => listener?.({ span, focus }))
}
