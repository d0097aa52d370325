/**
 * Key material in the letters of any text, whatever the text is: private keys as PEM or PGP, the same in base64, and tokens that tell what they
 * are. Each search goes forward only, so that no text takes more than linear time.
 */

/**
 * What is written in place of a value: no base64, so that an API server refuses a Secret that holds it in `data` (Go's `encoding/json` reads bytes by
 * the standard alphabet, RFC 4648 section 4, which has no dash), and a masked text that is applied writes over nothing.
 */
export const instead = 'masked-value'
const insteadOfKey = 'masked private key'

/** Half-open, and what is written there. */
export type Cover = readonly [from: number, to: number, by: string]

const label = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y
const ending = /-----END [A-Z0-9 ]{0,40}-----/y
/** Between the lines of a key: blanks, line ends as JSON, a shell or a link writes them, and what makes lines comments or a list. */
const between = /(?:\s|\\[nr]?|%0[ADad]|[#"',\ufffd]|- )*/y
const run = /[A-Za-z0-9+/]{16,}={0,2}|(?:Proc-Type|DEK-Info|Version|Comment|Hash): ?[^\n\\]*/y
const lastLine = /[A-Za-z0-9+/]{1,15}={0,2}(?=\s|\\+[nr]|["']|$)/y
const keyLike = /[A-Za-z0-9+/=_-]{16}/

/** Tokens that say by their first letters what they are; what stays of a match is its group. */
const tokens: readonly RegExp[] = [
  /(?<![\w-])(?:gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|[rs]k_live_\w{16,}|AGE-SECRET-KEY-1\w{50,})/g,
  /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
  /(?<!\w)((?:Bearer|Basic) )(?=[^\s"'\d]{0,200}\d)[\w.~+/-]{20,}=*/g,
  /(:\/\/[^\s/:@"'<>]{1,64}:)(?!masked-value@)[^\s/:@"'<>$%]{1,200}(?=@[\w[])/g,
]
const mayHold =
  /PRIVATE KEY|[A-Za-z0-9+/]{60}|_live_|_pat_|gh[pousr]_|glpat-|xox[abprs]-|AGE-SECRET|eyJ|Bearer |Basic |:\/\/[^\s/:@]{1,64}:[^\s/:@]{1,200}@/

/** The text without keys and tokens; the very text where it holds none. Applied twice it does no more than once. */
export function keyless(text: string): string {
  if (!mayHold.test(text)) return text
  const bare = covered(text, [...pemsIn(text), ...encodedIn(text)])
  return tokens.reduce((all, token) => all.replace(token, (_, stays) => (typeof stays === 'string' ? stays : '') + instead), bare)
}

/** Whether a private key is in it, or the first line of one. */
export const holdsKey = (text: string): boolean =>
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(text) || (/[A-Za-z0-9+/]{40}/.test(text) && encodedIn(text).length > 0)

/** Plain data without keys in its texts; the very data where there are none. */
export function withoutKeys<T>(data: T): T {
  const text = JSON.stringify(data)
  return holdsKey(text) ? (JSON.parse(keyless(text)) as T) : data
}

/** The text with spans written over; those that overlap are one. */
export function covered(text: string, covers: readonly Cover[]): string {
  let out = ''
  let done = 0
  for (const [from, to, by] of covers.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (from >= done) out += text.slice(done, from) + by
    done = Math.max(done, to)
  }
  return done === 0 ? text : out + text.slice(done)
}

const at = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : -1
}

function pemsIn(text: string): Cover[] {
  const found: Cover[] = []
  let end = -2
  for (let begin = text.indexOf('-----BEGIN '); begin >= 0; ) {
    const next = text.indexOf('-----BEGIN ', begin + 1)
    const body = at(label, text, begin)
    if (body > 0) {
      if (end !== -1 && end < body) end = text.indexOf('-----END ', body)
      const closed = end >= 0 && (next < 0 || end < next) && isBody(text.slice(body, end))
      const to = closed ? at(ending, text, end) : -1
      const cut = to > 0 ? to : cutOff(text, body)
      if (cut > body) found.push([begin, cut, insteadOfKey])
    }
    begin = next
  }
  return found
}

/** No other document begins in it, and it is more than words between two marks. */
const isBody = (body: string): boolean => keyLike.test(body) && !/\n---(?!-)/.test(body)

/** Where the lines of a key end that has no end of its own. */
function cutOff(text: string, body: number): number {
  let to = body
  for (let next = body; ; ) {
    const start = at(between, text, next)
    next = at(run, text, start)
    if (next < 0) return to > body ? Math.max(to, at(lastLine, text, start)) : body
    to = next
  }
}

/** Base64 that holds a private key: as PEM, in lines of any length, or as the bytes of PKCS #1, PKCS #8 and SEC 1 themselves. */
function encodedIn(text: string): Cover[] {
  const found: Cover[] = []
  let group: [from: number, to: number, letters: string[]] | null = null
  const ends = () => {
    if (group && isKey(group[2].join(''), 0)) found.push([group[0], group[1], instead])
  }
  for (const { 0: letters, index } of text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)) {
    if (group && at(between, text, group[1]) === index) {
      group[1] = index + letters.length
      group[2].push(letters)
    } else {
      ends()
      group = [index, index + letters.length, [letters]]
    }
    // What is left over of the last line.
    const rest: number = at(between, text, group[1])
    const last: number = rest > group[1] && group[2].length > 1 ? at(lastLine, text, rest) : -1
    if (last > 0) group = [group[0], last, [...group[2], text.slice(rest, last)]]
  }
  ends()
  return found
}

/** How the bytes of RSA, EC and Ed25519 keys begin. */
const der = /^MII[\w+/]{3}IBA(?:DAN|AKC)|^M[HI][\w+/]{0,3}(?:CAQEE|AgEBBD|AgEAMB)|^MC4CAQAwBQYDK2V/

function isKey(letters: string, depth: number): boolean {
  if (letters.length < 40 || depth > 2) return false
  if (der.test(letters)) return true
  const plain = letters.replace(/=/g, '')
  const bytes = atob(plain.slice(0, plain.length - (plain.length % 4)))
  if (/PRIVATE KEY(?: BLOCK)?-----/.test(bytes)) return true
  return /^[A-Za-z0-9+/=\s]+$/.test(bytes) && isKey(bytes.replace(/\s/g, ''), depth + 1)
}
