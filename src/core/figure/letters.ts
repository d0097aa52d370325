/** Text in a picture: faces, and names that are cut in the middle. There is nothing to measure with, so widths are those of the widest usual face. */
import { element, type SvgElement } from './element'

export const sans = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'
export const mono = 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace'

export interface Letters {
  size: number
  colour: string
  face?: 'sans' | 'mono'
  strong?: boolean
  /** Where in the text `x` is. */
  anchor?: 'start' | 'middle' | 'end'
  /** Widest, in pixels: what is longer is cut. */
  within?: number
}

/** One line of text whose middle is at `y`. */
export function line(x: number, y: number, text: string, { size, colour, face = 'sans', strong, anchor, within }: Letters): SvgElement {
  return element(
    'text',
    {
      x,
      y: Math.round((y + size * 0.35) * 10) / 10,
      fill: colour,
      'font-family': face === 'mono' ? mono : sans,
      'font-size': size,
      ...(strong && { 'font-weight': 600 }),
      ...(anchor && { 'text-anchor': anchor }),
    },
    within === undefined ? text : fitted(text, within, size),
  )
}

/** A letter of Chinese, Japanese or Korean is as wide as it is high. */
const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u

/** How wide a text is at most, in pixels. */
export const widthOf = (text: string, size: number): number =>
  Array.from(text).reduce((sum, letter) => sum + (wide.test(letter) ? size : size * 0.61), 0)

/** The text, or its two ends round an ellipsis: names differ at either end. */
export function fitted(text: string, within: number, size: number): string {
  if (widthOf(text, size) <= within) return text
  const letters = Array.from(text)
  let [head, tail] = [letters.length >> 1, letters.length >> 1]
  const now = () => `${letters.slice(0, head).join('')}…${letters.slice(letters.length - tail).join('')}`
  while (head + tail > 1 && widthOf(now(), size) > within) {
    if (head > tail) head--
    else tail--
  }
  return now()
}
