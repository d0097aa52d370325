/** The figures of the core for a page: the bench puts this into one, and asks. */
import { figureOf } from './figures'

Object.assign(globalThis, { figureOf })
