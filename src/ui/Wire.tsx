/** The strokes of a hop. The same drawing serves the hop, the picker and the gallery, so that it is learned once. */
import type { ReactElement } from 'react'
import { styleOf, type WireStyle } from '../core/figure/wire-shape'

export { styleOf, type WireStyle }

const lines: Record<WireStyle, (d: string) => ReactElement> = {
  disable: (d) => <path className="w dash" d={d} />,
  'istio-mutual': (d) => (
    <>
      <path className="w wide" d={d} />
      <path className="w core" d={d} />
    </>
  ),
  simple: (d) => <path className="w" d={d} />,
  mutual: (d) => <path className="w" d={d} />,
  passthrough: (d) => (
    <>
      <path className="w tube" d={d} />
      <path className="w skin" d={d} />
      <path className="w inner" d={d} />
    </>
  ),
}

export const strokes = (style: WireStyle, d: string): ReactElement => lines[style](d)

/** A short piece of wire, for a list. */
export function Sample({ style }: { style: WireStyle }) {
  return (
    <svg className={`sample ${style}`} viewBox="0 0 44 14" width="44" height="14" aria-hidden="true">
      {strokes(style, 'M1 7H43')}
      {style === 'mutual' && (
        <>
          <path className="gem" d="M8 3.4l3.6 3.6L8 10.6 4.4 7z" />
          <path className="gem" d="M36 3.4l3.6 3.6-3.6 3.6L32.4 7z" />
        </>
      )}
    </svg>
  )
}
