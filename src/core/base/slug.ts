/** Names of resources: DNS labels of at most 63 characters; what is longer is cut and gets a short hash (compile/README 12). */

const longest = 63

/** Four to seven characters that differ when the text differs (FNV-1a). Not for secrets. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash.toString(36)
}

/** Labels made so far: a design asks for the same ones at every edit. */
const made = new Map<string, string>()
const mostKept = 20_000

/** Any text as a DNS label: dots become dashes, `*` the word wildcard, too long a text is cut and marked. */
export function slug(text: string, atMost = longest): string {
  const key = `${atMost} ${text}`
  const known = made.get(key)
  if (known !== undefined) return known
  if (made.size >= mostKept) made.clear()
  const label = labelOf(text, atMost)
  made.set(key, label)
  return label
}

function labelOf(text: string, atMost: number): string {
  const label = text
    .toLowerCase()
    .replace(/\*/g, 'wildcard')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '')
  if (label === '') return `x-${shortHash(text)}`
  if (label.length <= atMost) return label
  const mark = shortHash(text)
  return `${cutTo(label, atMost - mark.length - 1)}-${mark}`
}

/** As much of a label as fits: no label ends with a dash. */
export const cutTo = (label: string, atMost = longest): string => label.slice(0, atMost).replace(/(?<!-)-+$/, '')

/** A slug for each text, all different: `a-b.com` and `a.b.com` would be one, so the later gets a hash. */
export function slugs(texts: readonly string[]): Map<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const text of new Set(texts)) {
    const plain = slug(text)
    const name = taken.has(plain) ? slug(`${plain}-${shortHash(text)}`) : plain
    taken.add(name)
    names.set(text, name)
  }
  return names
}
