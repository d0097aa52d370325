/** Addresses of IPv4 and IPv6, as Go's `netip.ParseAddr` reads them but for zones. Needs no DOM and no Node. */

export const isIP = (text: string): boolean => isIPv4(text) || isIPv6(text)

export function isIPv4(text: string): boolean {
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
