/**
 * Makes Monaco fit a policy without 'unsafe-inline': the text of its generated `<style>` blocks goes to a constructable stylesheet, and the style
 * attributes in the lines that it writes as HTML are set as properties before they come into the page.
 */
const styles = `
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

const lines = `
function cspSafe(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  const content = document.adoptNode(template.content)
  for (const element of content.querySelectorAll('[data-css]')) {
    element.style.cssText = element.getAttribute('data-css')
    element.removeAttribute('data-css')
  }
  return content
}
`

/** In a file of Monaco: what becomes what, and what is added. */
const patches = [
  {
    file: /monaco-editor\/esm\/vs\/base\/browser\/domStylesheets\.js/,
    changes: [["const style = document.createElement('style');", "const style = cspSafe(document.createElement('style'));"]],
    adds: styles,
  },
  {
    file: /monaco-editor\/esm\/vs\/editor\/browser\/view\/viewLayer\.js/,
    changes: [
      ['this._domNode.innerHTML = newLinesHTML;', 'this._domNode.replaceChildren(cspSafe(newLinesHTML));'],
      ["lastChild.insertAdjacentHTML('afterend', newLinesHTML);", 'lastChild.after(cspSafe(newLinesHTML));'],
      ['hugeDomNode.innerHTML = invalidLinesHTML;', 'hugeDomNode.replaceChildren(cspSafe(invalidLinesHTML));'],
    ],
    adds: lines,
  },
]

/** What writes lines as HTML, all of it for the layer above: its style attributes are data until then. */
const writesLines =
  /monaco-editor\/esm\/vs\/editor\/(?:browser\/viewParts\/|browser\/view\/viewOverlays\.js|common\/viewLayout\/viewLineRenderer\.js)/

/** @returns {import('vite').Plugin} */
export function monacoCsp() {
  return {
    name: 'monaco-csp',
    enforce: 'pre',
    transform: {
      filter: { id: [...patches.map(({ file }) => file), writesLines] },
      handler(code, id) {
        const patch = patches.find(({ file }) => file.test(id))
        // Only what Monaco writes itself: the same letters in a person's text stay as they are.
        let changed = writesLines.test(id) ? code.replaceAll('style="', 'data-css="') : code
        if (!patch) return { code: changed, map: null }
        for (const [before = '', after = ''] of patch.changes) {
          if (!code.includes(before))
            this.error('Monaco is written in another way than before: bring the patches in e2e/tools/monaco-csp.mjs up to date.')
          changed = changed.replace(before, () => after)
        }
        return { code: changed + patch.adds, map: null }
      },
    },
  }
}
