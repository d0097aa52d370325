/** Good objects with one value damaged: what reads YAML must take anything. */
import fc from 'fast-check'

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    '',
    '*',
    '__proto__',
    'constructor',
    'x'.repeat(300),
    [],
    {},
    [null],
    [[]],
    [{}],
    '80',
  ),
  fc.anything({ maxDepth: 2, withNullPrototype: true }),
)

/** Every place in an object, the object itself left out. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, Array.isArray(value) ? Number(key) : key]))
  return path.length === 0 ? inside : [path, ...inside]
}

/** A copy with another value at a place; `undefined` leaves the field out. */
export function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  const next = replaced(copy[key], rest, by)
  if (next === undefined) delete copy[key]
  else copy[key] = next
  return copy
}

/** The object with one of its values replaced by anything at all. */
export const damaged = (object: unknown): fc.Arbitrary<unknown> =>
  fc.tuple(fc.constantFrom(...placesOf(object)), odd).map(([path, by]) => replaced(object, path, by))
