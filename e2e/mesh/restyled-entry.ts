/** What `restyled.mjs` needs of the product's code; it is bundled for Node before it runs. */
import { dialectIds } from '../../src/core/compile/dialects'
import { examples } from '../../src/examples'
import { restyled, rewritings, rewritingsByFile } from '../../src/testing/any-restyled'
import { chanceOf } from '../../src/testing/chance'
import { caseOf } from './case'
import { judge, type Outcome } from './judge'
import { randomDesigns } from './random'
import { dialectInTurn, type Subject, subjectOf, subjectOfExample } from './subject'

/** A subject as somebody else writes it. */
export interface Play {
  name: string
  rewriting: string
  subject: Subject
  yaml: string
}

/** The names of all rewritings, by their file. */
export const namesByFile = (): Record<string, string[]> =>
  Object.fromEntries(Object.entries(rewritingsByFile).map(([file, list]) => [file, list.map(({ name }) => name)]))

const subjects = (seed: number): Subject[] => [
  ...randomDesigns(seed, 120).map((design, index) => subjectOf(`random-${seed}-${index + 1}`, design, dialectInTurn(index))),
  ...examples.flatMap((example) => dialectIds.map((dialect) => subjectOfExample(example, dialect))),
]

/** `count` plays of each rewriting, over subjects in which it finds something to rewrite; none for one that finds nothing. */
export function plays(names: readonly string[], seed: number, count: number): Play[] {
  const all = subjects(seed)
  return names.flatMap((name, index) => {
    const chance = chanceOf(seed + index)
    const made: Play[] = []
    for (const subject of chance.shuffled(all)) {
      if (made.length >= count) break
      const { text, applied } = restyled(subject.design, subject.dialect, [{ name, seed: chance.int(9999) }])
      if (applied.includes(name)) made.push({ name: `${name}.${made.length + 1}`, rewriting: name, subject, yaml: text })
    }
    return made
  })
}

/** The same subjects with many rewritings at once. */
export function mixes(seed: number, count: number): Play[] {
  const all = subjects(seed)
  return Array.from({ length: count }, (_, index) => {
    const chance = chanceOf(seed * 1000 + index)
    const subject = chance.pick(all)
    const steps = Array.from({ length: 1 + chance.int(8) }, () => ({ name: chance.pick(rewritings).name, seed: chance.int(9999) }))
    const { text, applied } = restyled(subject.design, subject.dialect, steps)
    return { name: `mix.${index + 1}`, rewriting: applied.join(', '), subject, yaml: text }
  })
}

export const labCase = ({ subject }: Play, manifest: string): string => JSON.stringify(caseOf(subject, manifest), null, 2)
export const judged = ({ subject }: Play, outcomes: Outcome[]): string[] => judge(subject, outcomes)
