/** Whether a pod can get to a host without a gateway. */
import { wayIds } from '../../core/trace/bypass'
import { defaultPod } from '../understood'
import { goalKind } from './kind'

export const bypass = goalKind(
  'bypass',
  ({ v, text }) =>
    v.strictObject({
      bypass: v.strictObject({ from: v.optional(text), host: text, way: v.optional(v.picklist(wayIds)) }),
      can: v.boolean(),
    }),
  ({ bypass: { from = defaultPod, host, way }, can }, of) => {
    const verdict = of.bypass(from, host)
    return (way ? verdict.ways.some((open) => open.way === way) : verdict.can) === can
  },
)
