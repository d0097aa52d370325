/** Keeps an element's text equal to the whole YAML: what a test, a search or a copy of the page reads, and the first paint before Monaco. */
import { textOf } from '../core/compile/print'
import type { Doc } from '../core/compile/resource'

/** Below this many characters a text is written at once; above, when there is time. */
const small = 100_000
const pause = 100
/** So many lines of a long text are laid out: laying out a megabyte of them takes a quarter of a second. */
const laidOut = 400

export interface Whole {
  /** Printed documents, or a person's own text. */
  show(text: readonly Doc[] | string): void
  stop(): void
}

const whenIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(run, { timeout: 1000 })
  return () => cancelIdleCallback(request)
}

/** Where the line of this number ends. */
function endOfLine(text: string, line: number): number {
  let at = 0
  for (let count = 0; count < line && at !== -1; count++) at = text.indexOf('\n', at + 1)
  return at === -1 ? text.length : at + 1
}

export function keepWhole(element: HTMLElement): Whole {
  let stop = () => {}
  let empty = true
  const write = (from: readonly Doc[] | string) => {
    const text = typeof from === 'string' ? from : textOf(from)
    const end = text.length < small ? text.length : endOfLine(text, laidOut)
    const rest = document.createElement('span')
    rest.className = 'yaml-rest'
    rest.textContent = text.slice(end)
    element.replaceChildren(text.slice(0, end), ...(end < text.length ? [rest] : []))
  }
  return {
    show(text) {
      stop()
      const size = typeof text === 'string' ? text.length : text.reduce((sum, doc) => sum + doc.text.length, 0)
      if (size < small || empty) {
        write(text)
        empty = false
        return
      }
      const timer = setTimeout(() => {
        stop = whenIdle(() => write(text))
      }, pause)
      stop = () => clearTimeout(timer)
    },
    stop: () => stop(),
  }
}
