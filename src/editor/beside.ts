/** The value that is beside a cursor in the same map, such as the host beside a subset. Reads lines, as `cursor.ts` does. */
import type { Cursor } from './cursor'
import { cursorAt } from './cursor'

const far = 60

/** Looks at the lines round the cursor; undefined where the key is not there. */
export function besideOf(text: string, cursor: Cursor): (key: string) => string | undefined {
  return (key) => {
    const above = cursor.path.findLastIndex((part) => typeof part === 'string')
    // Of a port's number the host is beside the port.
    const map = cursor.path.slice(0, cursor.path[above - 1] === 'port' ? above - 1 : above)
    const pattern = new RegExp(`(?:^|[\\s{,-])(${key}):[ \\t]*([^\\s#,}]+)`, 'g')
    const lines = [...linesAround(text, cursor.from)]
    for (const { line, at } of lines) {
      pattern.lastIndex = 0
      for (const found of line.matchAll(pattern)) {
        const end = at + found.index + found[0].length
        const there = cursorAt(text, end)
        if (there?.at === 'value' && samePath(there.path.slice(0, -1), map) && there.path.at(-1) === key)
          return found[2]?.replace(/^["']|["']$/g, '')
      }
    }
    return undefined
  }
}

const samePath = (a: Cursor['path'], b: Cursor['path']): boolean => a.length === b.length && a.every((part, index) => part === b[index])

/** Lines of the same document near an offset: the one of the offset, then those above, then those below. */
function* linesAround(text: string, offset: number): Generator<{ line: string; at: number }> {
  const first = text.lastIndexOf('\n', offset - 1) + 1
  const lineFrom = (at: number) => {
    const end = text.indexOf('\n', at)
    return text.slice(at, end === -1 ? undefined : end)
  }
  yield { line: lineFrom(first), at: first }
  for (let at = first, count = 0; at > 0 && count < far; count++) {
    at = text.lastIndexOf('\n', at - 2) + 1
    const line = lineFrom(at)
    if (line.startsWith('---')) break
    yield { line, at }
  }
  for (let end = text.indexOf('\n', first), count = 0; end !== -1 && count < far; count++) {
    const line = lineFrom(end + 1)
    if (line.startsWith('---')) break
    yield { line, at: end + 1 }
    end = text.indexOf('\n', end + 1)
  }
}
