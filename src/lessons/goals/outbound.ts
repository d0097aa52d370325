/** The mesh's policy for hosts that nobody made known. */
import { goalKind } from './kind'

export const outbound = goalKind(
  'outbound',
  ({ v }) => v.strictObject({ outbound: v.picklist(['ALLOW_ANY', 'REGISTRY_ONLY']) }),
  (goal, of) => of.outbound === goal.outbound,
)
