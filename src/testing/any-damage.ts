/** Objects with one value damaged: removed, of another type, or a name that prototypes have. */
import fc from 'fast-check'

const oddValues: readonly unknown[] = [
  null,
  0,
  -1,
  65_536,
  1.5,
  true,
  '',
  'constructor',
  '__proto__',
  '*',
  'a.b',
  [],
  {},
  [null],
  [[]],
  { constructor: 1 },
  ['*'],
  [{}],
]

type Path = readonly (string | number)[]

const pathsIn = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [
        path,
        ...(Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value)).flatMap(([key, item]) =>
          pathsIn(item, [...path, key]),
        ),
      ]

function replaced(value: unknown, [key, ...rest]: Path, make: () => unknown): unknown {
  if (key === undefined) return make()
  const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as object) }
  const slots = copy as Record<string | number, unknown>
  slots[key] = replaced(slots[key], rest, make)
  return copy
}

/** The objects with one to three values replaced by odd ones, at any depth. */
export function anyDamage(objects: readonly unknown[]): fc.Arbitrary<unknown[]> {
  const paths = pathsIn(objects).filter((path) => path.length > 0)
  const one = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...oddValues))
  return fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map((damages) => damages.reduce<unknown>((all, [path, odd]) => safely(all, path, odd), objects) as unknown[])
}

/** A part that an earlier damage took away stays away. */
function safely(all: unknown, path: Path, odd: unknown): unknown {
  let value = all
  for (const key of path.slice(0, -1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return all
    value = (value as Record<string | number, unknown>)[key]
  }
  return typeof value === 'object' && value !== null ? replaced(all, path, () => odd) : all
}
