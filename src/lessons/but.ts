/**
 * A text with pieces of it replaced: the scenes of a lesson differ from one another in a few places. Each piece must be in the text once when its
 * turn comes; throws where it does not, so that a scene never says by accident what another one says.
 */
export function but(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((now, [from, to]) => {
    const [before, after, ...more] = now.split(from)
    if (before === undefined || after === undefined || more.length > 0) throw new Error(`stands not once: ${from}`)
    return before + to + after
  }, text)
}
