/** Takes secret values out of objects before anything else sees them. */
import { isBase64 } from '../../base/base64'
import { field, isMap } from '../../base/loose'
import { holdsKey, instead } from '../secrets/keys'

/** What is shown in place of a value that nobody may see. */
export const masked = '***'
/** The same of what the API server will not read. */
export const unreadable = '*** (no base64)'

/** The same of what was masked when the text was saved, shared or exported. */
export const gone = '*** (masked when it was saved)'

/** Whether a text may hold something secret; most do not, and need not be looked through. */
export const maySecret = (text: string): boolean => /\bSecret\b/.test(text) || holdsKey(text)

/** Masks the values of a Secret and private keys anywhere, in place; true where there was one. */
export function mask(object: Record<string, unknown>): boolean {
  const secret = field(object, 'kind') === 'Secret' && !String(field(object, 'apiVersion')).includes('/')
  let found = false
  if (secret) found = maskAll(object, 'data', asData)
  if (secret) found = maskAll(object, 'stringData', () => masked) || found
  if (secret) found = maskLastApplied(object) || found
  return maskKeys(object, new Set()) || found
}

const asData = (value: string): string =>
  value.includes(instead) ? gone : isBase64(value) || /^(\*{3}|(\*{4})+)$/.test(value) ? masked : unreadable

/** What is no text keeps its type, which alone is wrong with it. */
function maskAll(object: Record<string, unknown>, name: string, masks: (value: string) => string): boolean {
  const values = field(object, name)
  if (values === undefined || values === null) return false
  if (!isMap(values)) {
    object[name] = emptied(values)
    return true
  }
  for (const [key, value] of Object.entries(values)) values[key] = typeof value === 'string' ? masks(value) : emptied(value)
  return Object.keys(values).length > 0
}

const emptied = (value: unknown): unknown =>
  typeof value === 'number'
    ? 0
    : typeof value === 'boolean'
      ? false
      : Array.isArray(value)
        ? value.map(emptied)
        : typeof value === 'string'
          ? masked
          : value === null
            ? null
            : {}

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
    if (typeof part === 'string' && holdsKey(part)) {
      parts[key] = masked
      found = true
    } else found = maskKeys(part, seen) || found
  }
  return found
}
