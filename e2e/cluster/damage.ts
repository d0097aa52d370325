/** Documents damaged at one place: what is written there becomes another value, of another type, out of its range, or is gone. */
import { loadAll } from 'js-yaml'
import { chanceOf } from '../../src/testing/chance'
import { valueAt } from '../../src/testing/mistakes/mutate'
import { type Json, nameOf, type Thing, type Way } from '../../src/testing/mistakes/thing'
import sound from './kinds.yaml?raw'

export const soundKinds = (): Thing[] => loadAll(sound) as Thing[]

/** A value of undefined leaves the place out; an empty path changes nothing. */
export function damagedAt(value: unknown, [key, ...rest]: Way, to: unknown): unknown {
  if (key === undefined) return to === undefined ? value : to
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  if (rest.length > 0) copy[key] = damagedAt(copy[key], rest, to)
  else if (to !== undefined) copy[key] = to
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete copy[key]
  return copy
}

/** Every place of an object but who it is. */
function waysOf(value: Json, way: Way = []): Way[] {
  if (typeof value !== 'object' || value === null) return [way]
  const inside = Object.entries(value).flatMap(([key, item]) => waysOf(item, [...way, Array.isArray(value) ? Number(key) : key]))
  return way.length === 0 ? inside.filter((each) => each[0] !== 'apiVersion' && each[0] !== 'kind') : [way, ...inside]
}

const words = [
  '',
  'x',
  'Upper',
  'a b',
  'a_b',
  'a.b',
  '-a',
  'a-',
  '*',
  '10.0.0.0/8',
  '10.0.0.1/8',
  '192.0.2.1',
  '300.1.1.1',
  '::1',
  '80',
  '70000',
  'http',
  'TCP',
  'tcp',
  'None',
  '/',
  'a/b',
  'a/b/c',
  'example.com/a',
  'edition.cnn.com',
  'aGVsbG8',
  'aGVsbG8=',
  '100m',
  '1Gb',
  '25%',
  'true',
  'Always',
  'x'.repeat(64),
  'x'.repeat(254),
]
const numbers = [0, -1, 1, 1.5, 80, 443, 8080, 30080, 65535, 65536, 70000, 2147483648, 99999999999]

const anything: Json[] = [null, '', 0, true, [], {}, 'x', [null], { x: 'y' }, ['x']]

/** What somebody may write in place of a value; undefined leaves it out. */
function others(now: Json): (Json | undefined)[] {
  const all = [undefined, ...anything]
  if (typeof now === 'string') return [...all, `${now}x`, now.toUpperCase(), now.toLowerCase(), ` ${now}`, ...words]
  if (typeof now === 'number') return [...all, String(now), ...numbers]
  if (typeof now === 'boolean') return [...all, !now, String(now), 1]
  if (Array.isArray(now)) return [...all, [...now, ...now], now.toReversed(), now.slice(1), now[0] ?? null, [...now, null]]
  return [...all, { ...(now as Thing), colour: 'red' }, [now ?? {}]]
}

/** Maps whose keys people choose. */
const free = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'selector',
  'data',
  'stringData',
  'binaryData',
  'nodeSelector',
  'requests',
  'limits',
])

/** The same with one more key, or another value in place of its first. */
function keyed(now: Json): Json[] {
  const map = now as Thing
  const [first = 'x'] = Object.keys(map)
  return [
    ...words.map((key) => ({ ...map, [key]: map[first] ?? 'x' })),
    ...[...words, 1, null, true].map((value) => ({ ...map, [first]: value })),
  ]
}

interface Case {
  name: string
  object: unknown
}

/** Every document of the kinds with every damage at every place; and each as it is. */
export const allDamages = (): Case[] => soundKinds().flatMap((base) => [{ name: nameOf(base), object: base }, ...damagesOf(base)])

function damagesOf(base: Thing): Case[] {
  return waysOf(base).flatMap((way) => {
    const now = valueAt(base, way) as Json
    const isFree = free.has(String(way.at(-1))) && typeof now === 'object' && now !== null
    const values = [...others(now), ...(isFree ? keyed(now) : [])]
    const seen = new Set([JSON.stringify(now)])
    return values.flatMap((value) => {
      const text = JSON.stringify(value) ?? 'gone'
      if (seen.has(text)) return []
      seen.add(text)
      return [{ name: `${nameOf(base)} ${way.join('.')} = ${text}`, object: damagedAt(base, way, value) }]
    })
  })
}

/** Some of them, others with another seed. */
export function damagedKinds(seed: number, count: number): Case[] {
  const chance = chanceOf(seed)
  const all = allDamages()
  return Array.from({ length: Math.min(count, all.length) }, () => chance.pick(all))
}
