/** Where on the canvas a step of a trace is, and along which hop it goes on. */

import type { Id } from '../../core/base/id'
import { subsetOf } from '../../core/istio/host-name'
import { type Design, type Node, namespaceOf } from '../../core/model/design'
import type { StepAt, Trace } from '../../core/trace/outcome'

const nowhere = { node: null, hop: null }

/** Pure. Null where the picture has no such node, as of a proxy that only the surroundings know. */
export function stretchOf(design: Design, trace: Trace | null, step: number): { node: Id | null; hop: Id | null } {
  const at = trace?.steps[step]
  if (!trace || !at) return nowhere
  const node = nodeAt(design, at.at)
  if (!node) return nowhere
  const next = trace.steps
    .slice(step + 1)
    .map((each) => nodeAt(design, each.at))
    .find((each) => each && each.id !== node.id)
  const to = next ?? (at.to ? design.nodes.find((each) => each.kind === 'host' && each.name === at.to?.host) : undefined)
  const hops = design.hops.filter((hop) => hop.from === node.id && hop.to === to?.id)
  const hop = hops.find((each) => 'wire' in each && each.wire.port !== undefined && each.wire.port === at.to?.port) ?? hops[0]
  return { node: node.id, hop: hop?.id ?? null }
}

/** The node of a step; a wildcard is the node of the names below it. */
function nodeAt(design: Design, at: StepAt): Node | undefined {
  const { kind, name } = at
  if (at.kind !== 'host') return design.nodes.find((node) => node.kind === kind && namespaceOf(node) === at.namespace && node.name === name)
  const hosts = design.nodes.filter((node) => node.kind === 'host')
  return hosts.find((node) => node.name === name) ?? hosts.find((node) => subsetOf(name, node.name))
}
