/** What the analyzers see: the documents, and what the cluster has of gateways and servers. They see no client pods that no file names. */

import { grouped } from '../base/collect'
import { asText, field, inside, itemsOf, type Loose, numberOf, textOf, textsOf } from '../base/loose'
import { namespacesThatSee } from '../istio/export-to'
import { type GatewayPod, managedGateways } from '../istio/service-registry'
import type { Surroundings } from '../istio/surroundings'
import type { RuleInput } from '../rules/kind'
import type { Document } from '../yaml/document'
import { replacedBy } from '../yaml/replaced'

export interface SeenPod {
  namespace: string
  labels: Loose
  /** Has a sidecar, or is a gateway. */
  meshed: boolean
}

export interface SeenService {
  namespace: string
  name: string
  exportTo: readonly string[]
  selector: Loose
  ports: readonly { number: number; targetPort: number }[]
}

export interface Seen {
  /** Documents of a kind, in the order of the text. */
  all(kind: string, group?: string): readonly Document[]
  pods: readonly SeenPod[]
  services: readonly SeenService[]
  /** `namespace/name` */
  secrets: ReadonlySet<string>
  namespaces: ReadonlySet<string>
  around: Surroundings
}

export const networking = 'networking.istio.io'

export const specOf = (of: Document): Loose => inside(of.object, 'spec')

/** Given all that is written and around, what analyze looks at: of an object that is written twice the later. */
export function seenOf({ documents, mesh, around }: RuleInput): Seen {
  const managed = managedGateways(mesh, around)
  const replaced = replacedBy(documents)
  const left = documents.filter((of) => !replaced.has(of)).map(asFile)
  const byKind = grouped(left, ({ group, kind }) => [`${group} ${kind}`])
  const all = (kind: string, group = networking) => byKind.get(`${group} ${kind}`) ?? []
  const core = (kind: string) => all(kind, '')
  const namespaces = core('Namespace')
  return {
    all,
    pods: [...core('Pod').map((of) => podOf(of, namespaces)), ...installedPods(around, managed), ingressPod(around)],
    services: [...core('Service').map(serviceOf), ...installedServices(around, managed, core('Service')), ingressService(around)],
    secrets: new Set(core('Secret').map((of) => `${of.namespace}/${of.name}`)),
    namespaces: new Set([around.root, ...namespaces.map(({ name }) => name)]),
    around,
  }
}

/** Where no namespace is written, analyze knows none: it does not find the object under `default`. */
const asFile = (of: Document): Document =>
  of.namespace !== '' && textOf(of.object.metadata, 'namespace') === '' ? { ...of, namespace: '' } : of

/** A pod of the text is in the mesh by its container, label or annotation, else by its namespace's label (analyzers/util/in_mesh.go). */
function podOf(of: Document, namespaces: readonly Document[]): SeenPod {
  const proxy = itemsOf(specOf(of), 'containers').some(([, one]) => textOf(one, 'name') === 'istio-proxy' && textOf(one, 'image') !== '')
  const says = of.labels['sidecar.istio.io/inject'] ?? of.annotations['sidecar.istio.io/inject']
  const home = namespaces.find(({ name }) => name === of.namespace)
  const meshed = proxy || (says === undefined ? home?.labels['istio-injection'] === 'enabled' : says === 'true')
  return { namespace: of.namespace, labels: of.labels, meshed }
}

function serviceOf(of: Document): SeenService {
  const ports = itemsOf(specOf(of), 'ports').map(([, port]) => {
    const target = field(port, 'targetPort')
    return { number: numberOf(port, 'port'), targetPort: typeof target === 'number' ? target : 0 }
  })
  return {
    namespace: of.namespace,
    name: of.name,
    exportTo: (of.annotations['networking.istio.io/exportTo'] ?? '').split(',').flatMap((each) => each.trim() || []),
    selector: inside(specOf(of), 'selector'),
    ports,
  }
}

/** Gateways and servers that the cluster has, and the pods that istiod makes for Gateways of the Gateway API. */
function installedPods({ gateways, servers }: Surroundings, managed: readonly GatewayPod[]): SeenPod[] {
  return [
    ...gateways.map(({ namespace, labels }) => ({ namespace, labels, meshed: true })),
    ...servers.map(({ namespace, labels }) => ({ namespace, labels, meshed: true })),
    ...managed.map(({ namespace, labels }) => ({ namespace, labels, meshed: true })),
  ]
}

function installedServices(
  { gateways, servers }: Surroundings,
  managed: readonly GatewayPod[],
  written: readonly Document[],
): SeenService[] {
  const brought = new Set(written.map(({ namespace, name }) => `${namespace}/${name}`))
  return [
    ...gateways.map(({ namespace, name, labels, ports }) => ({ namespace, name, exportTo: [], selector: labels, ports })),
    ...servers
      .filter(({ namespace, service }) => !brought.has(`${namespace}/${service}`))
      .map(({ namespace, service, labels, ports }) => ({
        namespace,
        name: service,
        exportTo: [],
        selector: labels,
        ports: Object.keys(ports).map((port) => ({ number: Number(port), targetPort: Number(port) })),
      })),
    ...managed.map(({ namespace, name, labels, ports }) => ({ namespace, name, exportTo: [], selector: labels, ports })),
  ]
}

/** Analyze always adds an ingress gateway of its own making (pkg/config/analysis/local/defaults.go). */
const ingressPod = ({ root }: Surroundings): SeenPod => ({ namespace: root, labels: { istio: 'ingressgateway' }, meshed: false })
const ingressService = ({ root }: Surroundings): SeenService => ({
  namespace: root,
  name: 'istio-ingressgateway',
  exportTo: [],
  selector: { istio: 'ingressgateway' },
  ports: [80, 443, 31400, 15443].map((number) => ({ number, targetPort: number })),
})

/** A selector as Kubernetes prints it: `a=b,c=d`, sorted. */
export const selectorText = (selector: Loose): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${asText(value)}`)
    .toSorted()
    .join(',')

/** The namespaces that something is exported to: `*`, or names. */
export const scopesOf = (of: Document): readonly string[] => [
  ...namespacesThatSee({ namespace: of.namespace, exportTo: textsOf(specOf(of), 'exportTo') }),
]
