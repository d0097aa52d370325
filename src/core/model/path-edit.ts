/** Edits of a whole path. */
import type { Design } from './design'
import { remove } from './edit'
import { type Path, pathsOf } from './path'

/** The design without the hops that this path alone uses; null where others use each of them. */
export function withoutPath(design: Design, path: Path): Design | null {
  const others = new Set(pathsOf(design).flatMap(({ id, hops }) => (id === path.id ? [] : hops)))
  const own = path.hops.filter((hop) => !others.has(hop))
  return own.length > 0 ? remove(design, own) : null
}
