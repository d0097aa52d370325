/** An object that is in the YAML, whoever wrote it. */

import { isMap } from '../../core/base/loose'
import { goalKind } from './kind'

export const object = goalKind(
  'object',
  ({ v, text }) =>
    v.strictObject({
      object: v.strictObject({
        kind: text,
        name: v.optional(text),
        namespace: v.optional(text),
        where: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]))),
      }),
    }),
  ({ object: { kind, name, namespace, where = {} } }, { documents }) =>
    documents.some(
      (document) =>
        document.kind === kind &&
        (name === undefined || document.name === name) &&
        (namespace === undefined || document.namespace === namespace) &&
        Object.entries(where).every(([path, value]) => stands(document.object, path.split('.'), value)),
    ),
)

function stands(at: unknown, [key, ...rest]: readonly string[], value: string | number | boolean | null): boolean {
  if (key === undefined) return value === null ? at === undefined || at === null : at === value
  if (key === '*' && Array.isArray(at))
    return value === null ? at.every((item) => stands(item, rest, value)) : at.some((item) => stands(item, rest, value))
  const inner = Array.isArray(at) ? at[Number(key)] : isMap(at) && Object.hasOwn(at, key) ? at[key] : undefined
  return inner === undefined ? value === null : stands(inner, rest, value)
}
