/**
 * A text without key material: what is stored and shared never holds any. Knows no parser, so that it works on broken text and at the very
 * moment when a page goes.
 */

const instead = 'masked=='
const pem =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?:\s|\\n)*[A-Za-z0-9+/=]{16,})*(?:(?:\s|\\n)*[A-Za-z0-9+/]*=*(?:\s|\\n)*-----END [A-Z ]*PRIVATE KEY-----)?/g
/** The beginning of a PEM in base64. */
const encoded = /LS0tLS1CRUdJTi[A-Za-z0-9+/]+=*/g
const isSecret = /(?:^|[\s{,])["']?kind["']?\s*:\s*["']?Secret\b/
const field = /(^|[{,\n])([ \t]*(?:-[ \t]+)?)(["']?(?:data|stringData)["']?[ \t]*:)([^\n]*)/g

/** The text with the values of Secrets, and private keys anywhere, replaced; the very text if it holds none. */
export function masked(text: string): string {
  if (!/Secret|PRIVATE KEY|LS0tLS1CRUdJTi/.test(text)) return text
  const pieces = text.split(/(^---[^\n]*$)/m).map((piece) => (isSecret.test(piece) ? withoutData(piece) : piece))
  return pieces.join('').replace(pem, 'masked private key').replace(encoded, instead)
}

export const hasKeys = (text: string): boolean => masked(text) !== text

function withoutData(piece: string): string {
  let out = ''
  let done = 0
  for (const found of piece.matchAll(field)) {
    const at = (found.index ?? 0) + (found[1]?.length ?? 0)
    if (at < done) continue
    const rest = found[4] ?? ''
    const head = at + (found[2]?.length ?? 0) + (found[3]?.length ?? 0)
    const brace = piece.indexOf('{', head)
    const flow = brace !== -1 && /^[ \t]*\{/.test(rest)
    const end = flow ? closing(piece, brace) : blockEnd(piece, head + rest.length, indentOf(piece, at))
    out += piece.slice(done, head) + (flow ? maskedFlow(piece.slice(head, end)) : maskedBlock(piece.slice(head, end)))
    done = end
  }
  return out + piece.slice(done)
}

/** Of the key itself: a dash before it counts as indentation. */
const indentOf = (piece: string, at: number): number => /^[ \t]*(?:-[ \t]+)?/.exec(piece.slice(at))?.[0].length ?? 0

/** Where the lines end that are deeper than the key. */
function blockEnd(piece: string, from: number, indent: number): number {
  let at = piece.indexOf('\n', from)
  while (at !== -1) {
    const next = piece.indexOf('\n', at + 1)
    const line = piece.slice(at + 1, next === -1 ? undefined : next)
    const deep = /^[ \t]*/.exec(line)?.[0].length ?? 0
    if (line.trim() !== '' && deep <= indent) return at
    at = next
  }
  return piece.length
}

function closing(piece: string, open: number): number {
  let depth = 0
  let quote = ''
  for (let at = open; at < piece.length; at++) {
    const char = piece[at] as string
    if (quote) {
      if (char === '\\' && quote === '"') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return at + 1
  }
  return piece.length
}

const maskedFlow = (text: string): string => text.replace(/(:\s*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,{}"'][^,}]*)/g, `$1"${instead}"`)

/** Each key of the block keeps its line; what is deeper than the first key belongs to a value. */
function maskedBlock(block: string): string {
  const lines = block.split('\n')
  const first = lines.slice(1).find((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  const indent = /^[ \t]*/.exec(first ?? '')?.[0].length ?? 0
  return lines
    .flatMap((line, index) => {
      if (index === 0 || line.trim() === '') return [line]
      const deep = /^[ \t]*/.exec(line)?.[0].length ?? 0
      if (deep > indent) return []
      return [line.replace(/^([ \t]*(?:"[^"]*"|'[^']*'|[^\s:#][^:]*):)\s*.*$/, `$1 ${instead}`)]
    })
    .join('\n')
}
