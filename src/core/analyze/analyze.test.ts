/** What we foretell of `istioctl analyze` is what it said: recorded by `e2e/mesh/foretell.mjs --write`. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foretoldOf, items, unsureOf } from '../../../e2e/mesh/foretell-entry'
import { anyDamage } from '../../testing/any-damage'
import { runs } from '../../testing/runs'
import { labSurroundings } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { foretell } from './analyze'
import { foretoldCodes } from './foretold'

const folder = fileURLToPath(new URL('../../../e2e/mesh/', import.meta.url))
const recorded: Record<string, string> = JSON.parse(readFileSync(`${folder}foretold.json`, 'utf8'))
const all = items(folder)
const written = (yaml: string) => {
  const { documents } = parse(yaml)
  return { documents, mesh: read(documents), around: labSurroundings }
}

test('the cases, the examples, random designs and the rules’ examples: code by code, object by object', () => {
  const known = all.filter(({ name }) => Object.hasOwn(recorded, name))
  // Rules may come and go beside the record; the rest is complete.
  expect(known.length).toBeGreaterThan(600)
  expect(all.filter(({ name }) => /^(cases|corpus|example|random)/.test(name) && !Object.hasOwn(recorded, name))).toEqual([])
  const wrong = known.flatMap((item) => {
    const unsure = unsureOf(item)
    const ours = foretoldOf(item)
    const theirs = (recorded[item.name] ?? '').split('; ').filter((line) => line && (ours.includes(line) || !unsure.includes(line)))
    return ours.join() === theirs.join() ? [] : [{ name: item.name, ours, theirs }]
  })
  expect(wrong).toEqual([])
})

test('every code that is claimed was said somewhere, and in both languages', () => {
  const said = new Set(Object.values(recorded).flatMap((line) => line.split('; ').map((one) => one.split(' ')[0])))
  expect(foretoldCodes.filter((code) => !said.has(code))).toEqual([])
  for (const { lab } of all.slice(0, 200))
    for (const { says, falseAlarm, links } of foretell(written(lab.yaml)))
      for (const text of [says, ...(falseAlarm ? [falseAlarm] : [])]) {
        expect(text.zh).not.toBe(text.en)
        expect(text.en).not.toMatch(/undefined|\[object|NaN/)
        expect(links.every((link) => link.startsWith('https://'))).toBe(true)
      }
})

test('a correct configuration: the false alarm is told as one', () => {
  const yaml = readFileSync(`${folder}cases/yaml/c6-originate-mtls.yaml`, 'utf8')
  const said = foretell(written(yaml))
  expect(said.map(({ code, level, at }) => [code, level, at.of.name, at.path.join('.')])).toEqual([
    ['IST0129', 'warning', 'originate-tls', 'spec.trafficPolicy.portLevelSettings.0.tls'],
  ])
  expect(said[0]?.falseAlarm).not.toBeNull()
})

test('whatever is damaged, it never throws', () => {
  const objects = all
    .slice(0, 60)
    .map(({ lab }) => parse(lab.yaml).documents.map(({ object }) => object))
    .filter((each) => each.length > 0)
  const damage = fc.constantFrom(...objects).chain((each) => anyDamage(each))
  fc.assert(
    fc.property(damage, (damaged) => {
      const yaml = damaged.map((object) => JSON.stringify(object)).join('\n---\n')
      expect(Array.isArray(foretell(written(yaml)))).toBe(true)
    }),
    runs(200),
  )
})

test('1,000 hosts, each with a gateway and rules of its own', { timeout: 60_000 }, () => {
  const [c6, many] = [readFileSync(`${folder}cases/yaml/c6-originate-mtls.yaml`, 'utf8'), 1000]
  const each = (index: number) =>
    c6.replaceAll('edition.cnn.com', `host-${index}.example.com`).replaceAll(/^ {2}name: (.*)$/gm, (_, name) => `  name: ${name}-${index}`)
  const of = written(Array.from({ length: many }, (_, index) => each(index)).join('\n---\n'))
  expect(of.documents.length).toBe(5 * many)
  const said = foretell(of)
  expect(said.filter(({ code }) => code === 'IST0129')).toHaveLength(many)
})
