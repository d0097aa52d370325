/** Names of hosts as Istio validates them (pkg/config/validation/agent, pkg/config/labels). */

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/
const wildcardLabel = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/

/** A label of DNS: letters, digits and dashes, at most 63. */
export const isLabel = (text: string): boolean => text.length <= 63 && label.test(text)

/** Whether a name of labels has nothing wrong: `ValidateFQDN`. A dot at the end is allowed, a last label of digits is not. */
export const isDomain = (name: string): boolean => name.length > 0 && name.length <= 255 && labelsFit(name.split('.'))

/** The same, but the first label may be a wildcard: `ValidateWildcardDomain`. */
export function isWildcardDomain(name: string): boolean {
  if (name.length === 0 || name.length > 255) return false
  const [first = '', ...rest] = name.split('.')
  return first.length <= 63 && wildcardLabel.test(first) && (rest.length === 0 || labelsFit(rest))
}

function labelsFit(parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? ''
  if (/^[+-]?\d+$/.test(last)) return false
  return parts.every((part, index) => (part === '' && index === parts.length - 1) || isLabel(part))
}

/** `*foo.com`: a wildcard in the midst of a label. */
export const isPartialWildcard = (name: string): boolean => name.includes('*') && name !== '*' && !name.startsWith('*.')
