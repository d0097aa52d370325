/** The icons of the first paint, drawn on a grid of 16. They say nothing to a screen reader: the word beside them does. */
import type { ReactElement } from 'react'

export const firstShapes = {
  pod: (
    <>
      <path d="M8 1.8 13.4 4.9v6.2L8 14.2l-5.4-3.1V4.9z" />
      <path d="M2.8 5 8 8l5.2-3M8 8v6" />
    </>
  ),
  sidecar: (
    <>
      <rect x="1.6" y="3" width="7" height="10" rx="1.6" />
      <path d="M8.6 8h1.9" />
      <rect x="10.5" y="5.4" width="4" height="5.2" rx="1.2" />
    </>
  ),
  gateway: (
    <>
      <path d="M2.4 14V7.2a5.6 5.6 0 0 1 11.2 0V14" />
      <path d="M1.2 14h2.4M12.4 14h2.4M5.2 9.6h5.4M8.6 7.4l2.2 2.2-2.2 2.2" />
    </>
  ),
  host: (
    <>
      <circle cx="8" cy="8" r="6.1" />
      <path d="M1.9 8h12.2" />
      <ellipse cx="8" cy="8" rx="2.7" ry="6.1" />
    </>
  ),
  namespace: (
    <path d="M2 5V3.4A1.4 1.4 0 0 1 3.4 2H5M11 2h1.6A1.4 1.4 0 0 1 14 3.4V5M14 11v1.6a1.4 1.4 0 0 1-1.4 1.4H11M5 14H3.4A1.4 1.4 0 0 1 2 12.6V11M7.2 2h1.6M7.2 14h1.6M2 7.2v1.6M14 7.2v1.6" />
  ),
  shield: (
    <>
      <path d="M8 1.6 13.2 3.5v4.2c0 3.2-2.1 5.6-5.2 6.7-3.1-1.1-5.2-3.5-5.2-6.7V3.5z" />
      <path d="m5.6 7.9 1.7 1.7 3.1-3.3" />
    </>
  ),
  'no-shield': <path d="M8 1.6 13.2 3.5v4.2c0 3.2-2.1 5.6-5.2 6.7-3.1-1.1-5.2-3.5-5.2-6.7V3.5z" strokeDasharray="2.4 2" />,
  disable: (
    <>
      <rect x="2.8" y="7" width="10.4" height="7.2" rx="1.6" />
      <path d="M5.2 7V4.6a2.8 2.8 0 0 1 5.5-.8" />
    </>
  ),
  simple: (
    <>
      <rect x="2.8" y="7" width="10.4" height="7.2" rx="1.6" />
      <path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7" />
      <circle cx="8" cy="10.6" r="1.15" fill="currentColor" stroke="none" />
    </>
  ),
  mutual: (
    <>
      <rect x="2.2" y="7" width="11.6" height="7.2" rx="1.6" />
      <path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7" />
      <path d="M5.6 10.6h4.8" />
      <circle cx="5.4" cy="10.6" r="1.15" fill="currentColor" stroke="none" />
      <circle cx="10.6" cy="10.6" r="1.15" fill="currentColor" stroke="none" />
    </>
  ),
  'istio-mutual': (
    <>
      <rect x="2.2" y="6.4" width="11.6" height="8" rx="1.6" />
      <path d="M5.2 6.4V4.5a2.8 2.8 0 0 1 5.6 0v1.9" />
      <path d="M8 8.7 5.9 12h4.2z" strokeWidth="1" />
      <g fill="currentColor" stroke="none">
        <circle cx="8" cy="8.8" r="1.05" />
        <circle cx="5.9" cy="12" r="1.05" />
        <circle cx="10.1" cy="12" r="1.05" />
      </g>
    </>
  ),
  passthrough: (
    <>
      <path d="M3.6 4.2h8.8M3.6 11.8h8.8" />
      <ellipse cx="3.6" cy="8" rx="1.8" ry="3.8" />
      <path d="M12.4 4.2c1 0 1.8 1.7 1.8 3.8s-.8 3.8-1.8 3.8" />
      <path d="M6.6 8h4M9.2 6.4 10.8 8 9.2 9.6" />
    </>
  ),
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
