/** Texts that were good once: cut, doubled, moved about, and with what parsers trip over in between. */
import fc from 'fast-check'

/** Ends of lines, brackets that are never closed, anchors that call each other, names that prototypes have, numbers that are none, letters of two halves. */
const tokens: readonly string[] = [
  '\r\n',
  '\r',
  '\u2028',
  '\uFEFF',
  '\u0000',
  '\uD800',
  '\u202E',
  '\t',
  '---\n',
  '...\n',
  '%YAML 9.9\n',
  '&a [*a, *a]',
  '*a',
  '<<: *a\n',
  '? ',
  '!!binary ',
  '!<tag:x> ',
  '|+9\n',
  '>-\n',
  '"',
  "'",
  '`',
  '#',
  '{',
  '}',
  '[',
  ']',
  ',',
  ': ',
  '- ',
  '-> ',
  '->->',
  '__proto__',
  'constructor',
  'toString: 1\n',
  '1e999',
  '-0',
  '0x',
  '.nan',
  '99999999999999999999',
  'null',
  '~',
  '<script>alert(1)</script>',
  '${jndi:ldap://x}',
  '$(reboot)',
  '*.*',
  '*',
  'https://u:p@h:99999/../?#',
  '[::1]',
  '"\\uD800"',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
  '{"a":'.repeat(60),
]

type Turn = [kind: 'cut' | 'drop' | 'double' | 'put' | 'flip' | 'repeat', at: number, long: number, token: string]

const turn: fc.Arbitrary<Turn> = fc.tuple(
  fc.constantFrom('cut', 'drop', 'double', 'put', 'put', 'put', 'flip', 'repeat'),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat(200),
  fc.constantFrom(...tokens),
)

function turned(text: string, [kind, where, long, token]: Turn): string {
  const at = Math.floor(where * text.length)
  if (kind === 'cut') return text.slice(0, at)
  if (kind === 'drop') return text.slice(0, at) + text.slice(at + long)
  if (kind === 'double') return text.slice(0, at + long) + text.slice(at)
  if (kind === 'flip') return text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) ^ (long || 1)) & 0xffff) + text.slice(at + 1)
  return text.slice(0, at) + token.repeat(kind === 'repeat' ? long : 1) + text.slice(at)
}

/** One of these texts, damaged in a few places. */
export const hostile = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...texts), fc.array(turn, { minLength: 1, maxLength: 4 })).map(([text, turns]) => turns.reduce(turned, text))
