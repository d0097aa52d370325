/** One random change of a configuration, of the kind that people make: a value changed, a field lost, an object moved, dropped, doubled or added. */
import type { Chance } from '../chance'
import { additions } from './additions'
import { addField } from './fields'
import { copyOf, type Json, metadataOf, nameOf, type Thing, type Way } from './thing'
import { alter, type Vocabulary, vocabularyOf } from './values'

/** Every place below an object's body; who an object is stays. */
export function waysOf(value: Json, way: Way = []): Way[] {
  if (typeof value !== 'object' || value === null) return [way]
  const inside = Object.entries(value).flatMap(([key, item]) =>
    way.length === 0 && ['apiVersion', 'kind', 'metadata'].includes(key)
      ? []
      : waysOf(item, [...way, Array.isArray(value) ? Number(key) : key]),
  )
  return way.length === 0 ? inside : [way, ...inside]
}

export function valueAt(value: Json, way: Way): Json | undefined {
  let at: Json | undefined = value
  for (const key of way) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as { [key: string | number]: Json })[key]
  }
  return at
}

function put(object: Thing, way: Way, by: Json | undefined): Thing {
  const copy = copyOf(object)
  const above = valueAt(copy, way.slice(0, -1)) as { [key: string | number]: Json }
  const key = way.at(-1) as string | number
  if (by !== undefined) above[key] = by
  else if (Array.isArray(above)) above.splice(Number(key), 1)
  else delete above[key]
  return copy
}

type Change = (objects: Thing[], chance: Chance, words: Vocabulary) => { objects: Thing[]; says: string } | null

const replacedAt = (objects: Thing[], index: number, ...by: Thing[]): Thing[] => objects.toSpliced(index, 1, ...by)

/** A value of a field becomes another one that is there often. */
const valueChanged: Change = (objects, chance, words) => {
  for (let tries = 0; tries < 30; tries++) {
    const index = chance.int(objects.length)
    const object = objects[index] as Thing
    const ways = waysOf(object)
    if (ways.length === 0) continue
    const way = chance.pick(ways)
    const now = valueAt(object, way) as Json
    const next = alter(object, way, now, words, chance)
    if (next === undefined || JSON.stringify(next) === JSON.stringify(now)) continue
    return {
      objects: replacedAt(objects, index, put(object, way, next)),
      says: `${nameOf(object)} ${way.join('.')}: ${JSON.stringify(now)} -> ${JSON.stringify(next)}`,
    }
  }
  return null
}

const fieldLost: Change = (objects, chance) => {
  for (let tries = 0; tries < 30; tries++) {
    const index = chance.int(objects.length)
    const object = objects[index] as Thing
    const ways = waysOf(object).filter((way) => way.length > 1)
    if (ways.length === 0) continue
    const way = chance.pick(ways)
    return { objects: replacedAt(objects, index, put(object, way, undefined)), says: `${nameOf(object)} ${way.join('.')} left out` }
  }
  return null
}

const itemDoubled: Change = (objects, chance) => {
  for (let tries = 0; tries < 30; tries++) {
    const index = chance.int(objects.length)
    const object = objects[index] as Thing
    const ways = waysOf(object).filter((way) => Array.isArray(valueAt(object, way)) && (valueAt(object, way) as Json[]).length > 0)
    if (ways.length === 0) continue
    const way = chance.pick(ways)
    const list = valueAt(object, way) as Json[]
    const next = chance.one(2) ? list.toReversed() : [...list, copyOf(chance.pick(list))]
    if (JSON.stringify(next) === JSON.stringify(list)) continue
    return {
      objects: replacedAt(objects, index, put(object, way, next)),
      says: `${nameOf(object)} ${way.join('.')}: ${next.length > list.length ? 'an entry twice' : 'turned round'}`,
    }
  }
  return null
}

const fieldAdded: Change = (objects, chance, words) => {
  for (let tries = 0; tries < 30; tries++) {
    const index = chance.int(objects.length)
    const copy = copyOf(objects[index] as Thing)
    const fields = addField(copy, words, chance)
    if (fields) return { objects: replacedAt(objects, index, copy), says: `${nameOf(copy)} has ${fields} besides` }
  }
  return null
}

const renamed = (object: Thing, metadata: { [key: string]: Json }): Thing => ({
  ...copyOf(object),
  metadata: { ...metadataOf(object), ...metadata },
})

const moved: Change = (objects, chance, words) => {
  const index = chance.int(objects.length)
  const object = objects[index] as Thing
  const namespace = chance.pick(words.namespaces)
  if ((metadataOf(object).namespace ?? 'default') === namespace || object.kind === 'Namespace') return null
  return { objects: replacedAt(objects, index, renamed(object, { namespace })), says: `${nameOf(object)} moved to ${namespace}` }
}

const dropped: Change = (objects, chance) => {
  if (objects.length < 2) return null
  const index = chance.int(objects.length)
  return { objects: replacedAt(objects, index), says: `${nameOf(objects[index] as Thing)} dropped` }
}

/** A second object of another name, with a change of its own half of the time, before or behind. */
const doubled: Change = (objects, chance, words) => {
  const index = chance.int(objects.length)
  const object = objects[index] as Thing
  if (object.kind === 'Namespace') return null
  const namespace = chance.one(3) ? chance.pick(words.namespaces) : (metadataOf(object).namespace ?? 'default')
  const twin = renamed(object, { name: `${String(metadataOf(object).name)}-twin`, namespace })
  const changed = chance.one(2) ? valueChanged([twin], chance, words) : null
  const next = changed?.objects[0] ?? twin
  const objectsNow = chance.one(2) ? replacedAt(objects, index, next, object) : [...objects, next]
  return { objects: objectsNow, says: `${nameOf(object)} doubled as ${nameOf(next)}${changed ? `, ${changed.says}` : ''}` }
}

const reordered: Change = (objects, chance) => {
  const next = chance.one(3) ? objects.toReversed() : chance.shuffled(objects)
  return next.every((object, index) => object === objects[index]) ? null : { objects: next, says: 'order changed' }
}

const added: Change = (objects, chance, words) => {
  const made = chance.pick(additions)(words, chance)
  return { objects: chance.one(3) ? [made, ...objects] : [...objects, made], says: `${nameOf(made)} added` }
}

/** How often each change is made, out of the sum. */
const changes: [number, Change][] = [
  [9, valueChanged],
  [4, fieldLost],
  [4, fieldAdded],
  [1, itemDoubled],
  [2, moved],
  [2, dropped],
  [2, doubled],
  [1, reordered],
  [4, added],
]
const bag = changes.flatMap(([weight, change]) => Array.from({ length: weight }, () => change))

/** The objects after one change, and what it was. */
export function mutate(objects: readonly Thing[], chance: Chance): { objects: Thing[]; says: string } {
  const words = vocabularyOf(objects)
  for (let tries = 0; tries < 20 && objects.length > 0; tries++) {
    const made = chance.pick(bag)([...objects], chance, words)
    if (made) return made
  }
  return added([...objects], chance, words) as { objects: Thing[]; says: string }
}
