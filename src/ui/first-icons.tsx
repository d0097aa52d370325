/** The icons of the first paint, drawn on a grid of 16. They say nothing to a screen reader: the word beside them does. */
import type { ReactElement } from 'react'
import { type FigureIcon, figureIcons } from '../core/figure/icons'
import { svgs } from './Svg'

export const firstShapes = {
  ...(Object.fromEntries(Object.entries(figureIcons).map(([name, shape]) => [name, svgs(shape)])) as Record<FigureIcon, ReactElement>),
  gallery: (
    <>
      <rect x="2" y="2" width="5" height="5" rx="1" />
      <rect x="9" y="2" width="5" height="5" rx="1" />
      <rect x="2" y="9" width="5" height="5" rx="1" />
      <rect x="9" y="9" width="5" height="5" rx="1" />
    </>
  ),
  lesson: <path d="M8 4.2C6.4 3 4.4 2.6 2 2.6v9.6c2.4 0 4.4.4 6 1.6 1.6-1.2 3.6-1.6 6-1.6V2.6c-2.4 0-4.4.4-6 1.6zM8 4.2v9.6" />,
  right: <path d="m6.2 4.5 3.5 3.5-3.5 3.5" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  warn: (
    <>
      <path d="M8 2.2 14.4 13.4H1.6z" />
      <path d="M8 6.4v3.2M8 11.5v.1" />
    </>
  ),
  error: (
    <>
      <path d="M5.5 1.8h5l3.7 3.7v5l-3.7 3.7h-5l-3.7-3.7v-5z" />
      <path d="m5.9 5.9 4.2 4.2M10.1 5.9l-4.2 4.2" />
    </>
  ),
  tidy: (
    <>
      <rect x="1.8" y="3" width="3.6" height="3.6" rx=".9" />
      <rect x="1.8" y="9.4" width="3.6" height="3.6" rx=".9" />
      <rect x="10.6" y="6.2" width="3.6" height="3.6" rx=".9" />
      <path d="M5.4 4.8h1.4c.7 0 1.2.5 1.2 1.2v4c0 .7-.5 1.2-1.2 1.2H5.4M8 8h2.6" />
    </>
  ),
  type: (
    <>
      <rect x="1.8" y="3" width="12.4" height="10" rx="1.4" />
      <path d="m4.4 6.2 2 1.8-2 1.8M8 10h3.4" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 7.2v4M8 4.9v.1" />
    </>
  ),
  code: <path d="m5.4 4.4-3.6 3.6 3.6 3.6M10.6 4.4l3.6 3.6-3.6 3.6" />,
  sliders: (
    <>
      <path d="M2 5h6.4M12 5h2M2 11h2M7.6 11H14" />
      <circle cx="10.2" cy="5" r="1.8" />
      <circle cx="5.8" cy="11" r="1.8" />
    </>
  ),
} satisfies Record<string, ReactElement>

export type FirstIcon = keyof typeof firstShapes

export interface IconProps<Name> {
  name: Name
  size?: 's' | 'l'
  className?: string
}

export const Icon = ({ name, ...rest }: IconProps<FirstIcon>) => <Drawn shape={firstShapes[name]} {...rest} />

export function Drawn({ shape, size, className }: { shape: ReactElement } & Omit<IconProps<never>, 'name'>) {
  return (
    <svg className={`i${size ? ` ${size}` : ''}${className ? ` ${className}` : ''}`} viewBox="0 0 16 16" aria-hidden="true">
      {shape}
    </svg>
  )
}
