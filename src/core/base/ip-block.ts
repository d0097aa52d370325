/** Blocks of IP addresses as numbers: what lies in them. */
import { isBlock, isIPv4 } from './ip'

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
