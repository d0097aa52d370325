/** The icons of node kinds, TLS modes and namespaces, drawn on a grid of 16: on the canvas as in an exported picture. */
import { element, type SvgElement } from './element'

const path = (d: string, is: SvgElement['is'] = {}) => element('path', { d, ...is })
const rect = (x: number, y: number, width: number, height: number, rx: number) => element('rect', { x, y, width, height, rx })
const circle = (cx: number, cy: number, r: number) => element('circle', { cx, cy, r })
const dot = (cx: number, cy: number, r: number) => element('circle', { cx, cy, r, fill: 'currentColor', stroke: 'none' })

const shield = 'M8 1.6 13.2 3.5v4.2c0 3.2-2.1 5.6-5.2 6.7-3.1-1.1-5.2-3.5-5.2-6.7V3.5z'

export const figureIcons = {
  pod: [path('M8 1.8 13.4 4.9v6.2L8 14.2l-5.4-3.1V4.9z'), path('M2.8 5 8 8l5.2-3M8 8v6')],
  sidecar: [rect(1.6, 3, 7, 10, 1.6), path('M8.6 8h1.9'), rect(10.5, 5.4, 4, 5.2, 1.2)],
  gateway: [path('M2.4 14V7.2a5.6 5.6 0 0 1 11.2 0V14'), path('M1.2 14h2.4M12.4 14h2.4M5.2 9.6h5.4M8.6 7.4l2.2 2.2-2.2 2.2')],
  host: [circle(8, 8, 6.1), path('M1.9 8h12.2'), element('ellipse', { cx: 8, cy: 8, rx: 2.7, ry: 6.1 })],
  namespace: [
    path(
      'M2 5V3.4A1.4 1.4 0 0 1 3.4 2H5M11 2h1.6A1.4 1.4 0 0 1 14 3.4V5M14 11v1.6a1.4 1.4 0 0 1-1.4 1.4H11M5 14H3.4A1.4 1.4 0 0 1 2 12.6V11M7.2 2h1.6M7.2 14h1.6M2 7.2v1.6M14 7.2v1.6',
    ),
  ],
  shield: [path(shield), path('m5.6 7.9 1.7 1.7 3.1-3.3')],
  'no-shield': [path(shield, { 'stroke-dasharray': '2.4 2' })],
  disable: [rect(2.8, 7, 10.4, 7.2, 1.6), path('M5.2 7V4.6a2.8 2.8 0 0 1 5.5-.8')],
  simple: [rect(2.8, 7, 10.4, 7.2, 1.6), path('M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7'), dot(8, 10.6, 1.15)],
  mutual: [
    rect(2.2, 7, 11.6, 7.2, 1.6),
    path('M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7'),
    path('M5.6 10.6h4.8'),
    dot(5.4, 10.6, 1.15),
    dot(10.6, 10.6, 1.15),
  ],
  'istio-mutual': [
    rect(2.2, 6.4, 11.6, 8, 1.6),
    path('M5.2 6.4V4.5a2.8 2.8 0 0 1 5.6 0v1.9'),
    path('M8 8.7 5.9 12h4.2z', { 'stroke-width': 1 }),
    dot(8, 8.8, 1.05),
    dot(5.9, 12, 1.05),
    dot(10.1, 12, 1.05),
  ],
  passthrough: [
    path('M3.6 4.2h8.8M3.6 11.8h8.8'),
    element('ellipse', { cx: 3.6, cy: 8, rx: 1.8, ry: 3.8 }),
    path('M12.4 4.2c1 0 1.8 1.7 1.8 3.8s-.8 3.8-1.8 3.8'),
    path('M6.6 8h4M9.2 6.4 10.8 8 9.2 9.6'),
  ],
} as const satisfies Record<string, readonly SvgElement[]>

export type FigureIcon = keyof typeof figureIcons
