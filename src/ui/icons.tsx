/** All icons: those of the first paint, and those of what comes after it. */
import type { ReactElement } from 'react'
import { Drawn, firstShapes, type IconProps } from './first-icons'

const shapes = {
  ...firstShapes,
  undo: (
    <>
      <path d="M5.6 3 2.6 6l3 3" />
      <path d="M2.8 6h6.4a4 4 0 0 1 0 8H7" />
    </>
  ),
  redo: (
    <>
      <path d="m10.4 3 3 3-3 3" />
      <path d="M13.2 6H6.8a4 4 0 0 0 0 8H9" />
    </>
  ),
  moon: <path d="M13.6 9.6A5.8 5.8 0 0 1 6.4 2.4a5.8 5.8 0 1 0 7.2 7.2z" />,
  help: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M6.2 6.3a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.6-.9 1.2" />
      <path d="M8 11.4v.1" strokeWidth="1.8" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8.5" height="8.5" rx="1.4" />
      <path d="M10.5 5.5V3.4A1.4 1.4 0 0 0 9.1 2H3.4A1.4 1.4 0 0 0 2 3.4v5.7a1.4 1.4 0 0 0 1.4 1.4h2.1" />
    </>
  ),
  download: <path d="M8 2v8M4.8 7 8 10.2 11.2 7M3 13.6h10" />,
  down: <path d="m4.5 6.2 3.5 3.5 3.5-3.5" />,
  reprint: <path d="M13.2 8a5.2 5.2 0 1 1-1.5-3.7M13.2 2.2v2.9h-2.9" />,
  check: <path d="m3.2 8.4 3.2 3.2 6.4-7" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  fit: (
    <>
      <path d="M2.2 5.4V3.2a1 1 0 0 1 1-1h2.2M10.6 2.2h2.2a1 1 0 0 1 1 1v2.2M13.8 10.6v2.2a1 1 0 0 1-1 1h-2.2M5.4 13.8H3.2a1 1 0 0 1-1-1v-2.2" />
      <rect x="5" y="6" width="6" height="4" rx=".8" />
    </>
  ),
  history: (
    <>
      <path d="M2.4 8a5.6 5.6 0 1 1 1.8 4.1M2.2 12.6v-3h3" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  designs: (
    <>
      <rect x="2.2" y="5.6" width="9" height="8" rx="1.2" />
      <path d="M5 5.6V3.4a1 1 0 0 1 1-1h6.8a1 1 0 0 1 1 1V9.6a1 1 0 0 1-1 1h-1.6" />
    </>
  ),
  bulb: (
    <>
      <path d="M5.6 10.4a4.3 4.3 0 1 1 4.8 0c-.4.3-.6.7-.6 1.2v.4H6.2v-.4c0-.5-.2-.9-.6-1.2z" />
      <path d="M6.4 14.2h3.2" />
    </>
  ),
  screen: (
    <>
      <rect x="1.8" y="2.4" width="12.4" height="8.4" rx="1.4" />
      <path d="M8 10.8v2.8M5 14h6" />
    </>
  ),
  beside: (
    <>
      <rect x="1.8" y="2.6" width="12.4" height="10.8" rx="1.4" />
      <path d="M8 2.6v10.8M4 6h1.8M4 8.6h1.8M10.2 6H12M10.2 8.6H12" />
    </>
  ),
  reset: <path d="M2.6 8a5.4 5.4 0 1 0 1.7-3.9M2.4 2.4v3.2h3.2" />,
  left: <path d="M9.7 4.5 6.2 8l3.5 3.5" />,
  target: (
    <>
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="2.4" />
    </>
  ),
  link: (
    <>
      <path d="M6.6 9.4a2.8 2.8 0 0 0 4 0l2.4-2.4a2.8 2.8 0 0 0-4-4L8 4" />
      <path d="M9.4 6.6a2.8 2.8 0 0 0-4 0L3 9a2.8 2.8 0 0 0 4 4l1-1" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.6v1.6M8 12.8v1.6M1.6 8h1.6M12.8 8h1.6M3.5 3.5l1.1 1.1M11.4 11.4l1.1 1.1M12.5 3.5l-1.1 1.1M4.6 11.4l-1.1 1.1" />
    </>
  ),
  system: (
    <>
      <rect x="1.8" y="2.6" width="12.4" height="8.4" rx="1.3" />
      <path d="M5.6 13.8h4.8M8 11v2.8" />
    </>
  ),
  play: <path d="M5 3.2v9.6L12.6 8z" />,
  pause: <path d="M5.4 3.4v9.2M10.6 3.4v9.2" />,
  send: <path d="M2.4 3 13.8 8 2.4 13l1.8-5zM4.2 8h4.6" />,
  upload: <path d="M8 10.4V2.2M4.8 5.4 8 2.2l3.2 3.2M3 13.6h10" />,
  pencil: <path d="m3 10.6-.6 3 3-.6 7.8-7.8-2.4-2.4zM9.4 4.2l2.4 2.4" />,
  trash: <path d="M2.8 4.4h10.4M6.2 4.4V2.8h3.6v1.6M4.2 4.4l.6 9h6.4l.6-9M6.8 7v4M9.2 7v4" />,
  list: <path d="M5.4 4h8.4M5.4 8h8.4M5.4 12h8.4M2.4 4h.1M2.4 8h.1M2.4 12h.1" />,
  picture: (
    <>
      <rect x="1.8" y="2.8" width="12.4" height="10.4" rx="1.4" />
      <circle cx="5.4" cy="6.2" r="1.2" />
      <path d="m2.4 12 3.8-3.6 2.4 2.2 2.6-2.8 3 3.2" />
    </>
  ),
  duplicate: (
    <>
      <rect x="5.5" y="5.5" width="8.5" height="8.5" rx="1.4" />
      <path d="M10.5 5.5V3.4A1.4 1.4 0 0 0 9.1 2H3.4A1.4 1.4 0 0 0 2 3.4v5.7a1.4 1.4 0 0 0 1.4 1.4h2.1M9.75 7.8v4M7.75 9.8h4" />
    </>
  ),
} satisfies Record<string, ReactElement>

export type IconName = keyof typeof shapes

export const Icon = ({ name, ...rest }: IconProps<IconName>) => <Drawn shape={shapes[name]} {...rest} />
