/** What people get wrong: designs as other people write them, with one to three mistakes of the kind that `npm run agree` makes. */
import fc from 'fast-check'
import { parse } from '../core/yaml/parse'
import { anyRestyled, type Restyled } from './any-restyled'
import { chanceOf } from './chance'
import { mutate } from './mistakes/mutate'
import { copyOf, type Thing } from './mistakes/thing'

export interface Broken extends Restyled {
  /** The mistakes, in words. */
  mistakes: readonly string[]
}

/** A text with so many mistakes; the seed chooses them. */
export function broken(of: Restyled, seed: number, count: number): Broken {
  const chance = chanceOf(seed)
  const mistakes: string[] = []
  let objects = parse(of.text).documents.map(({ object }) => copyOf(object) as Thing)
  for (let step = 0; step < count; step++) {
    const next = mutate(objects, chance)
    objects = next.objects
    mistakes.push(next.says)
  }
  return { ...of, text: objects.map((object) => JSON.stringify(object)).join('\n---\n'), mistakes }
}

/** Up to `most` rewritings, then one to three mistakes. A failure tells the design, what was rewritten and broken, and the text. */
export const anyBroken = (most = 4): fc.Arbitrary<Broken> =>
  fc
    .record({ one: anyRestyled(undefined, most), seed: fc.nat(0x7fffffff), count: fc.integer({ min: 1, max: 3 }) })
    .map(({ one, seed, count }) => {
      const made = broken(one, seed, count)
      return Object.assign(made, {
        [fc.toStringMethod]: () => `${String(fc.stringify(one))}\nmistakes: ${made.mistakes.join(' | ')}\n\n${made.text}`,
      })
    })
