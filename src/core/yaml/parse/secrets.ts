/** Takes secret values out of objects before anything else sees them. */
import { field, isMap } from '../../base/loose'

/** What is shown in place of a value that nobody may see. */
export const masked = '***'

const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/

/** Whether a text may hold something secret; most do not, and need not be looked through. */
export const maySecret = (text: string): boolean => /\bSecret\b/.test(text) || privateKey.test(text)

/** Masks the values of a Secret and private keys anywhere, in place; true where there was one. */
export function mask(object: Record<string, unknown>): boolean {
  const secret = field(object, 'kind') === 'Secret' && field(object, 'apiVersion') === 'v1'
  let found = false
  if (secret) for (const key of ['data', 'stringData']) found = maskAll(field(object, key)) || found
  if (secret) found = maskLastApplied(object) || found
  return maskKeys(object, new Set()) || found
}

function maskAll(values: unknown): boolean {
  if (!isMap(values)) return false
  for (const key of Object.keys(values)) values[key] = masked
  return Object.keys(values).length > 0
}

/** kubectl keeps a copy of the whole object in an annotation. */
function maskLastApplied(object: Record<string, unknown>): boolean {
  const annotations = field(field(object, 'metadata'), 'annotations')
  const name = 'kubectl.kubernetes.io/last-applied-configuration'
  if (!isMap(annotations) || !Object.hasOwn(annotations, name)) return false
  annotations[name] = masked
  return true
}

function maskKeys(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  let found = false
  const parts = value as Record<string, unknown>
  for (const [key, part] of Object.entries(parts)) {
    if (typeof part === 'string' && privateKey.test(part)) {
      parts[key] = masked
      found = true
    } else found = maskKeys(part, seen) || found
  }
  return found
}
