/**
 * Sound designs as other people write them: compiled, then rewritten with its meaning kept. Each rewriting is proven in the lab
 * (`npm run restyled`); a failing law names those that were applied, and shrinks to the fewest.
 */
import fc from 'fast-check'
import { compile } from '../core/compile/compile'
import { type DialectId, dialectIds, dialects } from '../core/compile/dialects'
import { objectOf } from '../core/compile/print'
import { type Design } from '../core/model/design'
import { writeNotation } from '../core/model/notation'
import { anySoundDesign } from './any-design'
import { chanceOf } from './chance'
import { api } from './restyled/api'
import { around } from './restyled/around'
import { dials } from './restyled/dials'
import { entries } from './restyled/entries'
import { extras } from './restyled/extras'
import { gateways } from './restyled/gateways'
import type { Rewriting, Thing, Written } from './restyled/kind'
import { laidOut, layouts, plainLayout } from './restyled/layouts'
import { names } from './restyled/names'
import { places } from './restyled/places'
import { routes } from './restyled/routes'

/** Every rewriting, by the file that it is written in. */
export const rewritingsByFile: Readonly<Record<string, readonly Rewriting[]>> = {
  dials,
  entries,
  routes,
  api,
  gateways,
  names,
  places,
  extras,
  around,
  layouts,
}
export const rewritings: readonly Rewriting[] = Object.values(rewritingsByFile).flat()

/** Which rewriting, and the seed of its chances. */
export interface Step {
  name: string
  seed: number
}

export interface Restyled {
  design: Design
  dialect: DialectId
  text: string
  /** The rewritings that found something to rewrite, in their order. */
  applied: readonly string[]
}

/** A design's text, rewritten step by step; steps that find nothing to rewrite are left out. */
export function restyled(drawn: Design, dialect: DialectId, steps: readonly Step[]): Restyled {
  // Objects are moved where a mesh shows them: other people's shows entries to all.
  const design: Design = { ...drawn, world: { ...drawn.world, visibility: 'PUBLIC' } }
  let written: Written = { objects: objectsOf(design, dialect), layout: plainLayout, design, dialect }
  const applied: string[] = []
  for (const { name, seed } of inOrder(steps.flatMap(withRoom))) {
    const rewriting = named(name)
    const next = { ...structuredClone({ objects: written.objects, layout: written.layout }), design, dialect }
    if (!rewriting?.rewrite(next, chanceOf(seed))) continue
    written = next
    applied.push(name)
  }
  return { design, dialect, text: laidOut(written.objects, written.layout), applied }
}

const named = (name: string): Rewriting | undefined => rewritings.find((each) => each.name === name)

/** A step behind those that make room for it. */
const withRoom = (step: Step): Step[] => [...(named(step.name)?.after ?? []).map((name) => ({ name, seed: step.seed })), step]

const rankOf = ({ name }: Step): number => named(name)?.rank ?? 0
const inOrder = (steps: readonly Step[]): Step[] => steps.toSorted((a, b) => rankOf(a) - rankOf(b))

const objectsOf = (design: Design, dialect: DialectId): Thing[] =>
  compile(design, dialects[dialect]).map(
    (resource) => structuredClone(objectOf(resource, dialects[dialect].version(resource.group))) as Thing,
  )

/** Up to `most` rewritings of those named, over any sound design in any dialect. */
export const anyRestyled = (of: readonly string[] = rewritings.map(({ name }) => name), most = 8): fc.Arbitrary<Restyled> =>
  fc
    .record({
      design: anySoundDesign,
      dialect: fc.constantFrom(...dialectIds),
      steps: fc.array(fc.record({ name: fc.constantFrom(...of), seed: fc.nat(9999) }), { maxLength: most, size: 'max' }),
    })
    .map(({ design, dialect, steps }) => toldAs(restyled(design, dialect, steps)))

/** A failure tells the design, what was rewritten, and the text. */
const toldAs = (of: Restyled): Restyled =>
  Object.assign(of, {
    [fc.toStringMethod]: () => `${writeNotation(of.design)}\n${of.dialect}: ${of.applied.join(', ')}\n\n${of.text}`,
  })
