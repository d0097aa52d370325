/** The mesh's policy for hosts that nobody made known. */
import { goalKind } from './kind'

export const outbound = goalKind('outbound', (goal, of) => of.outbound === goal.outbound)
