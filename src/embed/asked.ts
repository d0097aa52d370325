/** What the address of an embedded page asks for: `embed.html?embed=trace&theme=dark&lang=zh#d1=...`. */
import type { Lang } from '../core/base/text'

export const embedViews = ['canvas', 'yaml', 'trace'] as const
export type EmbedView = (typeof embedViews)[number]

export interface EmbedAsked {
  view: EmbedView
  lang: Lang
}

/** Takes any `location.search`; what is unknown in it is the canvas, and the language that the page has by then. */
export function askedIn(search: string, pageLang: string): EmbedAsked {
  const view = new URLSearchParams(search).get('embed')
  return { view: embedViews.find((known) => known === view) ?? 'canvas', lang: pageLang.startsWith('zh') ? 'zh' : 'en' }
}
