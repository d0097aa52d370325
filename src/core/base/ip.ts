/** Addresses of IPv4 and IPv6, as Go's `netip.ParseAddr` reads them but for zones. Needs no DOM and no Node. */

export const isIP = (text: string): boolean => isIPv4(text) || isIPv6(text)

function isIPv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** Groups of hexadecimal digits; `::` is for at least one group of zeros, and the last two may be an IPv4 address. */
function isIPv6(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const plain = tail.includes('.') ? (isIPv4(tail) ? `${text.slice(0, -tail.length)}0:0` : '') : text
  const halves = plain.split('::')
  if (!plain.includes(':') || halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}

/** Whether a text is a block of addresses, such as `10.0.0.0/8`, as Go's `netip.ParsePrefix` reads it. */
export function isBlock(text: string): boolean {
  const slash = text.lastIndexOf('/')
  const [base, length] = [text.slice(0, slash), text.slice(slash + 1)]
  return slash > 0 && isIP(base) && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= (isIPv4(base) ? 32 : 128)
}

export interface Block {
  /** The bits of the address, of which the first `length` count. */
  bits: bigint
  length: number
  width: number
}

/** A block as bits; null for what is none. */
export function blockOf(text: string): Block | null {
  if (!isBlock(text)) return null
  const [address = '', length] = text.split('/')
  return address.includes(':')
    ? { bits: bitsOf6(address), length: Number(length), width: 128 }
    : { bits: BigInt(bitsOf(address) ?? 0), length: Number(length), width: 32 }
}

function bitsOf6(address: string): bigint {
  const tail = address.slice(address.lastIndexOf(':') + 1)
  const four = tail.includes('.') ? (bitsOf(tail) ?? 0) : null
  const plain = four === null ? address : `${address.slice(0, -tail.length)}${(four >>> 16).toString(16)}:${(four & 0xffff).toString(16)}`
  const [head = '', rest] = plain.split('::')
  const [before, after] = [head, rest ?? ''].map((half) => half.split(':').filter((group) => group !== '')) as [string[], string[]]
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  return groups.reduce((all, group) => (all << 16n) | BigInt(`0x${group}`), 0n)
}

/** Whether nothing of the address is behind the prefix: `10.0.0.0/8`, not `10.0.0.1/8`. */
export const isBare = ({ bits, length, width }: Block): boolean => bits % (1n << BigInt(width - length)) === 0n

/** Whether all of one block lies in another. */
export const contains = (outer: Block, inner: Block): boolean =>
  outer.width === inner.width &&
  outer.length <= inner.length &&
  outer.bits >> BigInt(outer.width - outer.length) === inner.bits >> BigInt(outer.width - outer.length)

/** An IPv4 address as a number; null for anything else. */
const bitsOf = (ip: string): number | null => (isIPv4(ip) ? ip.split('.').reduce((all, part) => all * 256 + Number(part), 0) : null)

/** Whether an IPv4 address lies in a block such as `10.0.0.0/8`, or is the address itself. */
export function inBlock(ip: string, block: string): boolean {
  const [base = '', length = '32'] = block.trim().split('/')
  const [a, b, bits] = [bitsOf(ip), bitsOf(base), Number(length)]
  if (a === null || b === null || !(bits >= 0 && bits <= 32)) return ip === block
  const size = 2 ** (32 - bits)
  return Math.floor(a / size) === Math.floor(b / size)
}
