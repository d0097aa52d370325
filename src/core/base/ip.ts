/** Whether a text is an IPv4 or IPv6 address. Needs no DOM and no Node. */

const bitsOf = (ip: string): number | null => {
  const parts = ip.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null
  return parts.reduce((all, part) => all * 256 + part, 0)
}
export function isIP(text: string): boolean {
  return isIPv4(text) || isIPv6(text)
}

function isIPv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

function isIPv6(text: string): boolean {
  if (!/^[0-9a-f:]+$/i.test(text)) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}

/** Whether an IPv4 address lies in a block such as `10.0.0.0/8`, or is the address itself. */
export function inBlock(ip: string, block: string): boolean {
  const [base = '', length = '32'] = block.trim().split('/')
  const [a, b, bits] = [bitsOf(ip), bitsOf(base), Number(length)]
  if (a === null || b === null || !(bits >= 0 && bits <= 32)) return ip === block
  const size = 2 ** (32 - bits)
  return Math.floor(a / size) === Math.floor(b / size)
}
