/** ServiceEntry: one per host, with every port that any path uses (recipe.md 1). */

import { isClusterService, isWildcard, resolutionOf } from '../design'
import type { Document } from '../document'
import { staticPlaces } from '../host-rules'
import type { Known, KnownPort } from '../mesh'
import type { HostPlan } from '../plan/plan'
import type { Origin, Resource } from '../resource'
import { both } from '../text'
import type { ResourceKind, Writing } from './kind'
import {
  asLabels,
  asMap,
  asNumber,
  asOneOf,
  asProtocol,
  asText,
  asTexts,
  entriesOf,
  has,
  items,
  type Loose,
  specOf,
  writtenAt,
} from './loose'
import { testServerAddress } from './test-server-name'

export const serviceEntry: ResourceKind = {
  group: 'networking.istio.io',
  kind: 'ServiceEntry',
  ofHost: (host, by) => (isClusterService(host.host.name) ? [] : [entryFor(host, by)]),
  read: (document) => ({ known: [knownFrom(document)] }),
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
  if (isWildcard(host.name)) return host.fields.endpoints ?? []
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

/** What is not written: MESH_EXTERNAL and NONE (istio.md 5). */
function knownFrom(document: Document): Known {
  const spec = specOf(document)
  return {
    ...writtenAt(document),
    by: 'ServiceEntry',
    hosts: asTexts(spec.hosts),
    addresses: asTexts(spec.addresses),
    ports: items(spec.ports, document, 'spec', 'ports').flatMap(({ item, from }) => portFrom(item, from)),
    resolution: asOneOf(spec.resolution, ['DNS', 'DNS_ROUND_ROBIN', 'STATIC', 'NONE', 'DYNAMIC_DNS'], 'NONE'),
    external: spec.location !== 'MESH_INTERNAL',
    endpoints: items(spec.endpoints, document, 'spec', 'endpoints').map(({ item, from }) => ({
      address: asText(item.address),
      ports: Object.fromEntries(entriesOf(item.ports).filter((entry): entry is [string, number] => asNumber(entry[1]) !== null)),
      labels: asLabels(item.labels),
      from,
    })),
    // A selector of Istio's networking kinds says `labels`, not `matchLabels`.
    selector: has(spec, 'workloadSelector') ? asLabels(asMap(spec.workloadSelector).labels) : null,
    subjectAltNames: asTexts(spec.subjectAltNames),
    exportTo: asTexts(spec.exportTo),
  }
}

function portFrom(item: Loose, from: KnownPort['from']): KnownPort[] {
  const number = asNumber(item.number)
  if (number === null) return []
  const targetPort = asNumber(item.targetPort)
  return [{ number, name: asText(item.name), protocol: asProtocol(item.protocol), ...(targetPort && { targetPort }), from }]
}
