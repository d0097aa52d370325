/** A design as flow notation. Only what differs from a default is written, and no key that somebody put into a field. */

import { keyless } from '../../yaml/secrets/keys'
import { type Design, defaultWorld, emptyDesign, isAppHop, isWireHop, type Node, namespaceOf } from '../design'
import { nodeKinds } from '../nodes'
import { type Path, pathsOf } from '../path'
import { early, flowLines, valuesText } from './flows'
import { sentence, valueWord } from './words'

/**
 * The design as text that `readNotation` reads back to a design with the same paths, guards, World, fields and names. Hops that are part of no
 * path cannot be a line: they are told in a comment. Ends with a newline; an empty design is an empty text.
 */
export function writeNotation(design: Design): string {
  const paths = pathsOf(design)
  const { world } = design
  const first = new Set(early(design, paths))
  const lineOf = lines(design, paths)
  const lined = [
    ...(design.name === emptyDesign.name ? [] : [`name ${sentence(design.name)}`]),
    ...(world.istio === defaultWorld.istio ? [] : [`istio ${valueWord(world.istio)}`]),
    ...(world.root === defaultWorld.root ? [] : [`root ${valueWord(world.root)}`]),
    ...[...first].flatMap((node) => lineOf(node, true)),
    ...flowLines(design, paths),
    ...design.nodes.flatMap((node) => (first.has(node) ? [] : lineOf(node, false))),
    ...design.guards.map((guard) => `guard ${valueWord(guard.namespace)}${guard.dns ? '' : ' dns=false'}`),
    ...(world.outbound === defaultWorld.outbound ? [] : [`outbound ${world.outbound}`]),
    ...(world.visibility === defaultWorld.visibility ? [] : [`visibility ${world.visibility}`]),
    ...Object.entries(design.names).map(([slot, name]) => `resource ${sentence(slot)} = ${valueWord(name)}`),
    ...looseLines(design, paths),
  ]
  return keyless(lined.map((line) => `${line}\n`).join(''))
}

/** A node's own line: what it says of itself, or (`always`, or where no path reaches it) that it is there. */
function lines(design: Design, paths: readonly Path[]): (node: Node, always: boolean) => string[] {
  const onPath = new Set(paths.flatMap((path) => [path.pod, path.gateway, path.host]))
  const calling = new Set(design.hops.filter(isAppHop).map((hop) => hop.from))
  const spaces = new Map<Node, Set<string>>()
  for (const path of paths) spaces.set(path.host, (spaces.get(path.host) ?? new Set()).add(namespaceOf(path.pod)))
  return (node, always) => {
    if (node.kind === 'sidecar') return []
    const known = new Set(nodeKinds[node.kind].fields.map((field) => field.id))
    const fields = Object.fromEntries(Object.entries(node.fields).filter(([key]) => known.has(key)))
    const place = node.kind === 'host' ? node.namespace || firstOfSeveral(spaces.get(node)) : undefined
    const alone = node.kind === 'pod' && !calling.has(node.id)
    const text = `${place ? ` namespace=${valueWord(place)}` : ''}${valuesText(fields)}${alone ? ' sidecar=false' : ''}`
    if (!always && onPath.has(node) && text === '') return []
    return [`${node.kind} ${valueWord(node.kind === 'host' ? node.name : `${namespaceOf(node)}/${node.name}`)}${text}`]
  }
}

/** The first client decides where a host's objects lie; with clients in several namespaces that must not depend on the order of lines. */
const firstOfSeveral = (spaces: ReadonlySet<string> = new Set()): string | undefined => (spaces.size > 1 ? [...spaces][0] : undefined)

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
