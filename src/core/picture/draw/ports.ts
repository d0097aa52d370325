/** Which ports of gateways have to be written on hops: those that would not be chosen anyway, and those that a person wrote. */

import { unfit } from '../../compile/plan/fit'
import { lanesOf } from '../../compile/plan/lanes'
import { type Design, namespaceOf } from '../../model/design'
import { type Path, pathsOf } from '../../model/path'
import type { Parts } from './build'
import type { Road } from './road'

type Build = (parts: Parts, before: Design | null) => Design

/** What tells the roads of a design apart, ports of gateways aside. */
export const roadKey = ({ client, speaks, dialled, gateway, host }: Road): string =>
  [client.namespace, client.name, speaks, dialled, gateway ? `${gateway.namespace}/${gateway.name}` : '', host].join(' ')

export const pathKey = ({ pod, speaks, dialled, gateway, host }: Path): string =>
  [namespaceOf(pod), pod.name, speaks, dialled, gateway ? `${namespaceOf(gateway)}/${gateway.name}` : '', host.name].join(' ')

/** Draws without ports first, and again with those of a gateway that would otherwise come out differently. */
export function portsWritten(
  parts: Omit<Parts, 'writesPort'>,
  roads: readonly Road[],
  blank: Design | null,
  before: Design | null,
  build: Build,
): Design {
  const written = new Set((before ? pathsOf(before) : []).filter(({ mesh }) => mesh?.port !== undefined).map(pathKey))
  const gateways = new Set<string>()
  const doorOf = (road: Road) => (road.gateway ? `${road.gateway.namespace}/${road.gateway.name}` : '')
  const writesPort = (road: Road) => gateways.has(doorOf(road)) || written.has(roadKey(road))
  const first = build({ ...parts, writesPort }, blank)
  const ports = chosen(first)
  for (const road of roads) {
    if (!road.gateway) continue
    const port = road.outside ? ports.get(roadKey(road)) : undefined
    if (road.outside ? port !== undefined && port !== road.gateway.port : road.gateway.port !== (road.speaks === 'HTTP' ? 80 : 443))
      gateways.add(doorOf(road))
  }
  return gateways.size > 0 ? build({ ...parts, writesPort }, blank) : first
}

/** The port of the gateway that each path gets. */
function chosen(design: Design): Map<string, number> {
  const { lanes } = lanesOf(
    design,
    pathsOf(design).filter((path) => unfit(path) === null),
  )
  return new Map(lanes.flatMap((lane) => lane.paths.map((path) => [pathKey(path), lane.port] as const)))
}
