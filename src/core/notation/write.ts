/** A design as flow notation. Only what differs from a default is written. */
import { type Design, defaultNamespace, defaultWorld, emptyDesign, isWireHop, type Node, namespaceOf, nodeOf, type TlsFields } from '../design'
import { defaultGatewayNamespace, type Flow, flowOf } from '../flow'
import { nodeKinds } from '../nodes'
import { type Path, pathsOf } from '../path'
import { tlsKinds } from '../tls'
import { only } from '../tls/origination'
import { valueText } from './values'
import { valueWord } from './words'

/**
 * The design as text that `readNotation` reads back to a design with the same paths, guards, World, fields and names. Hops that are part of no
 * path cannot be a line: they are told in a comment. Ends with a newline; an empty design is an empty text.
 */
export function writeNotation(design: Design): string {
  const paths = pathsOf(design)
  const { world } = design
  const lines = [
    ...(design.name === emptyDesign.name ? [] : [`name ${design.name}`]),
    ...(world.istio === defaultWorld.istio ? [] : [`istio ${world.istio}`]),
    ...(world.root === defaultWorld.root ? [] : [`root ${world.root}`]),
    ...paths.map((path) => pathLine(flowOf(path, design))),
    ...nodeLines(design, paths),
    ...design.guards.map((guard) => `guard ${guard.namespace}${guard.dns ? '' : ' dns=false'}`),
    ...(world.outbound === defaultWorld.outbound ? [] : [`outbound ${world.outbound}`]),
    ...Object.entries(design.names).map(([slot, name]) => `resource ${slot} = ${name}`),
    ...looseLines(design, paths),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const usual: Record<string, number> = { HTTP: 80, HTTPS: 443 }
const named = (namespace: string | undefined, name: string, otherwise: string): string => (namespace === undefined || namespace === otherwise ? name : `${namespace}/${name}`)

/** One path as one line. */
export function pathLine({ pod, call, gateway, host, wire }: Flow): string {
  const says = call.port !== undefined && call.port !== usual[call.speaks] ? `${call.speaks}:${call.port}` : call.speaks
  const hop = gateway ? ` -> ${named(gateway.namespace, gateway.name, defaultGatewayNamespace)} ${gateway.tls}${gateway.port ? `:${gateway.port}` : ''}` : ''
  const { fields } = tlsKinds[wire.tls]
  return `${named(pod.namespace, pod.name, defaultNamespace)} ${says}${hop} -> ${host}${wire.port ? `:${wire.port}` : ''} ${wire.tls}${valuesText(only(fields, wire.fields))}`
}

const valuesText = (values: TlsFields | Node['fields']): string =>
  Object.entries(values)
    .flatMap(([key, value]) => {
      const text = valueText(value)
      return text === null ? [] : [text === true ? ` ${key}` : ` ${key}=${valueWord(text)}`]
    })
    .join('')

/** What nodes say of themselves, and nodes that no path reaches. */
function nodeLines(design: Design, paths: readonly Path[]): string[] {
  const onPath = new Set(paths.flatMap((path) => [path.pod, path.gateway, path.host]))
  const clients = new Map<Node, Set<string>>()
  for (const path of paths) clients.set(path.host, (clients.get(path.host) ?? new Set()).add(namespaceOf(path.pod)))
  return design.nodes.flatMap((node) => {
    if (node.kind === 'sidecar') return []
    const known = new Set(nodeKinds[node.kind].fields.map((field) => field.id))
    const fields = Object.fromEntries(Object.entries(node.fields).filter(([key]) => known.has(key)))
    // The first client decides where a host's objects lie; which one is first, only one namespace tells for sure.
    const spaces = clients.get(node)
    const first = paths.find((path) => path.host === node)
    const place = node.kind !== 'host' ? undefined : node.namespace || (spaces && spaces.size > 1 && first ? namespaceOf(first.pod) : undefined)
    const text = `${place ? ` namespace=${place}` : ''}${valuesText(fields)}`
    if (onPath.has(node) && text === '') return []
    return [`${node.kind} ${node.kind === 'host' ? node.name : `${namespaceOf(node)}/${node.name}`}${text}`]
  })
}

/** Hops that lead nowhere yet. */
function looseLines(design: Design, paths: readonly Path[]): string[] {
  const used = new Set(paths.flatMap((path) => path.hops))
  return design.hops.flatMap((hop) => {
    if (!isWireHop(hop) || used.has(hop.id)) return []
    const [from, to] = [nodeOf(design, hop.from), nodeOf(design, hop.to)]
    return from && to ? [`# ${from.name} -> ${to.name} ${hop.wire.tls}: part of no complete path`] : []
  })
}
