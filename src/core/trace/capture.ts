/** Whether a connection goes past the sidecar: no sidecar, or annotations of the pod (istio/README 3.6; lab `network.go`, intercept). */

import { own } from '../base/collect'
import { inBlock } from '../base/ip-block'
import type { Workload } from '../istio/surroundings'

const prefix = 'traffic.sidecar.istio.io/'
const split = (list: string | undefined): string[] => (list ?? '').split(/[,\s]+/).filter((each) => each !== '')

/** Null where the sidecar takes it; else the annotation that keeps it away, if one does. */
export function bypassOf({ sidecar, annotations }: Workload, ip: string, port: number): { annotation: string | null } | null {
  if (!sidecar) return { annotation: null }
  if (ip.startsWith('127.')) return { annotation: null }
  const listOf = (name: string) => split(own(annotations, prefix + name))
  if (listOf('excludeOutboundPorts').some((each) => Number(each) === port)) return { annotation: `${prefix}excludeOutboundPorts` }
  if (listOf('excludeOutboundIPRanges').some((block) => inBlock(ip, block))) return { annotation: `${prefix}excludeOutboundIPRanges` }
  const included = listOf('includeOutboundIPRanges')
  const all = included.length === 0 || included[0] === '*'
  if (all || included.some((block) => inBlock(ip, block))) return null
  if (listOf('includeOutboundPorts').some((each) => Number(each) === port)) return null
  return { annotation: `${prefix}includeOutboundIPRanges` }
}
