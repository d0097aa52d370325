/** Whether a pod can get to a host without a gateway. */
import { defaultPod } from '../understood'
import { goalKind } from './kind'

const ways = ['no-sidecar', 'annotation', 'no-route', 'allow-any', 'other-port', 'dns', 'no-network-policy'] as const

export const bypass = goalKind(
  'bypass',
  ({ v, text }) =>
    v.strictObject({
      bypass: v.strictObject({ from: v.optional(text), host: text, way: v.optional(v.picklist(ways)) }),
      can: v.boolean(),
    }),
  ({ bypass: { from = defaultPod, host, way }, can }, of) => {
    const verdict = of.bypass(from, host)
    return (way ? verdict.ways.some((open) => open.way === way) : verdict.can) === can
  },
)
