/** How the examples are drawn: flow by flow, then what is on the nodes. Imports little, because the first example is part of the first paint. */

import type { TlsMode } from '../core/istio/tls-mode'
import { type Design, defaultGatewayName, emptyDesign, type Fields, type TlsFields } from '../core/model/design'
import { addFlow, type Flow } from '../core/model/flow'

/** Istio's own egress gateway, and how the sidecar speaks to it. */
export const egress = (tls: TlsMode, port?: number): NonNullable<Flow['gateway']> => ({
  name: defaultGatewayName,
  tls,
  ...(port !== undefined && { port }),
})

export const wire = (tls: TlsMode, fields: TlsFields = {}, port?: number): Flow['wire'] => ({
  tls,
  fields,
  ...(port !== undefined && { port }),
})

export const drawn = (name: string, ...flows: Flow[]): Design => flows.reduce(addFlow, { ...emptyDesign, name })

/** The design with these fields on the node of that name. A pod and its sidecar share one: the pod is meant. */
export function withFields(design: Design, name: string, fields: Fields): Design {
  const nodes = design.nodes.map((node) =>
    node.name === name && node.kind !== 'sidecar' ? { ...node, fields: { ...node.fields, ...fields } } : node,
  )
  return { ...design, nodes }
}

/** The design of a first visit. It is here and not with its story, because it alone is part of the first paint. */
export const first: Design = drawn('tls-origination-mtls', {
  pod: { name: 'sleep' },
  call: { speaks: 'HTTP' },
  gateway: egress('ISTIO_MUTUAL'),
  host: 'edition.cnn.com',
  wire: wire('SIMPLE'),
})
