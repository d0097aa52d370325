/** Gives the seed of this run to fast-check, in each test file before its tests. */
import fc from 'fast-check'
import { inject } from 'vitest'

fc.configureGlobal({ seed: inject('seed') })
