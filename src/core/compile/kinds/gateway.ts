/** Gateway: one object per gateway workload and namespace of configuration, one server per host, port and kind (compile/README 2). */

import { memoLastBy } from '../../base/memo'
import { both, same, type Text } from '../../base/text'
import { labelsOf, type Node } from '../../model/design'
import type { Lane } from '../plan/lanes'
import type { Resource } from '../resource'
import type { ResourceKind, Writing } from './kind'

export const gateway: ResourceKind = {
  group: 'networking.istio.io',
  kind: 'Gateway',
  ofDesign: (by) => gatewayObjects(by).map((object) => objectFor(object, by)),
}

interface GatewayObject {
  gateway: Node
  namespace: string
  lanes: Lane[]
}

/** The lanes of each gateway, by the namespace in which their host's objects lie. */
function gatewayObjects(by: Writing): GatewayObject[] {
  const objects = new Map<string, GatewayObject>()
  for (const host of by.plan.hosts) {
    for (const lane of host.lanes) {
      const key = `${lane.gateway.id} ${host.namespace}`
      const object = objects.get(key)
      if (object) object.lanes.push(lane)
      else objects.set(key, { gateway: lane.gateway, namespace: host.namespace, lanes: [lane] })
    }
  }
  return [...objects.values()]
}

function objectFor({ gateway, namespace, lanes }: GatewayObject, by: Writing): Resource {
  const names = serverNames(lanes, by)
  const hosts = hostsOf(lanes)
  return {
    group: 'networking.istio.io',
    kind: 'Gateway',
    name: by.style.gatewayName(gateway, namespace),
    namespace,
    body: {
      spec: {
        selector: by.style.selector(labelsOf(gateway)),
        servers: lanes.map((lane, index) => serverFor(lane, names[index] as string)),
      },
    },
    says: both(`Lets ${gateway.name} listen for what goes to ${hosts.en}.`, `让 ${gateway.name} 监听发往 ${hosts.zh} 的流量。`),
    notes: by.style.gatewayNotes(lanes),
    needs: [],
    origins: [
      { path: [], ids: [gateway.id] },
      ...lanes.map((lane, index) => ({
        path: ['spec', 'servers', index],
        ids: [...new Set([lane.host.id, ...lane.paths.flatMap((path) => (path.mesh ? [path.mesh.hop] : []))])],
      })),
    ],
  }
}

/** A lane's server; the same object while the lane is, so that a thousand others need not be written again. */
const serverFor = memoLastBy((lane: Lane, name: string) => ({
  port: { number: lane.port, name, protocol: lane.server.protocol },
  hosts: [lane.host.name],
  ...(lane.server.mode && { tls: { mode: lane.server.mode } }),
}))

/** The hosts by name; of many, the first and how many more. */
function hostsOf(lanes: readonly Lane[]): Text {
  const hosts = [...new Set(lanes.map((lane) => lane.host.name))]
  const shown = hosts.slice(0, 5).join(', ')
  const more = hosts.length - 5
  return more > 0 ? both(`${shown} and ${more} more`, `${shown} 等 ${hosts.length} 个主机`) : same(shown)
}

/** The style's names, with the port behind those that would come twice: names of servers are unique in their object. */
function serverNames(lanes: readonly Lane[], by: Writing): string[] {
  const wished = lanes.map((lane) => by.style.serverName(lane, lanes))
  const count = new Map<string, number>()
  for (const name of wished) count.set(name, (count.get(name) ?? 0) + 1)
  return wished.map((name, index) => ((count.get(name) ?? 0) > 1 ? `${name}-${lanes[index]?.port}` : name))
}
