/**
 * The flow notation: a design as text, one path a line, as people type it, paste it into a chat and diff it. What a path cannot say is on
 * lines of its own. Positions are not part of it.
 */

import { both, type Text } from '../base/text'
import { type Design, emptyDesign } from './design'
import { readDirective } from './notation/directive'
import { designOf, draftOf, took } from './notation/draft'
import { readPath } from './notation/path-line'
import { type Problem, type Word, words } from './notation/words'

export { writeNotation } from './notation/write'

/** A line that is wrong: where, which word, and what was expected instead. Lines and columns count from 1. */
export interface NotationFinding extends Problem {
  line: number
}

const longestText = 2_000_000
const mostFindings = 200

/**
 * Puts every line of a text into a design. Lines that are wrong are left out and told; the rest is read. Takes any string and never throws; a
 * text of more than two million characters is refused with one sentence. What the text adds nothing to is the very design that came in.
 */
export function readNotation(text: string, into: Design = emptyDesign): { design: Design; findings: NotationFinding[] } {
  if (text.length > longestText) return { design: into, findings: [{ line: 1, column: 1, word: '', says: tooLong(text.length) }] }
  const findings: NotationFinding[] = []
  const draft = draftOf(into)
  for (const [index, line] of linesOf(text)) {
    const [first, ...more] = words(line)
    if (!first) continue
    const said: [Word, ...Word[]] = [first, ...more]
    const problem = (found: Problem) => {
      if (findings.length < mostFindings) findings.push({ line: index + 1, ...found })
    }
    if (!said.some((word) => word.arrow)) {
      readDirective(said, problem)?.(draft)
      continue
    }
    const flow = readPath(said, problem)
    if (!flow || took(draft, flow)) continue
    problem({ column: 1, word: '', says: tooLarge })
    break
  }
  return { design: designOf(draft), findings }
}

/** Lines that say something, with their indexes. */
function* linesOf(text: string): Generator<[number, string]> {
  const ends = /\r\n|\r|\n|$/g
  let index = 0
  for (let from = 0; from < text.length; index++) {
    ends.lastIndex = from
    const end = ends.exec(text) as RegExpExecArray
    if (end.index > from) yield [index, text.slice(from, end.index)]
    from = end.index + end[0].length
  }
}

const tooLong = (length: number): Text =>
  both(
    `${(length / 1e6).toFixed(1)} million characters are no flows: at most two million are read.`,
    `共 ${(length / 1e6).toFixed(1)} 百万个字符，不像是路径：最多读取两百万个。`,
  )
const tooLarge = both(
  'Too many pods reach too many hosts through one gateway: reading ends here.',
  '经过同一网关的 Pod 与主机太多：读取到此为止。',
)
