/**
 * Records what the API server refuses: takes documents of every kind, damages each at one place, asks `./lab check` and writes the answers to
 * src/core/schema/golden/refusals.json, which the unit tests compare with the schemas' verdict.
 *   node e2e/mesh/refusals.mjs
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { aimed, bases } from './refusals-of.mjs'

const documents = loadAll(bases)
const cases = [...documents.flatMap((document, base) => damages(document, base)), ...aimed.map(aimedAt)]
const folder = mkdtempSync(join(tmpdir(), 'refusals-'))
const files = cases.map(({ base, path, value }, index) => {
  const file = join(folder, `${index}.json`)
  writeFileSync(file, JSON.stringify(damaged(documents[base], path, value)))
  return file
})
const unanswered = new Set()
const verdicts = ask(files)
const refusals = new Map()
for (const { file, by, level, says } of verdicts)
  if (by === 'api-server' && level === 'error') refusals.set(file, says.replace(/^\S+\/\S*: /, ''))
const recorded = cases
  .map(({ base, path, value }, index) => ({
    file: files[index],
    line: [base, path, value === undefined ? [] : [value], refusals.get(files[index])?.slice(0, 120) ?? ''],
  }))
  .filter(({ file }) => !unanswered.has(file))
  .map(({ line }) => line)
const lines = recorded.map((one) => JSON.stringify(one)).join(',\n')
const out = new URL('../../src/core/schema/golden/refusals.json', import.meta.url)
writeFileSync(out, `{"documents": [\n${documents.map((one) => JSON.stringify(one)).join(',\n')}\n],\n"cases": [\n${lines}\n]}\n`)
console.log(`${recorded.length} documents, ${refusals.size} refused, ${unanswered.size} without an answer`)

/** The verdicts on some files. istioctl's analyzers break down on some damage: the file that does it is found by halves, and left out. */
function ask(list) {
  let said
  try {
    said = execFileSync(new URL('lab', import.meta.url).pathname, ['check', ...list], {
      maxBuffer: 1 << 28,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch (error) {
    said = error.stdout
  }
  if (said) return JSON.parse(said)
  if (list.length === 1) {
    unanswered.add(list[0])
    return []
  }
  const half = list.length >> 1
  return [...ask(list.slice(0, half)), ...ask(list.slice(half))]
}

/** The document as it is, and with each of its parts left out, misspelled, of another type, out of its range. A place of `null` changes nothing. */
function damages(document, base) {
  const list = [{ base, path: [], value: undefined }]
  let turn = base
  const visit = (value, path) => {
    if (path.length > 0 && path[0] === 'spec') for (const damage of damagesOf(value, path, turn++)) list.push({ base, ...damage })
    if (value && typeof value === 'object')
      for (const key of Object.keys(value)) visit(value[key], [...path, Array.isArray(value) ? Number(key) : key])
  }
  visit(document, [])
  return list
}

function aimedAt([name, path, value]) {
  const [kind, own, group = ''] = name.split('/')
  const base = documents.findIndex((one) => one.kind === kind && one.metadata.name === own && one.apiVersion.startsWith(group))
  if (base < 0) throw new Error(`no document ${name}`)
  return { base, path: path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)), value }
}

/** A value of `undefined` leaves the part out. Every part is damaged in two or three of the ways, in turn. */
function damagesOf(value, path, turn) {
  const other =
    typeof value === 'string'
      ? [12, '', `${value}x`, value.toLowerCase(), null, [value], '0s', '*']
      : typeof value === 'number'
        ? ['80', -1, 70000, 1.5, null, 99999999999, 0]
        : typeof value === 'boolean'
          ? ['true', null, 1]
          : Array.isArray(value)
            ? [[], null, {}, 'x', [...value, ...value], value[0]]
            : [{}, null, [], 'x', { ...value, colour: 1 }]
  const ways = [undefined, other[turn % other.length], other[(turn + 3) % other.length]]
  return ways.slice(0, turn % 3 === 0 ? 3 : 2).map((one) => ({ path, value: one }))
}

function damaged(value, [key, ...rest], to) {
  if (key === undefined) return to === undefined ? value : to
  const copy = Array.isArray(value) ? [...value] : { ...value }
  if (rest.length === 0 && to === undefined) {
    if (Array.isArray(copy)) copy.splice(key, 1)
    else delete copy[key]
  } else copy[key] = rest.length === 0 ? to : damaged(copy[key], rest, to)
  return copy
}
