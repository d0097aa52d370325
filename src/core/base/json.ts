/** Where a text stops being JSON. The engine's own messages differ, and some name no place. */

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const space = /[\t\n\r ]*/y
/** Nothing of ours is deeper. */
const deepest = 1000

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' | 'end'

/** The index of the first character that cannot be where it is: the length of the text if it ends too early, null if all is well. */
export function brokenAt(text: string): number | null {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  for (let at = past(space, text, 0); ; at = past(space, text, at)) {
    const char = text[at]
    if (char === undefined) return expected === 'end' ? null : at
    if (expected === 'end' || open.length > deepest) return at
    const value: boolean = expected === 'value' || expected === 'value or ]'
    const key: boolean = expected === 'key' || expected === 'key or }'
    if (value && (char === '{' || char === '[')) {
      open.push(char)
      expected = char === '{' ? 'key or }' : 'value or ]'
      at++
    } else if (closes(char, open.at(-1), expected)) {
      open.pop()
      expected = open.length > 0 ? 'comma' : 'end'
      at++
    } else if (expected === 'comma' && char === ',') {
      expected = open.at(-1) === '{' ? 'key' : 'value'
      at++
    } else if (expected === 'colon' && char === ':') {
      expected = 'value'
      at++
    } else if ((key || value) && char === '"') {
      const { end, whole } = stringAt(text, at)
      if (!whole) return end
      at = end
      expected = key ? 'colon' : open.length > 0 ? 'comma' : 'end'
    } else {
      const end = value ? past(scalar, text, at) : at
      if (end === at) return at
      at = end
      expected = open.length > 0 ? 'comma' : 'end'
    }
  }
}

function closes(char: string, open: '{' | '[' | undefined, expected: Expected): boolean {
  if (char === '}') return open === '{' && (expected === 'key or }' || expected === 'comma')
  return char === ']' && open === '[' && (expected === 'value or ]' || expected === 'comma')
}

/** Behind what the pattern finds at a place. */
function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Behind the string that begins here, or where it is broken. By hand: the engine's stack is too small for a pattern over megabytes. */
function stringAt(text: string, from: number): { end: number; whole: boolean } {
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at] as string
    if (char === '"') return { end: at + 1, whole: true }
    if (char < ' ') return { end: at, whole: false }
    if (char !== '\\') continue
    const rest = text.slice(at + 1, at + 6)
    const escape = /^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(rest)
    if (!escape) return { end: /^(?:u[\da-fA-F]{0,3})?$/.test(rest) ? text.length : at, whole: false }
    at += escape[0].length
  }
  return { end: text.length, whole: false }
}
