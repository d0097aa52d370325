/** What the first paint derives from the design; remembered by its inputs. Nothing derived is stored. */
import { check } from '../core/check'
import type { Design, Id } from '../core/design'
import type { Finding } from '../core/finding'
import { type Plan, plan } from '../core/plan/plan'
import { designOf, type State } from './store'

/** The last answer of a pure function, kept until its input is another object. */
export function keepLast<I extends object, O>(f: (input: I) => O): (input: I) => O {
  let last: { input: I; output: O } | null = null
  return (input) => {
    if (last?.input !== input) last = { input, output: f(input) }
    return last.output
  }
}

/** Moving a node is no change of meaning: the same nodes but for `at` give the same object, so that nothing is compiled again. */
export const meaningOf = keepMeaning()

function keepMeaning(): (design: Design) => Design {
  let last: { design: Design; bare: Design } | null = null
  return (design) => {
    if (last?.design === design) return last.bare
    const bare = last && sameMeaning(last.bare, design) ? last.bare : design
    last = { design, bare }
    return bare
  }
}

function sameMeaning(a: Design, b: Design): boolean {
  if (a.hops !== b.hops || a.guards !== b.guards || a.world !== b.world || a.names !== b.names || a.nodes.length !== b.nodes.length) return false
  return a.nodes.every((node, index) => {
    const other = b.nodes[index]
    return other && node.id === other.id && node.kind === other.kind && node.name === other.name && node.namespace === other.namespace && node.fields === other.fields
  })
}

const planned = keepLast((design: Design): Plan => plan(design))
const checked = keepLast((design: Design): Finding[] => [...check(design), ...planned(design).findings])

export const planOf = (state: State): Plan => planned(meaningOf(designOf(state)))
export const findingsOf = (state: State): Finding[] => checked(meaningOf(designOf(state)))

const byPlace = keepLast((findings: Finding[]) => {
  const map = new Map<Id, Finding[]>()
  for (const finding of findings) {
    if (!finding.on) continue
    const at = map.get(finding.on)
    if (at) at.push(finding)
    else map.set(finding.on, [finding])
  }
  return map
})

const none: readonly Finding[] = []

/** The findings of one node or hop; always the same array while they are the same. */
export const findingsOn = (state: State, id: Id): readonly Finding[] => byPlace(findingsOf(state)).get(id) ?? none
