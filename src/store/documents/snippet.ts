/** The HTML that shows a design in another page (`src/embed`). */
import type { Lang } from '../../core/base/text'
import { element, markup } from '../../core/figure/element'

export interface Embedding {
  /** Where the app is: its address without query and hash. */
  app: string
  /** `#d1=...` */
  hash: string
  view: 'canvas' | 'yaml' | 'trace'
  theme: 'system' | 'light' | 'dark'
  lang: Lang
  title: string
}

const heights = { canvas: 420, yaml: 520, trace: 520 }

/** An `iframe` that may do no more than show: no forms, no downloads, no way to move the page round it. A link in it opens a page of its own. */
export function embedCode({ app, hash, view, theme, lang, title }: Embedding): string {
  const page = new URL('embed.html', app)
  page.search = String(new URLSearchParams({ embed: view, ...(theme !== 'system' && { theme }), lang }))
  const is = {
    src: `${page.href}${hash}`,
    title,
    width: '100%',
    height: String(heights[view]),
    loading: 'lazy',
    referrerpolicy: 'no-referrer',
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    style: 'border: 1px solid #ccc; border-radius: 8px',
  }
  return markup(element('iframe', is, ''))
}
