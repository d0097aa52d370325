/** The picture of the design, as it is exported: as wide as there is room, or as large as it is drawn. */
import { useMemo, useState, useSyncExternalStore } from 'react'
import { coloursOf } from '../core/figure/colours'
import { pageOf } from '../core/figure/page'
import { svg } from '../ui/Svg'
import { themeNow } from '../ui/theme-now'
import tokens from '../ui/tokens.css?raw'
import type { ViewProps } from './shown'

const dark = matchMedia('(prefers-color-scheme: dark)')

function onTheme(changed: () => void): () => void {
  dark.addEventListener('change', changed)
  return () => dark.removeEventListener('change', changed)
}

export function Figure({ work: { design }, asked: { lang }, words }: ViewProps) {
  const theme = useSyncExternalStore(onTheme, themeNow)
  const [whole, setWhole] = useState(false)
  const page = useMemo(
    () => pageOf(design, { colours: coloursOf(tokens, theme), lang, title: null, headings: true, legend: true, paper: false }),
    [design, theme, lang],
  )
  return (
    <>
      {/* What is wider than its room scrolls, so that the keyboard must reach it. */}
      <div className={`embed-figure${whole ? ' whole' : ''}`} tabIndex={0} role="region" aria-label={words.views.canvas}>
        {svg(page)}
      </div>
      <button type="button" className="b line embed-size" onClick={() => setWhole(!whole)}>
        {whole ? words.fit : words.whole}
      </button>
    </>
  )
}
