/**
 * What the API server itself refuses, before any webhook: documents of every kind, each damaged at one place. `npm run cluster -- --record` asks it
 * and writes src/core/schema/golden/refusals.json, which the unit tests compare with the schemas' verdict, and `npm run cluster` with the server.
 */
import { loadAll } from 'js-yaml'
import { aimed, bases } from './refusals-of.mjs'
import { atOnce } from './verdicts.mjs'

const documents = loadAll(bases)

/**
 * The text of refusals.json: the documents, and of each case its document, the place, the value in a list (none: left out), what the server
 * says ('' for nothing) and the fields that it names. `damagedAt` makes the damage.
 */
export async function recordedBy(server, damagedAt) {
  const cases = [...documents.flatMap((document, base) => damages(document, base)), ...aimed.map(aimedAt)]
  const lines = cases.map(() => [])
  const queue = cases.entries()
  const work = async () => {
    for (const [index, { base, path, value }] of queue) {
      const { said, fields } = await server.ask(damagedAt(documents[base], path, value))
      const own = said !== null && !said.includes('admission webhook')
      lines[index] = [
        base,
        path,
        value === undefined ? [] : [value],
        own ? shortened(said) : '',
        ...(own && fields.length > 0 ? [[...new Set(fields)]] : []),
      ]
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const text = `{"documents": [\n${listed(documents)}\n],\n"cases": [\n${listed(lines)}\n]}\n`
  return { text, asked: lines.length, refused: lines.filter(([, , , says]) => says !== '').length }
}

const listed = (items) => items.map((one) => JSON.stringify(one)).join(',\n')

/** Without the object's name, which all of them share. */
const shortened = (said) => said.replace(/^.*? is invalid: /s, '').slice(0, 120)

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
