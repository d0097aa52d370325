/** ServiceEntry: one per host, with every port that any path uses (compile/README 1). */

import { both } from '../../base/text'
import { isServiceHost, isWildcarded } from '../../istio/host-name'
import { resolutionOf } from '../../model/design'
import { staticPlaces } from '../../model/host-rules'
import type { HostPlan } from '../plan/plan'
import type { Origin, Resource } from '../resource'
import type { ResourceKind, Writing } from './kind'
import { testServerAddress } from './test-server-name'

export const serviceEntry: ResourceKind = {
  group: 'networking.istio.io',
  kind: 'ServiceEntry',
  ofHost: (host, by) => (isServiceHost(host.host.name) ? [] : [entryFor(host, by)]),
}

function entryFor(of: HostPlan, by: Pick<Writing, 'style'>): Resource {
  const { host } = of
  const used = of.ports.map((port) => ({
    number: port.number,
    name: by.style.entryPortName(port.protocol, port.number),
    protocol: port.protocol,
    ...(port.targetPort && { targetPort: port.targetPort }),
  }))
  const extra = by.style.entryExtra(of).filter((port) => !of.ports.some((own) => own.number === port.number))
  const ports = [...used, ...extra.map((port) => ({ ...port, name: by.style.entryPortName(port.protocol, port.number) }))]
  const endpoints = endpointsOf(of)
  return {
    group: 'networking.istio.io',
    kind: 'ServiceEntry',
    name: by.style.entryName(of),
    namespace: of.namespace,
    body: {
      spec: {
        hosts: [host.name],
        ...(host.fields.addresses?.length && resolutionOf(host) !== 'DYNAMIC_DNS' && { addresses: host.fields.addresses }),
        ports,
        resolution: resolutionOf(host),
        ...(endpoints.length > 0 && { endpoints: endpoints.map((address) => ({ address })) }),
      },
    },
    says: both(`Makes ${host.name} known to the mesh.`, `让网格认识 ${host.name}。`),
    notes: [],
    needs: [],
    origins: originsOf(of),
  }
}

function endpointsOf({ host }: HostPlan): string[] {
  if (isWildcarded(host.name)) return host.fields.endpoints ?? []
  if (host.fields.testServer) return [testServerAddress]
  return resolutionOf(host) === 'STATIC' ? staticPlaces(host) : (host.fields.endpoints ?? [])
}

/** A port belongs to who dials it, and to the hops that arrive at it. */
function originsOf(of: HostPlan): Origin[] {
  const ports = of.ports.map((port, index): Origin => {
    const ids = port.paths.flatMap((path) => [
      ...(path.dialled === port.number ? [path.pod.id, path.hops[0] as string] : []),
      ...(path.outside.port === port.number ? [path.outside.hop] : []),
    ])
    return { path: ['spec', 'ports', index], ids: [...new Set(ids)] }
  })
  return [{ path: [], ids: [of.host.id] }, ...ports]
}
