/** Cards and frames as SVG, without handles, badges and links: what they say, and nothing to press. */
import type { Lang } from '../base/text'
import { labelsOf, namespaceOf } from '../model/design'
import { nodeKinds } from '../model/nodes'
import type { Colours } from './colours'
import { element, type SvgElement } from './element'
import { type CardBox, rowHeight } from './figure'
import { type Frame, wallsOf } from './frames'
import { line } from './letters'
import { styleOf } from './wire-shape'
import { icon } from './wires'
import { figureWords as words } from './words'

/** Text begins behind the tile with the icon. */
const textAt = 44

export function cardOf(card: CardBox, colour: Colours, lang: Lang): SvgElement {
  const { node, at, width, height, docked } = card
  const isHalf = docked !== null && node.kind === 'sidecar'
  return element(
    'g',
    { transform: `translate(${at.x} ${at.y})` },
    // A pod's box is that of its sidecar too: they are one card.
    ...(isHalf ? [] : [boxOf(width, docked ? height + nodeKinds.sidecar.size.height : height, colour)]),
    ...headOf(card, colour, lang),
    ...(node.kind === 'pod' ? seamOf(card, colour) : []),
    ...card.rows.flatMap((row, index) => rowOf(card, row, index, colour, lang)),
  )
}

const boxOf = (width: number, height: number, colour: Colours) =>
  element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 10, fill: colour('surface'), stroke: colour('line-2') })

function headOf({ node, width }: CardBox, colour: Colours, lang: Lang): SvgElement[] {
  const middle = node.kind === 'sidecar' ? 21 : 24
  const [name, below] = saidOf(node, lang)
  const within = width - textAt - 10
  const isOurs = node.kind === 'sidecar'
  return [
    icon(node.kind, { x: 15, y: middle - 8 }, 16, colour('text-2')),
    line(textAt, middle - 8, name, {
      size: isOurs ? 11.5 : 12,
      colour: colour(isOurs ? 'text-2' : 'text'),
      face: isOurs ? 'sans' : 'mono',
      strong: !isOurs,
      within,
    }),
    line(textAt, middle + 8, below, { size: 11, colour: colour('text-3'), face: node.kind === 'host' ? 'sans' : 'mono', within }),
  ]
}

/** The two lines of a card's head. */
function saidOf(node: CardBox['node'], lang: Lang): [string, string] {
  if (node.kind === 'sidecar') return [words.sidecar[lang], 'istio-proxy']
  if (node.kind === 'host') return [node.name, words.external[lang]]
  if (node.kind === 'gateway') return [node.name, namespaceOf(node)]
  return [
    node.name,
    Object.entries(labelsOf(node))
      .map((label) => label.join('='))
      .join(', '),
  ]
}

/** What the app says to its sidecar, and how it runs between them. */
function seamOf({ says, app, width, docked }: CardBox, colour: Colours): SvgElement[] {
  if (!app || !docked) return []
  const isTls = app.call.speaks === 'HTTPS'
  const own = colour(isTls ? 'tls-passthrough' : 'tls-disable')
  const inner = (x: number) => element('path', { d: `M${x} 51v20`, fill: 'none', stroke: own, 'stroke-width': 2 })
  return [
    element('rect', { x: 1, y: 48, width: width - 2, height: 26, fill: colour('sunken') }),
    element('path', { d: `M1 48.5h${width - 2}M1 73.5h${width - 2}`, fill: 'none', stroke: colour('line') }),
    ...(isTls
      ? [inner(21), inner(25)]
      : [element('path', { d: 'M23 51v20', fill: 'none', stroke: own, 'stroke-width': 2, 'stroke-dasharray': '5 3' })]),
    line(textAt, 61, [...says.slice(0, 2), ...(says.length > 2 ? [`+${says.length - 2}`] : [])].join(' · '), {
      size: 10.5,
      colour: colour('text-2'),
      face: 'mono',
      within: width - textAt - 6,
    }),
  ]
}

function rowOf({ node, width }: CardBox, row: CardBox['rows'][number], index: number, colour: Colours, lang: Lang): SvgElement[] {
  const top = nodeKinds[node.kind].head + rowHeight * index
  const middle = top + rowHeight / 2
  const at = 14 + row.port.length * 7 + 8
  const mode = row.mode === undefined ? null : row.mode
  return [
    element('path', { d: `M1 ${top - 0.5}h${width - 2}`, fill: 'none', stroke: colour('line') }),
    line(14, middle, row.port, { size: 11, colour: colour('text'), face: 'mono', strong: true }),
    line(at, middle, row.protocol, { size: 11, colour: colour('text-2') }),
    ...(row.mode === undefined
      ? []
      : [
          line(width - 12, middle, mode ?? words.plaintext[lang], {
            size: 11,
            colour: colour(`tls-${styleOf(mode ?? 'DISABLE')}`),
            face: 'mono',
            strong: true,
            anchor: 'end',
          }),
        ]),
  ]
}

/** A namespace: its name, and its wall with gates where a NetworkPolicy guards it. */
export function frameOf(frame: Frame, colour: Colours, lang: Lang): SvgElement {
  const { x, y, width, height, namespace, guard } = frame
  const own = guard ? colour('text-3') : colour('line-2')
  return element(
    'g',
    { transform: `translate(${x} ${y})` },
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 10,
      fill: colour('sunken'),
      'fill-opacity': 0.6,
      stroke: own,
      'stroke-width': guard ? 1.5 : 1,
      ...(guard ? {} : { 'stroke-dasharray': '4 3' }),
    }),
    icon('namespace', { x: 11, y: 9 }, 14, colour('text-2')),
    line(31, 16, namespace, { size: 11.5, colour: colour('text'), face: 'mono', strong: true, within: width - 44 }),
    ...(guard
      ? [
          icon('shield', { x: 11, y: height - 25 }, 14, colour('text')),
          line(31, height - 18, words.guarded[lang], { size: 11, colour: colour('text-2'), within: width - 38 }),
          ...wallsOf(frame).map((wall) =>
            element('path', {
              d: `M${width + 3} ${wall.top}v${wall.height}`,
              stroke: own,
              'stroke-width': 5,
              'stroke-dasharray': '1.5 2.5',
            }),
          ),
        ]
      : []),
  )
}
