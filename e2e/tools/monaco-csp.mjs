/**
 * Makes Monaco's generated `<style>` blocks fit a policy without 'unsafe-inline': their text goes to a constructable stylesheet.
 * Style attributes in its lines remain, so the policy still says `style-src-attr 'unsafe-inline'`.
 */
const made = "const style = document.createElement('style');"
const madeSafe = "const style = cspSafe(document.createElement('style'));"

const helper = `
function cspSafe(style) {
  let sheet = null
  Object.defineProperty(style, 'textContent', {
    configurable: true,
    get: () => '',
    set: (css) => {
      if (!sheet) {
        sheet = new CSSStyleSheet({ media: style.media || 'all' })
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
      }
      sheet.replaceSync(css ?? '')
    },
  })
  const remove = style.remove.bind(style)
  style.remove = () => {
    if (sheet) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    sheet = null
    remove()
  }
  return style
}
`

/** @returns {import('vite').Plugin} */
export function monacoCsp() {
  return {
    name: 'monaco-csp',
    enforce: 'pre',
    transform: {
      filter: { id: /monaco-editor\/esm\/vs\/base\/browser\/domStylesheets\.js/ },
      handler(code) {
        if (!code.includes(made))
          this.error('Monaco makes its style elements in another way than before: bring the patch in e2e/tools/monaco-csp.mjs up to date.')
        return { code: code.replace(made, madeSafe) + helper, map: null }
      },
    },
  }
}
