/** A design as a picture for a slide or a document: title, headings, legend, and no handle, badge or link. The app and the command line tool make the same. */
import type { Lang } from '../base/text'
import { lanesOf } from '../compile/plan/lanes'
import type { TlsMode } from '../istio/tls-mode'
import { type Design, isWireHop, type NodeKindId } from '../model/design'
import { placed } from '../model/layout'
import { pathsOf } from '../model/path'
import { tlsKinds, tlsModes } from '../model/tls'
import { cardOf, frameOf } from './cards'
import type { Colours } from './colours'
import { element, type SvgElement } from './element'
import { type CardBox, type Figure, figureOf } from './figure'
import { type Frame, framesOf } from './frames'
import { line, widthOf } from './letters'
import { type Box, pointAt } from './route'
import { styleOf } from './wire-shape'
import { gemsOf, icon, labelBox, labelOf, strokesOf, wireOf } from './wires'
import { figureWords as words } from './words'

export interface PageWish {
  colours: Colours
  lang: Lang
  /** Null: none. */
  title: string | null
  headings: boolean
  /** The modes in use, and what each is. */
  legend: boolean
  /** False: what lies behind shows through. */
  paper: boolean
}

const margin = 32
const titleHeight = 44
const headingHeight = 36
const legendRow = 26

/** The whole picture, with `width`, `height` and a description in words. Takes any design; an empty one is an empty page. */
export function pageOf(design: Design, wish: PageWish): SvgElement {
  const whole = placed(design)
  const figure = figureOf(whole, lanesOf(whole, pathsOf(whole)).lanes)
  const frames = framesOf(figure.cards, whole.guards)
  const box = extentOf(figure, frames)
  const modes = tlsModes.filter((mode) => whole.hops.some((hop) => isWireHop(hop) && hop.wire.tls === mode))
  const above = (wish.title ? titleHeight : 0) + (wish.headings ? headingHeight : 0)
  const legend = wish.legend ? legendOf(modes, box.width, wish) : { rows: [], height: 0, width: 0 }
  const inner = Math.max(box.width, legend.width, wish.title ? Math.min(widthOf(wish.title, 20), 900) : 0)
  const width = Math.ceil(inner + 2 * margin)
  const height = Math.ceil(above + box.height + legend.height + 2 * margin)
  const left = margin - box.x
  const top = margin + above - box.y
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' },
    element('title', {}, wish.title ?? design.name),
    element('desc', {}, saidOf(whole)),
    ...(wish.paper ? [element('rect', { width, height, fill: wish.colours('canvas') })] : []),
    ...(wish.title ? [line(margin, margin + 12, wish.title, { size: 20, colour: wish.colours('text'), strong: true, within: inner })] : []),
    element(
      'g',
      { transform: `translate(${left} ${top})` },
      ...(wish.headings ? headingsOf(figure.cards, box.y - headingHeight / 2 - 4, wish) : []),
      ...frames.map((frame) => frameOf(frame, wish.colours, wish.lang)),
      ...drawn(figure, wish),
    ),
    element('g', { transform: `translate(${margin} ${margin + above + box.height})` }, ...legend.rows),
  )
}

const drawn = ({ cards, wires }: Figure, { colours, lang }: PageWish): SvgElement[] => [
  ...wires.map((wire) => wireOf(wire, colours)),
  ...cards.map((card) => cardOf(card, colours, lang)),
  ...wires.map((wire) => labelOf(wire, colours)),
]

/** How far along a wire it is looked at: it bends most between its ends. */
const along = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** Round all cards, frames, wires and labels. */
function extentOf({ cards, wires }: Figure, frames: readonly Frame[]): Box {
  const boxes: Box[] = [
    ...cards.map(({ at, width, height }) => ({ ...at, width, height })),
    ...frames,
    ...wires.flatMap(({ hop, run, label }) => [
      labelBox(hop, run, label),
      ...along.map((t) => ({ ...pointAt(run, t), width: 0, height: 0 })),
    ]),
  ]
  const [first] = boxes
  if (!first) return { x: 0, y: 0, width: 320, height: 120 }
  let [x, y, right, bottom] = [first.x, first.y, first.x, first.y]
  for (const box of boxes) {
    x = Math.min(x, box.x)
    y = Math.min(y, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return { x, y, width: right - x, height: bottom - y }
}

const columns: readonly { kind: NodeKindId; says: (typeof words)['workloads'] }[] = [
  { kind: 'pod', says: words.workloads },
  { kind: 'gateway', says: words.gateways },
  { kind: 'host', says: words.outside },
]

/** A heading over each column; none where the cards do not lie in columns. */
function headingsOf(cards: readonly CardBox[], y: number, { colours, lang }: PageWish): SvgElement[] {
  const found = columns.flatMap(({ kind, says }) => {
    const own = cards.filter(({ node }) => node.kind === kind)
    const left = Math.min(...own.map(({ at }) => at.x))
    const right = Math.max(...own.map(({ at, width }) => at.x + width))
    return own.length > 0 ? [{ says, left, right }] : []
  })
  if (found.some((column, index) => index > 0 && (found[index - 1]?.right ?? 0) >= column.left)) return []
  return found.map(({ says, left }) => line(left, y, says[lang], { size: 13, colour: colours('text-2'), strong: true }))
}

/** Each mode with a piece of its wire and what it is, side by side as far as there is room. */
function legendOf(modes: readonly TlsMode[], room: number, { colours, lang }: PageWish) {
  const entries = modes.map((mode) => {
    const says = tlsKinds[mode].title[lang]
    const named = 62 + widthOf(mode, 11) + 10
    return { mode, says, named, width: named + widthOf(says, 11) + 24 }
  })
  const wide = Math.max(room, ...entries.map(({ width }) => width))
  const rows: SvgElement[] = []
  let [x, y] = [0, 34]
  for (const { mode, says, named, width } of entries) {
    if (x > 0 && x + width > wide) [x, y] = [0, y + legendRow]
    const own = colours(`tls-${styleOf(mode)}`)
    const ends = [
      { x: 9, y: 0 },
      { x: 31, y: 0 },
    ]
    rows.push(
      element(
        'g',
        { transform: `translate(${x} ${y})` },
        ...strokesOf(mode, 'M0 0H40', colours),
        ...(styleOf(mode) === 'mutual' ? gemsOf(ends, colours) : []),
        icon(styleOf(mode), { x: 46, y: -6 }, 12, own),
        line(62, 0, mode, { size: 11, colour: own, face: 'mono', strong: true }),
        line(named, 0, says, { size: 11, colour: colours('text-2') }),
      ),
    )
    x += width
  }
  return { rows, height: entries.length > 0 ? y + 12 : 0, width: entries.length > 0 ? wide : 0 }
}

/** Every path, for whoever hears the picture. */
const saidOf = (design: Design): string =>
  pathsOf(design)
    .map(({ pod, gateway, host, speaks, mesh, outside }) =>
      [
        `${pod.name} ${speaks}`,
        ...(gateway && mesh ? [`${gateway.name} ${mesh.tls}`] : []),
        `${host.name}:${outside.port} ${outside.tls}`,
      ].join(' → '),
    )
    .join('; ')
