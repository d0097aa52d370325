/**
 * What Kubernetes makes of a plain scalar. Its reader (sigs.k8s.io/yaml on yaml.v2) reads YAML 1.1 with numbers as Go writes them; every
 * form here is one that `lab read` was asked for.
 */

export type Scalar = string | number | boolean | null

const words = new Map<string, Scalar>()
for (const [value, names] of [
  [true, 'y Y yes Yes YES true True TRUE on On ON'],
  [false, 'n N no No NO false False FALSE off Off OFF'],
  [null, ' ~ null Null NULL'],
] as const)
  for (const name of names.split(' ')) words.set(name, value)

const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

/** A plain scalar as Kubernetes reads it. A number that JSON cannot say (`.inf`) is a text here; see `isSpecial`. */
export function scalarOf(source: string): Scalar {
  const word = words.get(source)
  if (word !== undefined) return word
  if (!/^[-+.0-9]/.test(source)) return source
  const plain = source.replaceAll('_', '')
  if (integer.test(plain)) return integerOf(plain)
  if (!float.test(plain)) return source
  const number = Number(plain)
  return Number.isFinite(number) ? number + 0 : source
}

/** `.inf` and `.nan`: Kubernetes refuses the whole document, since JSON has no such number. */
export const isSpecial = (source: string): boolean => special.test(source)

function integerOf(plain: string): number {
  const sign = plain.startsWith('-') ? -1 : 1
  const digits = plain.replace(/^[-+]/, '')
  const octal = /^0[0-7]+$/.test(digits)
  const number = Number(octal ? `0o${digits.slice(1)}` : digits)
  return number === 0 ? 0 : sign * number
}

/** A key as JSON has it, where every key is a text; `source` is how it is written. Numbers look as Go prints them. */
export function keyOf(value: Scalar, source: string): string {
  if (typeof value !== 'number' || integer.test(source.replaceAll('_', ''))) return String(value)
  const size = Math.floor(Math.log10(Math.abs(value)))
  if (value === 0 || (size >= -4 && size < 21 && !(size >= 6 && value !== 0))) return String(value)
  const [digits = '', power = '0'] = value.toExponential().split('e')
  return `${digits}e${power.startsWith('-') ? '-' : '+'}${power.replace(/^[-+]/, '').padStart(2, '0')}`
}

/** A plain scalar as YAML 1.2 has it (its core schema), which is how most editors and other tools show it. */
export function scalarIn12(source: string): Scalar {
  if (/^(?:|~|null|Null|NULL)$/.test(source)) return null
  if (/^(?:true|True|TRUE)$/.test(source)) return true
  if (/^(?:false|False|FALSE)$/.test(source)) return false
  if (/^[-+]?[0-9]+$/.test(source)) return Number(source) + 0
  if (/^0o[0-7]+$/.test(source) || /^0x[0-9a-fA-F]+$/.test(source)) return Number(source)
  if (float.test(source)) return Number(source) + 0
  return source
}
