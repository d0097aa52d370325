/** Whether a pod can get to a host without a gateway. */
import { defaultPod } from '../understood'
import { goalKind } from './kind'

export const bypass = goalKind('bypass', ({ bypass: { from = defaultPod, host, way }, can }, of) => {
  const verdict = of.bypass(from, host)
  return (way ? verdict.ways.some((open) => open.way === way) : verdict.can) === can
})
