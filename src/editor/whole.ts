/** Keeps an element's text equal to the whole YAML: what a test, a search or a copy of the page reads, and the first paint before Monaco. */
import { textOf } from '../core/print'
import type { Doc } from '../core/resource'

/** Below this many characters a text is written at once; above, when there is time. */
const small = 100_000
const pause = 100

export interface Whole {
  show(docs: readonly Doc[]): void
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

export function keepWhole(element: HTMLElement): Whole {
  let stop = () => {}
  let empty = true
  const write = (docs: readonly Doc[]) => {
    element.textContent = textOf(docs)
  }
  return {
    show(docs) {
      stop()
      const size = docs.reduce((sum, doc) => sum + doc.text.length, 0)
      if (size < small || empty) {
        write(docs)
        empty = false
        return
      }
      const timer = setTimeout(() => {
        stop = whenIdle(() => write(docs))
      }, pause)
      stop = () => clearTimeout(timer)
    },
    stop: () => stop(),
  }
}
