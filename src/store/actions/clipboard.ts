/** What was copied: kept here with its places, and as flow notation in the system's clipboard for every other document. */

import type { Id } from '../../core/base/id'
import { type Design, emptyDesign, type Hop, type Node } from '../../core/model/design'
import { dockedTo } from '../../core/model/edit'
import { readFlows, type Written, writeFlows } from '../text/notation'

export interface Clip {
  nodes: readonly Node[]
  hops: readonly Hop[]
}

let clip: (Clip & { text: string }) | null = null

/** Everything that belongs to a selection: a pod's sidecar, and of a hop both ends and what leads to them. */
export function cutOut(design: Design, selected: readonly Id[]): Clip {
  const ids = new Set<Id>()
  const into = (id: Id) => {
    for (const hop of design.hops) {
      if (hop.to !== id || ids.has(hop.from)) continue
      ids.add(hop.from)
      into(hop.from)
    }
  }
  for (const id of selected) {
    const hop = design.hops.find((hop) => hop.id === id)
    if (!hop) {
      ids.add(id)
      continue
    }
    ids.add(hop.from)
    ids.add(hop.to)
    into(hop.from)
  }
  for (const id of Array.from(ids)) {
    const docked = dockedTo(design, id)
    if (docked) ids.add(docked.id)
  }
  return { nodes: design.nodes.filter((node) => ids.has(node.id)), hops: design.hops.filter((hop) => ids.has(hop.from)) }
}

/** Keeps a part of a design; its text follows as soon as the notation is there. */
export function keep(design: Design, part: Clip): void {
  const kept = { ...part, text: '' }
  clip = kept
  void writeFlows({ ...emptyDesign, nodes: [...part.nodes], hops: whole(part) })
    .then((text) => {
      kept.text = text
      if (text) return navigator.clipboard?.writeText(text)
    })
    .catch(() => {})
  void design
}

const whole = ({ nodes, hops }: Clip): Hop[] => {
  const ids = new Set(nodes.map((node) => node.id))
  return hops.filter((hop) => ids.has(hop.from) && ids.has(hop.to))
}

/** What is to be pasted. Null: nothing was copied here, or the system holds another text. */
export function taken(text: string | null): Clip | null {
  if (!clip || (text !== null && text.trim() !== '' && clip.text !== '' && text.trim() !== clip.text.trim())) return null
  return clip
}

/** A text from elsewhere as flows in this design. */
export const takenText = (text: string, into: Design): Promise<Written> => readFlows(text, into)
