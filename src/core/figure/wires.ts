/** Wires and their labels as SVG. A wire looks like what it carries: the same strokes as on the canvas (`ui/Wire.tsx`, `ui/base.css`). */
import type { TlsMode } from '../istio/tls-mode'
import type { Point } from '../model/design'
import type { Colours } from './colours'
import { element, type SvgElement } from './element'
import { labelWidth, type Wire } from './figure'
import { figureIcons } from './icons'
import { line } from './letters'
import { type Box, curve, pointAt, type Run } from './route'
import { branchOf, gemAt, gemsOn, inked, styleOf, tipAt } from './wire-shape'

/** The icon in a box of `size` at this place, its lines in this colour. */
export const icon = (name: keyof typeof figureIcons, { x, y }: Point, size: number, colour: string): SvgElement =>
  element(
    'g',
    {
      transform: `translate(${x} ${y}) scale(${size / 16})`,
      fill: 'none',
      stroke: colour,
      color: colour,
      'stroke-width': 1.4,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
    ...figureIcons[name],
  )

const stroke = (d: string, colour: string, width: number, more: SvgElement['is'] = {}) =>
  element('path', { d, fill: 'none', stroke: colour, 'stroke-width': width, ...more })

/** The lines of a mode along a path. */
export function strokesOf(mode: TlsMode, d: string, colour: Colours): SvgElement[] {
  const style = styleOf(mode)
  const own = colour(`tls-${style}`)
  if (style === 'disable') return [stroke(d, own, 2, { 'stroke-dasharray': '7 4.5' })]
  if (style === 'istio-mutual') return [stroke(d, own, 6), stroke(d, colour('canvas'), 2.4)]
  if (style === 'passthrough') return [stroke(d, own, 10), stroke(d, colour('tls-passthrough-soft'), 7.5), stroke(d, own, 1.5)]
  return [stroke(d, own, 2)]
}

export const gemsOf = (ends: readonly Point[], colour: Colours): SvgElement[] =>
  ends.map((at) => element('path', { d: gemAt(at), fill: colour('canvas'), stroke: colour('tls-mutual'), 'stroke-width': 1.6 }))

/** The wire with its tip; to each further row of a gateway it has a branch, as what is carried there looks. */
export function wireOf({ hop, run, also }: Wire, colour: Colours): SvgElement {
  const { tls } = hop.wire
  const style = styleOf(tls)
  const tip = (d: string, mode: TlsMode) => element('path', { d, fill: colour(`tls-${styleOf(mode)}`) })
  return element(
    'g',
    {},
    ...also.flatMap(({ dy, mode }) => {
      const branch = branchOf(run, dy)
      return [...strokesOf(mode, branch.line, colour), tip(branch.tip, mode)]
    }),
    ...strokesOf(tls, curve(inked(run, style)), colour),
    ...gemsOf(gemsOn(run, style), colour),
    tip(tipAt(run.to, style), tls),
  )
}

const labelHeight = 30

/** The label with the ring of canvas round it, so that no wire touches a letter. */
export function labelBox(hop: Wire['hop'], run: Run, label: number): Box {
  const at = pointAt(run, label)
  const width = labelWidth(hop) + 6
  return { x: Math.round(at.x - width / 2), y: Math.round(at.y - labelHeight / 2), width, height: labelHeight }
}

/** The mode's icon and name, on the wire. */
export function labelOf({ hop, run, label }: Wire, colour: Colours): SvgElement {
  const { tls } = hop.wire
  const own = colour(`tls-${styleOf(tls)}`)
  const { x: outside, y: above, width: room } = labelBox(hop, run, label)
  const [x, y, width] = [outside + 3, above + 3, room - 6]
  return element(
    'g',
    {},
    element('rect', { x: outside, y: above, width: room, height: labelHeight, rx: 8, fill: colour('canvas') }),
    element('rect', { x, y, width, height: 24, rx: 6, fill: colour('surface'), stroke: own, 'stroke-opacity': 0.5 }),
    icon(styleOf(tls), { x: x + 7, y: y + 4.5 }, 15, own),
    line(x + 27, y + 12, tls, { size: 11, colour: own, face: 'mono', strong: true }),
  )
}
