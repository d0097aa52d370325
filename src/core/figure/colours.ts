/** The colours of a picture in one theme, read from the design tokens (`ui/tokens.css`), which alone hold them. */

export type Theme = 'light' | 'dark'

/** A token's name without its dashes -> its colour in this theme. */
export type Colours = (token: string) => string

/** `css`: lines such as `--bg: light-dark(#f3f4f1, #14171b);`. Asks for a token that it has, or throws: a picture without a colour is a fault of ours. */
export function coloursOf(css: string, theme: Theme): Colours {
  const found = new Map(
    [...css.matchAll(/^ *--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/gm)].map(([, name = '', light = '', dark = '']) => [
      name,
      theme === 'light' ? light : dark,
    ]),
  )
  return (token) => {
    const colour = found.get(token)
    if (!colour) throw new Error(`The tokens have no colour --${token}.`)
    return colour
  }
}
