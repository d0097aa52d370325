/** SVG that is a plain value (`core/figure`), as elements of the page. */
import { createElement, type ReactElement } from 'react'
import type { SvgElement } from '../core/figure/element'

/** React knows attributes by their names in JavaScript. */
const inReact = (is: SvgElement['is']) =>
  Object.fromEntries(
    Object.entries(is).map(([name, value]) => [
      name.startsWith('aria-') ? name : name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )

export const svg = ({ tag, is, children }: SvgElement, key?: number): ReactElement =>
  createElement(tag, { ...inReact(is), key }, ...children.map((child, at) => (typeof child === 'string' ? child : svg(child, at))))

export const svgs = (of: readonly SvgElement[]): ReactElement => <>{of.map(svg)}</>
