/** EndpointSlice and Endpoints: where Services without a selector are served. */

import { asList, asMap, asNumber, asText, asTexts, isMap, type Loose } from '../../base/loose'
import { items, writtenAt } from '../loose'
import type { Reader } from './kind'

export const endpointSlice: Reader = {
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  read: (document) => ({
    endpointSlices: [
      {
        ...writtenAt(document),
        service: document.labels['kubernetes.io/service-name'] ?? '',
        addresses: asList(document.object.endpoints)
          .filter(isMap)
          .filter(isReady)
          .flatMap((each) => asTexts(each.addresses).slice(0, 1)),
        ports: portsOf(document.object.ports),
      },
    ],
  }),
}

/** What says nothing of it is ready (Kubernetes `discovery/v1`, EndpointConditions). */
const isReady = (endpoint: Loose): boolean => asMap(endpoint.conditions).ready !== false

/** Kubernetes mirrors it as an EndpointSlice, a subset each. */
export const endpoints: Reader = {
  group: '',
  kind: 'Endpoints',
  read: (document) => ({
    endpointSlices: items(document.object.subsets, document.id, 'subsets').map(({ item, from }) => ({
      ...writtenAt(document),
      from,
      service: document.name,
      addresses: asList(item.addresses)
        .filter(isMap)
        .map(({ ip }) => asText(ip)),
      ports: portsOf(item.ports),
    })),
  }),
}

const portsOf = (ports: unknown): Record<string, number> =>
  Object.fromEntries(
    asList(ports)
      .filter(isMap)
      .flatMap((port): [string, number][] => {
        const number = asNumber(port.port)
        return number === null ? [] : [[asText(port.name), number]]
      }),
  )
