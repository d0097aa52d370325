/** Which parts of the text each node and hop comes from. */

import { grouped } from '../../base/collect'
import type { Id } from '../../base/id'
import { serviceHost } from '../../istio/host-name'
import { endpointsWritten } from '../../istio/service-registry'
import { type Design, isAppHop, namespaceOf } from '../../model/design'
import { type Path, pathsOf } from '../../model/path'
import type { Place } from '../../yaml/document'
import { sameDocument } from '../../yaml/place'
import { rulesFor } from './dial'
import { pathKey, roadKey } from './ports'
import type { Road } from './road'
import type { Ground, HostRoads } from './roads'

export function placesOf(design: Design, hosts: readonly HostRoads[], roads: readonly Road[], ground: Ground): Map<Id, Place[]> {
  const places = new Map<Id, Set<Place>>()
  const put = (id: Id | undefined, list: readonly Place[]) => {
    if (!id || list.length === 0) return
    const set = places.get(id) ?? new Set()
    for (const place of list) set.add(place)
    places.set(id, set)
  }
  const paths = grouped(pathsOf(design), (path) => [pathKey(path)])
  for (const road of roads) for (const path of paths.get(roadKey(road)) ?? []) fromRoad(road, path, put)
  for (const road of roads) if (!road.outside) halfRoad(road, design, put)
  const ids = new Map(
    design.nodes.map((node) => [node.kind === 'host' ? node.name : `${node.kind} ${namespaceOf(node)}/${node.name}`, node.id]),
  )
  for (const { namespace, name, from } of ground.mesh.podTemplates) put(ids.get(`pod ${namespace}/${name}`), [from])
  for (const { host, entries } of hosts) {
    const legs = [...ground.legs.inMesh(host), ...ground.legs.atGateways(host)]
    const served = entries.flatMap((entry) => endpointsWritten(ground.mesh, entry).map(({ from }) => from))
    const workloads = served.flatMap((from) => (from && entries.every((entry) => !sameDocument(entry.from.of, from.of)) ? [from] : []))
    put(ids.get(host), [...entries.map(({ from }) => from), ...workloads, ...new Set(legs.map(({ routes }) => routes.from))])
  }
  for (const { name, namespace, gatewayServers } of ground.gateways.all) {
    const rules = rulesFor(ground.istiod, serviceHost(name, namespace)).map(({ from }) => from)
    put(ids.get(`gateway ${namespace}/${name}`), [
      ...new Map(gatewayServers.map(({ from }) => [from.of.key, { of: from.of, path: [] }])).values(),
      ...rules,
    ])
  }
  return new Map([...places].map(([id, set]) => [id, [...set]]))
}

function fromRoad({ places }: Road, path: Path, put: (id: Id | undefined, list: readonly Place[]) => void): void {
  const [app, second, third] = path.hops
  put(app, places.app)
  if (path.mesh) {
    put(second, places.mesh)
    put(third, places.outside)
  } else put(second, places.outside)
}

function halfRoad({ client, gateway, places }: Road, design: Design, put: (id: Id | undefined, list: readonly Place[]) => void): void {
  const pod = design.nodes.find((node) => node.kind === 'pod' && node.name === client.name && namespaceOf(node) === client.namespace)
  const gatewayNode = design.nodes.find(
    (node) => node.kind === 'gateway' && node.name === gateway?.name && namespaceOf(node) === gateway.namespace,
  )
  const app = design.hops.find((hop) => isAppHop(hop) && hop.from === pod?.id)
  put(app?.id, places.app)
  put(design.hops.find((hop) => hop.from === app?.to && hop.to === gatewayNode?.id)?.id, places.mesh)
}
