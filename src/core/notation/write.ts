/** A design as flow notation. Only what differs from a default is written. */
import { type Design, defaultNamespace, defaultWorld, emptyDesign, isWireHop, type Node, namespaceOf, type TlsFields } from '../design'
import { defaultGatewayNamespace, type Flow, flowOf } from '../flow'
import { nodeKinds } from '../nodes'
import { type Path, pathsOf } from '../path'
import { slug } from '../slug'
import { tlsKinds } from '../tls'
import { only } from '../tls/origination'
import { valueText } from './values'
import { sentence, valueWord } from './words'

/**
 * The design as text that `readNotation` reads back to a design with the same paths, guards, World, fields and names. Hops that are part of no
 * path cannot be a line: they are told in a comment. Ends with a newline; an empty design is an empty text.
 */
export function writeNotation(design: Design): string {
  const paths = pathsOf(design)
  const { world } = design
  // Two hops that say the same are one path to whoever reads.
  const flows = new Set(paths.map((path) => pathLine(flowOf(path, design))))
  const clients = clientsOf(paths)
  const onPath = new Set(paths.flatMap((path) => [path.pod, path.gateway, path.host]))
  const early = outOfOrder(design, [...clients.keys()])
  const lines = [
    ...(design.name === emptyDesign.name ? [] : [`name ${sentence(design.name)}`]),
    ...(world.istio === defaultWorld.istio ? [] : [`istio ${valueWord(world.istio)}`]),
    ...(world.root === defaultWorld.root ? [] : [`root ${valueWord(world.root)}`]),
    ...early.map((node) => nodeLine(node, clients)),
    ...flows,
    ...design.nodes.filter((node) => !early.includes(node) && node.kind !== 'sidecar' && (!onPath.has(node) || saysMore(node, clients))).map((node) => nodeLine(node, clients)),
    ...design.guards.map((guard) => `guard ${valueWord(guard.namespace)}${guard.dns ? '' : ' dns=false'}`),
    ...(world.outbound === defaultWorld.outbound ? [] : [`outbound ${world.outbound}`]),
    ...Object.entries(design.names).map(([slot, name]) => `resource ${sentence(slot)} = ${valueWord(name)}`),
    ...looseLines(design, paths),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const usual: Record<string, number> = { HTTP: 80, HTTPS: 443 }
const named = (namespace: string | undefined, name: string, otherwise: string): string =>
  valueWord(namespace === undefined || namespace === otherwise ? name : `${namespace}/${name}`)

/** One path as one line. */
export function pathLine({ pod, call, gateway, host, wire }: Flow): string {
  const says = call.port !== undefined && call.port !== usual[call.speaks] ? `${call.speaks}:${call.port}` : call.speaks
  const hop = gateway ? ` -> ${named(gateway.namespace, gateway.name, defaultGatewayNamespace)} ${gateway.tls}${gateway.port ? `:${gateway.port}` : ''}` : ''
  const { fields } = tlsKinds[wire.tls]
  return `${named(pod.namespace, pod.name, defaultNamespace)} ${says}${hop} -> ${valueWord(host)}${wire.port ? `:${wire.port}` : ''} ${wire.tls}${valuesText(only(fields, wire.fields))}`
}

const valuesText = (values: TlsFields | Node['fields']): string =>
  Object.entries(values)
    .flatMap(([key, value]) => {
      const text = valueText(value)
      return text === null ? [] : [text === true ? ` ${key}` : ` ${key}=${valueWord(text)}`]
    })
    .join('')

/** The namespaces of each host's clients: the first, and another one if there is. */
function clientsOf(paths: readonly Path[]): Map<Node, string[]> {
  const clients = new Map<Node, string[]>()
  for (const path of paths) {
    const spaces = clients.get(path.host) ?? []
    clients.set(path.host, spaces)
    if (spaces.length < 2 && !spaces.includes(namespaceOf(path.pod))) spaces.push(namespaceOf(path.pod))
  }
  return clients
}

/** What a node says of itself beside its name. */
function detailsOf(node: Node, clients: ReadonlyMap<Node, string[]>): string {
  const known = new Set(nodeKinds[node.kind].fields.map((field) => field.id))
  const fields = Object.fromEntries(Object.entries(node.fields).filter(([key]) => known.has(key)))
  // The first client decides where a host's objects lie: where clients come from several namespaces, that must not depend on the order of lines.
  const spaces = clients.get(node) ?? []
  const place = node.kind === 'host' ? node.namespace || (spaces.length > 1 ? spaces[0] : undefined) : undefined
  return `${place ? ` namespace=${valueWord(place)}` : ''}${valuesText(fields)}`
}

const saysMore = (node: Node, clients: ReadonlyMap<Node, string[]>): boolean => detailsOf(node, clients) !== ''
const nodeLine = (node: Node, clients: ReadonlyMap<Node, string[]>): string =>
  `${node.kind} ${valueWord(node.kind === 'host' ? node.name : `${namespaceOf(node)}/${node.name}`)}${detailsOf(node, clients)}`

/** Hosts whose resources would have the same name: the first of them keeps it, so where the paths mention them in another order, their lines come first. */
function outOfOrder(design: Design, mentioned: readonly Node[]): Node[] {
  const hosts = design.nodes.filter((node) => node.kind === 'host')
  const alike = new Map<string, Node[]>()
  for (const host of hosts) alike.set(slug(host.name), [...(alike.get(slug(host.name)) ?? []), host])
  const known = new Set(mentioned)
  const place = new Map([...mentioned, ...hosts.filter((host) => !known.has(host))].map((host, index) => [host, index]))
  const turned = (group: readonly Node[]) => group.some((host, index) => index > 0 && (place.get(host) ?? 0) < (place.get(group[index - 1] as Node) ?? 0))
  return [...alike.values()].filter(turned).flat()
}

/** Hops that lead nowhere yet. */
function looseLines(design: Design, paths: readonly Path[]): string[] {
  const used = new Set(paths.flatMap((path) => path.hops))
  const nodes = new Map(design.nodes.map((node) => [node.id, node]))
  return design.hops.flatMap((hop) => {
    if (!isWireHop(hop) || used.has(hop.id)) return []
    const [from, to] = [nodes.get(hop.from), nodes.get(hop.to)]
    return from && to ? [`# ${valueWord(from.name)} -> ${valueWord(to.name)} ${hop.wire.tls}: part of no complete path`] : []
  })
}
