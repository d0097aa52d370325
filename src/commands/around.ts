/** What is around YAML that comes without a case of the lab: the YAML says it, and the command line. */

import { serviceHost } from '../core/istio/host-name'
import type { Mesh } from '../core/istio/mesh'
import type { Surroundings, Workload } from '../core/istio/surroundings'
import { draw } from '../core/picture/draw'
import { surroundingsOf, workloadFrom } from '../core/picture/drawn-surroundings'
import { writtenHosts } from '../core/picture/written-surroundings'
import type { Document } from '../core/yaml/document'

type Gateway = Surroundings['gateways'][number]

/** What the command line says of it. */
export interface Said {
  /** `NAMESPACE/POD` of the client. */
  from?: string | undefined
  /** `NAMESPACE/NAME` or `NAMESPACE/NAME:key=value,key=value`: further gateways, with the labels of their pods. */
  gateways?: readonly string[]
}

const named = /^([a-z0-9-]+)\/([a-z0-9.-]+)(?::(.+))?$/

/** A sentence where the words of an option cannot be read; null where they can. */
export function problemOf({ from, gateways = [] }: Said): string | null {
  if (from !== undefined && !named.test(from)) return `--from is NAMESPACE/POD, not ${from}.`
  const wrong = gateways.find((each) => !named.test(each))
  return wrong === undefined ? null : `--gateway is NAMESPACE/NAME or NAMESPACE/NAME:label=value,label=value, not ${wrong}.`
}

/**
 * Pods: those that routes and policies speak of, those of the YAML's own workloads as the app has them, and the one that asks. Gateways: those that routes lead to.
 * Hosts: those that a ServiceEntry lets DNS find are taken to exist, and to speak what the entry says.
 */
export function aroundYaml(documents: readonly Document[], mesh: Mesh, said: Said): Pick<Surroundings, 'pods' | 'gateways' | 'hosts'> {
  const drawn = drawnAround(documents, mesh)
  const asking = said.from === undefined ? [] : [podCalled(mesh, said.from)]
  return {
    pods: unique([...drawn.pods, ...asking]),
    gateways: unique([...drawn.gateways, ...(said.gateways ?? []).map(gatewayCalled)]),
    hosts: writtenHosts(mesh),
  }
}

function unique<T extends Workload>(workloads: readonly T[]): T[] {
  const byName = new Map<string, T>()
  for (const each of workloads) {
    const key = `${each.namespace}/${each.name}`
    if (!byName.has(key)) byName.set(key, each)
  }
  return [...byName.values()]
}

/** A workload of the text, or a pod that nobody else speaks of. */
const podCalled = ({ podTemplates }: Mesh, from: string): Workload => {
  const [, namespace = '', name = ''] = named.exec(from) ?? []
  const workload = podTemplates.find((each) => each.namespace === namespace && each.name === name)
  return workload
    ? workloadFrom(workload)
    : { namespace, name, serviceAccount: name, labels: { app: name }, annotations: {}, sidecar: true }
}

function gatewayCalled(words: string): Gateway {
  const [, namespace = '', name = '', labels] = named.exec(words) ?? []
  const said = (labels ?? '').split(',').map((each) => each.split('='))
  const own = Object.fromEntries(said.flatMap(([key, value]) => (key && value !== undefined ? [[key, value] as const] : [])))
  return {
    namespace,
    name,
    serviceAccount: name,
    labels: labels === undefined ? { app: name, istio: name.replace(/^istio-/, '') } : own,
    annotations: {},
    sidecar: true,
    ports: [
      { number: 80, targetPort: 8080 },
      { number: 443, targetPort: 8443 },
    ],
  }
}

/** Pods and gateways as the picture of the YAML has them: a gateway may be called otherwise than the lab's. */
function drawnAround(documents: readonly Document[], mesh: Mesh): Pick<Surroundings, 'pods' | 'gateways'> {
  const { design } = draw(documents, mesh, null)
  const { pods } = surroundingsOf(design, mesh)
  const { gateways } = surroundingsOf(design)
  const dialled = new Map<string, Set<number>>()
  for (const { http, tls, tcp } of mesh.routes)
    for (const { host, port } of [...http, ...tls, ...tcp].flatMap(({ to }) => to))
      if (port !== null) dialled.set(host, (dialled.get(host) ?? new Set<number>()).add(port))
  return {
    pods,
    gateways: gateways.map((gateway) => {
      const sent = dialled.get(serviceHost(gateway.name, gateway.namespace)) ?? []
      return { ...gateway, ports: apart(gateway.ports, [...sent]) }
    }),
  }
}

/** No YAML says where the ports of a Service lead to: those that something is sent to exist, and two of them never lead to one. */
function apart(ports: Gateway['ports'], sent: readonly number[]): Gateway['ports'] {
  const more = sent.filter((number) => !ports.some((port) => port.number === number)).map((number) => ({ number, targetPort: number }))
  const taken = new Set<number>()
  return [...ports, ...more].map(({ number, targetPort }) => {
    const free = taken.has(targetPort) ? number + 20_000 : targetPort
    taken.add(free)
    return { number, targetPort: free }
  })
}
