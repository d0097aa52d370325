/** What holds of every picture, whatever the design is called. */
import fc from 'fast-check'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { anyDesign } from '../../testing/odd-design'
import { runs } from '../../testing/runs'
import tokens from '../../ui/tokens.css?raw'
import { type Design, emptyDesign, isWireHop } from '../model/design'
import { tidied } from '../model/layout'
import { coloursOf } from './colours'
import { element, markup, type SvgElement } from './element'
import { fitted, widthOf } from './letters'
import { type PageWish, pageOf } from './page'

const anyWish: fc.Arbitrary<PageWish> = fc.record({
  colours: fc.constantFrom(coloursOf(tokens, 'light'), coloursOf(tokens, 'dark')),
  lang: fc.constantFrom('en' as const, 'zh' as const),
  title: fc.option(fc.string({ unit: 'binary', maxLength: 40 })),
  headings: fc.boolean(),
  legend: fc.boolean(),
  paper: fc.boolean(),
})

/** Every element below this one, itself first. */
const all = (of: SvgElement): SvgElement[] => [of, ...of.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))]
const textsIn = (of: SvgElement) =>
  all(of)
    .filter(({ tag }) => tag === 'text')
    .map(({ children }) => children.join(''))

/** As strangers name things: every name of the design is this one with its old one behind it. */
const renamed = (design: Design, name: string): Design => ({
  ...design,
  nodes: design.nodes.map((node) => ({ ...node, name: `${name}${node.name}` })),
})

test('a picture is XML that says what was drawn, and no name becomes markup', () => {
  const { DOMParser } = new Window()
  fc.assert(
    fc.property(anyDesign, anyWish, fc.constantFrom('', '<script>', '"&\'>', ']]>', '\u0000\u0008\ud800'), (design, wish, name) => {
      const page = pageOf(renamed(design, name), wish)
      const text = markup(page)
      // The half of a surrogate alone is no character; both together are one.
      expect(text).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u)
      const read = new DOMParser().parseFromString(text, 'image/svg+xml')
      expect(read.querySelector('parsererror')).toBeNull()
      expect(read.querySelectorAll('*')).toHaveLength(all(page).length)
      expect(read.querySelectorAll('script, image, use, foreignObject, a, style')).toHaveLength(0)
      expect(text).not.toMatch(/\b(?:href|src|on\w+)="|url\(/)
    }),
    runs(40),
  )
})

test('each node and each hop of a design is in its picture', () => {
  fc.assert(
    fc.property(anyDesign, anyWish, (design, wish) => {
      const nodes = new Set(design.nodes.map(({ id }) => id))
      const texts = textsIn(pageOf(design, { ...wish, legend: false, title: null }))
      for (const { name, kind } of design.nodes)
        if (kind !== 'sidecar') expect(texts).toContain(fitted(name, kind === 'gateway' ? 150 : kind === 'pod' ? 138 : 126, 12))
      const modes = design.hops.flatMap((hop) => (isWireHop(hop) && nodes.has(hop.from) && nodes.has(hop.to) ? [hop.wire.tls] : []))
      for (const mode of new Set(modes))
        expect(texts.filter((text) => text === mode).length).toBeGreaterThanOrEqual(modes.filter((other) => other === mode).length)
    }),
    runs(40),
  )
})

test('everything lies within the page, on paper as wide as what is on it', () => {
  fc.assert(
    fc.property(anyDesign, anyWish, (design, wish) => {
      const page = pageOf(tidied(design), wish)
      const { width, height } = page.is as { width: number; height: number }
      for (const { x, y, box } of boxesIn(page, 0, 0)) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(x + box.width).toBeLessThanOrEqual(width)
        expect(y + box.height).toBeLessThanOrEqual(height)
      }
    }),
    runs(40),
  )
})

/** Rectangles and texts, with where they lie on the page. */
function boxesIn(of: SvgElement, left: number, top: number): { x: number; y: number; box: { width: number; height: number } }[] {
  const [, dx = 0, dy = 0] = (/^translate\((-?[\d.]+) (-?[\d.]+)\)/.exec(String(of.is.transform ?? '')) ?? []).map(Number)
  const [x, y] = [left + dx + Number(of.is.x ?? 0), top + dy + Number(of.is.y ?? 0)]
  const own = of.tag === 'rect' ? [{ x, y, box: { width: Number(of.is.width), height: Number(of.is.height) } }] : []
  const inner =
    of.tag === 'g' || of.tag === 'svg'
      ? of.children.flatMap((child) => (typeof child === 'string' ? [] : boxesIn(child, left + dx, top + dy)))
      : []
  return [...own, ...inner]
}

test('an empty design is an empty page', () => {
  const wish: PageWish = { colours: coloursOf(tokens, 'light'), lang: 'en', title: null, headings: true, legend: true, paper: true }
  expect(textsIn(pageOf(emptyDesign, wish))).toEqual([])
  expect(all(pageOf(emptyDesign, wish)).filter(({ tag }) => tag === 'rect')).toHaveLength(1)
})

test('a name that is too long keeps both of its ends, and what fits is not touched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 30, max: 300 }), (name, within) => {
      const cut = fitted(name, within, 12)
      expect(widthOf(cut, 12)).toBeLessThanOrEqual(Math.max(within, widthOf('…', 12) + 12))
      if (cut === name) return
      const [head = '', tail = ''] = [cut.slice(0, cut.indexOf('…')), cut.slice(cut.lastIndexOf('…') + 1)]
      expect(name.startsWith(head) && name.endsWith(tail)).toBe(true)
    }),
    runs(300),
  )
})

test('the tokens have each colour in both themes, and who asks for another is told', () => {
  expect(coloursOf(tokens, 'light')('canvas')).not.toBe(coloursOf(tokens, 'dark')('canvas'))
  expect(() => coloursOf(tokens, 'dark')('no-such')).toThrow('--no-such')
})

test('attributes and text are escaped', () => {
  expect(markup(element('text', { x: 1, 'font-family': '"A" & <B>' }, 'a<b>"c"&\u0007'))).toBe(
    '<text x="1" font-family="&quot;A&quot; &amp; &lt;B&gt;">a&lt;b&gt;&quot;c&quot;&amp;</text>',
  )
})
