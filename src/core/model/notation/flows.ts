/** The paths of a design as lines, so that whoever reads them comes to the same paths in the same order. */

import type { Id } from '../../base/id'
import { slug } from '../../base/slug'
import { type Design, defaultNamespace, type Node, type TlsFields } from '../design'
import { defaultGatewayNamespace, type Flow, flowOf } from '../flow'
import type { Path } from '../path'
import { tlsKinds } from '../tls'
import { only } from '../tls/origination'
import { valueText } from './values'
import { valueWord } from './words'

const usual: Record<string, number> = { HTTP: 80, HTTPS: 443 }
const named = (namespace: string | undefined, name: string, otherwise: string): string =>
  valueWord(namespace === undefined || namespace === otherwise ? name : `${namespace}/${name}`)

/** One path as one line. */
export const pathLine = (flow: Flow): string => `${startOf(flow)} -> ${endOf(flow)}${flow.hop === undefined ? '' : ` hop=${flow.hop}`}`

function startOf({ pod, call, gateway }: Flow): string {
  const says = call.port !== undefined && call.port !== usual[call.speaks] ? `${call.speaks}:${call.port}` : call.speaks
  const hop = gateway
    ? ` -> ${named(gateway.namespace, gateway.name, defaultGatewayNamespace)} ${gateway.tls}${gateway.port ? `:${gateway.port}` : ''}`
    : ''
  return `${named(pod.namespace, pod.name, defaultNamespace)} ${says}${hop}`
}

const endOf = ({ host, wire }: Flow): string =>
  `${valueWord(host)}${wire.port ? `:${wire.port}` : ''} ${wire.tls}${valuesText(only(tlsKinds[wire.tls].fields, wire.fields))}`

/** Fields as ` key=value` words. */
export const valuesText = (values: TlsFields | Node['fields']): string =>
  Object.entries(values)
    .flatMap(([key, value]) => {
      const text = valueText(value)
      return text === null ? [] : [text === true ? ` ${key}` : ` ${key}=${valueWord(text)}`]
    })
    .join('')

/** Outside hops that read alike, in the order of their first lines, and which pods take each. */
type Alike = { hop: Id; pods: Set<Id> }[]

/**
 * A line a path, in the order of the paths. A path that reads like another one is left out: it is the same to whoever reads. `hop` is written
 * only where the reader would choose another of several hops that read alike.
 */
export function flowLines(design: Design, paths: readonly Path[]): string[] {
  const groups = new Map<string, Alike>()
  const lines = new Set<string>()
  const said = new Set<string>()
  for (const path of paths) {
    const flow = flowOf(path, design)
    const bare = pathLine(flow)
    if (said.has(bare)) continue
    said.add(bare)
    const key = `${path.gateway?.id ?? path.sidecar.id} ${endOf(flow)}`
    const alike = groups.get(key) ?? []
    groups.set(key, alike)
    const chosen = path.gateway ? alike.findIndex(({ pods }) => !pods.has(path.pod.id)) : -1
    let place = alike.findIndex(({ hop }) => hop === path.outside.hop)
    if (place === -1) place = alike.push({ hop: path.outside.hop, pods: new Set() }) - 1
    alike[place]?.pods.add(path.pod.id)
    lines.add(place === (chosen === -1 ? alike.length - 1 : chosen) ? bare : pathLine({ ...flow, hop: place + 1 }))
  }
  return [...lines]
}

/** Nodes whose lines have to come before the paths, because their order counts and the paths mention them in another one. */
export function early(design: Design, paths: readonly Path[]): Node[] {
  return [...earlyPods(design, paths), ...earlyHosts(design, paths)]
}

/** The paths along one outside hop are in the order of their sidecars. */
function earlyPods(design: Design, paths: readonly Path[]): Node[] {
  const pods = new Map(paths.map((path) => [path.sidecar, path.pod]))
  const mentioned = new Map([...pods.keys()].map((sidecar, index) => [sidecar, index]))
  const place = (path: Path): number => mentioned.get(path.sidecar) ?? 0
  const turned = paths.some((path, index) => {
    const before = paths[index - 1]
    return before?.outside.hop === path.outside.hop && place(before) > place(path)
  })
  return turned ? design.nodes.flatMap((node) => pods.get(node) ?? []) : []
}

/** Of hosts whose resources would have the same name the first keeps it. */
function earlyHosts(design: Design, paths: readonly Path[]): Node[] {
  const groups = new Map<string, Node[]>()
  const hosts = design.nodes.filter((node) => node.kind === 'host')
  const mentioned = new Map([...new Set([...paths.map((path) => path.host), ...hosts])].map((host, index) => [host, index]))
  for (const host of hosts) {
    const group = groups.get(slug(host.name))
    if (group) group.push(host)
    else groups.set(slug(host.name), [host])
  }
  const place = (host: Node | undefined): number => (host ? (mentioned.get(host) ?? 0) : -1)
  return [...groups.values()].filter((group) => group.some((host, index) => place(group[index - 1]) > place(host))).flat()
}
