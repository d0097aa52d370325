/** SVG as plain values: printed as text for a file, or made into elements of a page by whoever shows it. */

export interface SvgElement {
  tag: string
  /** Names as SVG writes them (`stroke-width`). */
  is: Readonly<Record<string, string | number>>
  children: readonly (SvgElement | string)[]
}

export const element = (tag: string, is: SvgElement['is'], ...children: (SvgElement | string)[]): SvgElement => ({ tag, is, children })

/** The element as XML 1.0. Any text is taken: what XML cannot hold is left out. */
export function markup({ tag, is, children }: SvgElement): string {
  const attributes = Object.entries(is).map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : markup(child)))
  return inner.length > 0 ? `<${tag}${attributes.join('')}>${inner.join('')}</${tag}>` : `<${tag}${attributes.join('')}/>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that are no `Char` of XML 1.0 (section 2.2), half surrogates among them. */
const noCharacter = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const escaped = (text: string): string => text.replace(noCharacter, '').replace(/[&<>"]/g, (sign) => entities[sign] ?? '')
