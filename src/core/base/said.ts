/** What an object says, value by value. */
import { isMap } from './loose'

/** Key paths of all values, lists without their numbers: `spec.http[].timeout`. */
export function* saidIn(value: unknown, path = ''): Generator<[path: string, value: unknown]> {
  if (Array.isArray(value)) for (const item of value) yield* saidIn(item, `${path}[]`)
  else if (isMap(value)) for (const [key, part] of Object.entries(value)) yield* saidIn(part, path === '' ? key : `${path}.${key}`)
  else yield [path, value]
}
