/**
 * The worst inputs of a regular expression: what one of its endless repetitions takes, again and again, behind what leads there, and before what
 * lets the whole fail. A pattern that goes back over them more than once needs the square of their length, or worse.
 */
import { type AST, parseRegExpLiteral, visitRegExpAST } from '@eslint-community/regexpp'

/** From so many on a repetition is as good as endless. */
const many = 1000
/** No pattern of the product takes it, but for those that take everything. */
const foreign = '\u0001'

/** Texts of about `length` letters. A pattern without an endless repetition has none: what it can look at has an end. */
export function worstOf(pattern: RegExp, length: number): string[] {
  const worst = new Set<string>()
  visitRegExpAST(parseRegExpLiteral(pattern), {
    onQuantifierEnter(quantifier) {
      if (quantifier.max < many) return
      const before = sampleBefore(quantifier)
      for (const pump of pumpsOf(quantifier, before))
        for (const lead of ['', before])
          for (const after of ['', foreign, `\n${foreign}`]) worst.add(lead + pump.repeat(Math.ceil(length / pump.length)) + after)
    },
  })
  return [...worst]
}

/**
 * What it takes in one turn, in each of its ways; the ways one after the other; with what leads there, where the pattern may begin anywhere; and what
 * comes next, which may be what it takes too.
 */
function pumpsOf(quantifier: AST.Quantifier, before: string): string[] {
  const ways = waysOf(quantifier.element)
  const next = sampleAfter(quantifier)
  const led = ways.flatMap((way) => [before + way, way + next])
  return [...new Set([...ways, ways.join(''), ...led, next])].filter((pump) => pump !== '')
}

/** One text for each alternative. */
function waysOf(node: AST.Element): string[] {
  if (node.type === 'Group' || node.type === 'CapturingGroup') return node.alternatives.flatMap(waysOfAlternative)
  if (node.type === 'Quantifier') return waysOf(node.element).map((way) => way.repeat(Math.max(1, Math.min(node.min, many))))
  return [sampleOf(node)]
}

/** What may be left out is left out in one way, and there in another. */
function waysOfAlternative({ elements }: AST.Alternative): string[] {
  const whole = elements.map((element) => waysOf(element)[0] ?? '').join('')
  const least = elements.map((element) => (element.type === 'Quantifier' && element.min === 0 ? '' : (waysOf(element)[0] ?? ''))).join('')
  const others = elements.flatMap((element, at) =>
    waysOf(element)
      .slice(1)
      .map((way) => elements.map((other, index) => (index === at ? way : (waysOf(other)[0] ?? ''))).join('')),
  )
  return [whole, least, ...others]
}

function sampleOf(node: AST.Element): string {
  if (node.type === 'Character') return String.fromCodePoint(node.value)
  if (node.type === 'CharacterSet') return sampleOfSet(node)
  if (node.type === 'CharacterClass') return sampleOfClass(node)
  if (node.type === 'Group' || node.type === 'CapturingGroup' || node.type === 'Quantifier') return waysOf(node)[0] ?? ''
  if (node.type === 'Backreference' && !Array.isArray(node.resolved)) return waysOf(node.resolved as AST.CapturingGroup)[0] ?? ''
  return ''
}

function sampleOfSet(node: AST.CharacterSet): string {
  if (node.kind === 'digit') return node.negate ? 'a' : '0'
  if (node.kind === 'space') return node.negate ? 'a' : ' '
  if (node.kind === 'word') return node.negate ? '-' : 'a'
  return 'a'
}

/** Of a class that excludes, a letter that it takes. */
function sampleOfClass(node: AST.CharacterClass | AST.ExpressionCharacterClass): string {
  if (node.type !== 'CharacterClass') return 'a'
  if (node.negate) {
    const takes = new RegExp(node.raw, node.unicodeSets ? 'v' : 'u')
    return ['a', '0', ' ', '-', '.', ':', '"', '#', '\n'].find((letter) => takes.test(letter)) ?? foreign
  }
  const [first] = node.elements
  if (!first) return ''
  if (first.type === 'CharacterClassRange') return String.fromCodePoint(first.min.value)
  return first.type === 'Character' || first.type === 'CharacterSet' ? sampleOf(first) : 'a'
}

/** What comes right behind a node. */
function sampleAfter(node: AST.Element): string {
  const { parent } = node
  const next = parent.type === 'Alternative' ? parent.elements[parent.elements.indexOf(node) + 1] : undefined
  return next ? (waysOf(next)[0] ?? '') : ''
}

/** What leads to a node: a sample of all that comes before it, out to the whole pattern. */
function sampleBefore(node: AST.Element): string {
  const { parent } = node
  if (parent.type === 'Quantifier') return sampleBefore(parent)
  if (parent.type !== 'Alternative') return ''
  const before = parent.elements
    .slice(0, parent.elements.indexOf(node))
    .map((element) => waysOf(element)[0] ?? '')
    .join('')
  const outer = parent.parent
  return outer.type === 'Group' || outer.type === 'CapturingGroup' ? sampleBefore(outer) + before : before
}
