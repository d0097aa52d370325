/** Random sound designs, the same ones for the same seed. */
import fc from 'fast-check'
import type { Design } from '../../src/core/model/design'
import { anySoundDesign } from '../../src/testing/any-design'

export const randomDesigns = (seed: number, count: number): Design[] =>
  count > 0 ? fc.sample(anySoundDesign, { seed, numRuns: count }) : []
