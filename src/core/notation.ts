/**
 * The flow notation: a design as text, one path a line, as people type it, paste it into a chat and diff it. What a path cannot say stands on
 * lines of its own. Positions are not part of it.
 */
import { type Design, emptyDesign } from './design'
import { addFlow } from './flow'
import { readDirective } from './notation/directive'
import { readPath } from './notation/path-line'
import { type Problem, words } from './notation/words'
import { both } from './text'

export { writeNotation } from './notation/write'

/** A line that is wrong: where, which word, and what was expected instead. Lines and columns count from 1. */
export interface NotationFinding extends Problem {
  line: number
}

const longestText = 2_000_000
const mostFindings = 200

/**
 * Puts every line of a text into a design. Lines that are wrong are left out and told; the rest is read. Takes any string and never throws; a
 * text of more than two million characters is refused with one sentence.
 */
export function readNotation(text: string, into: Design = emptyDesign): { design: Design; findings: NotationFinding[] } {
  if (text.length > longestText) return { design: into, findings: [tooLong(text.length)] }
  const findings: NotationFinding[] = []
  const later: ((design: Design) => Design)[] = []
  let design = into
  for (const [index, line] of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).entries()) {
    const said = words(line)
    if (said.length === 0) continue
    const problem = (found: Problem) => {
      if (findings.length < mostFindings) findings.push({ line: index + 1, ...found })
    }
    if (said.some((word) => word.arrow)) {
      const flow = readPath(said, problem)
      if (flow) design = addFlow(design, flow)
    } else {
      const change = readDirective(said, problem)
      if (change) later.push(change)
    }
  }
  // What nodes say of themselves needs the nodes, wherever its line stands.
  for (const change of later) design = change(design)
  return { design, findings }
}

const tooLong = (length: number): NotationFinding => ({
  line: 1,
  column: 1,
  word: '',
  says: both(
    `${(length / 1e6).toFixed(1)} million characters are no flows: at most two million are read.`,
    `共 ${(length / 1e6).toFixed(1)} 百万个字符，不像是流：最多读取两百万个。`,
  ),
})
