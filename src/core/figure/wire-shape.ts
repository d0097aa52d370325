/** The shape of a wire, on the canvas as in an exported picture: which style a mode has, where its ink ends, its tip, its gems, its branches. Pure. */
import type { Point } from '../model/design'
import { curve, pointAt, type Run } from './route'

export type WireStyle = 'disable' | 'istio-mutual' | 'simple' | 'mutual' | 'passthrough'

/** A mode's name as its class, its icon, its tokens and its line carry it. */
export const styleOf = (mode: string): WireStyle => mode.toLowerCase().replace('_', '-') as WireStyle

/** The wire stops short of the tip, or its blunt end would stand out beside it. */
export const inked = (run: Run, style: WireStyle): Run => ({ ...run, to: { ...run.to, x: run.to.x - (style === 'passthrough' ? 11 : 6) } })

export const tipAt = ({ x, y }: Point, style: WireStyle): string =>
  style === 'passthrough' ? `M${x} ${y}l-12-8v16z` : `M${x} ${y}l-9-5.5v11z`

/** A gem at each end of the wires of MUTUAL: both sides show a certificate. */
export const gemsOn = ({ from, to }: Pick<Run, 'from' | 'to'>, style: WireStyle): Point[] =>
  style === 'mutual'
    ? [
        { ...from, x: from.x + 13 },
        { ...to, x: to.x - 18 },
      ]
    : []

export const gemAt = ({ x, y }: Point): string => `M${x} ${y - 5}l5 5-5 5-5-5z`

/** From the wire to a further row of the gateway, so far below the first. */
export function branchOf(run: Run, dy: number): { line: string; tip: string } {
  const to = { x: run.to.x, y: run.to.y + dy }
  return { line: curve({ from: pointAt(run, 0.62), to: { ...to, x: to.x - 6 }, bend: 0 }), tip: tipAt(to, 'simple') }
}
