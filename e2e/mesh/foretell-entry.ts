/** What `foretell.mjs` and the unit test of `foretell` hold against each other: texts with what is around them, and what we foretell of each. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Foretold, foretell } from '../../src/core/analyze/analyze'
import { foretoldCodes } from '../../src/core/analyze/foretold'
import { rules } from '../../src/core/check/rules'
import { dialectIds } from '../../src/core/compile/dialects'
import { surroundingsOfCase } from '../../src/core/istio/surroundings'
import { read } from '../../src/core/read/read'
import type { Document } from '../../src/core/yaml/document'
import { parse } from '../../src/core/yaml/parse'
import { documentAt } from '../../src/core/yaml/place'
import { examples } from '../../src/examples'
import { configurationOf } from './agree-case'
import { caseOf } from './case'
import { randomDesigns } from './random'
import { mixes } from './restyled-entry'
import { dialectInTurn, type Subject, subjectOf, subjectOfExample, yamlOf } from './subject'

/** A case of the lab without requests: YAML and what is around it. */
export interface Item {
  name: string
  lab: Record<string, unknown> & { yaml: string }
}

/** The recorded items: the cases of the lab, every example, a hundred random designs, and the examples of the rules. */
export const items = (folder: string): Item[] => [
  { name: 'rare', lab: { yaml: readFileSync(join(folder, 'foretell-rare.yaml'), 'utf8') } },
  ...['cases', 'corpus'].flatMap((part) => files(join(folder, part), part)),
  ...texts(join(folder, 'field/texts')),
  ...examples.flatMap((example) =>
    dialectIds.map((dialect) => itemOf(`example ${example.id} ${dialect}`, subjectOfExample(example, dialect))),
  ),
  ...randomDesigns(31, 100).map((design, index) => itemOf(`random ${index + 1}`, subjectOf('random', design, dialectInTurn(index)))),
  ...rules.flatMap(({ id, good, bad }) =>
    [
      ...good.map((each, index) => ({ each, name: `good ${index + 1}` })),
      ...bad.map((each, index) => ({ each, name: `bad ${index + 1}` })),
    ].map(({ each, name }): Item => ({ name: `${id} ${name}`, lab: { ...each.around, yaml: each.yaml } })),
  ),
]

/** Sound designs as other people write them. */
export const rewritten = (seed: number, count: number): Item[] =>
  mixes(seed, count).map((play) => ({ name: `${play.name} ${play.rewriting}`, lab: { ...itemOf('', play.subject).lab, yaml: play.yaml } }))

/** What people wrote (`field/texts`). */
const texts = (folder: string): Item[] =>
  readdirSync(folder)
    .toSorted()
    .map((file) => ({ name: `field/${file}`, lab: { yaml: readFileSync(join(folder, file), 'utf8') } }))

/** Working configurations with one to three random mistakes, as `agree.mjs` makes them. */
export const mistaken = (seed: number, count: number, folder: string): Item[] =>
  Array.from({ length: count }, (_, index) => {
    const { objects, around } = configurationOf(seed + index, folder)
    return { name: `mistaken ${seed + index}`, lab: { ...around, yaml: objects.map((object) => JSON.stringify(object)).join('\n---\n') } }
  })

function itemOf(name: string, subject: Subject): Item {
  const { manifests: _, requests: __, ...around } = caseOf(subject, '')
  return { name, lab: { ...around, yaml: yamlOf(subject.design, subject.dialect) } }
}

/** Cases of a folder; their manifests become their YAML. */
const files = (folder: string, part: string): Item[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => {
      const path = join(folder, file)
      const {
        manifests,
        requests: _,
        name: __,
        ...rest
      } = (parse(readFileSync(path, 'utf8')).documents[0]?.object ?? {}) as Record<string, unknown>
      const texts = (Array.isArray(manifests) ? manifests : []).map((manifest) =>
        readFileSync(join(dirname(path), String(manifest)), 'utf8'),
      )
      return { name: `${part}/${file}`, lab: { ...rest, yaml: [rest.yaml ?? '', ...texts].join('\n---\n') } }
    })

/** What we foretell, as it is recorded: code and object, each once, sorted. */
export const foretoldOf = ({ lab }: Item): string[] => told(lab, ({ unsure }) => !unsure)

/** What analyze says in one run and not in the next. */
export const unsureOf = ({ lab }: Item): string[] => told(lab, ({ unsure }) => !!unsure)

export function foretellAll(lab: Item['lab']): Foretold[] {
  const { documents } = parse(lab.yaml)
  return foretell({ documents, mesh: read(documents), around: surroundingsOfCase(lab) })
}

function told(lab: Item['lab'], which: (one: Foretold) => boolean): string[] {
  const { documents } = parse(lab.yaml)
  const all = foretellAll(lab).filter(which)
  return [...new Set(all.map(({ code, at }) => `${code} ${objectOf(documentAt(documents, at.of))}`))].toSorted()
}

/** As analyze names an object: without the namespace that is not written. */
const objectOf = (of: Document | undefined): string =>
  of ? [of.kind, ...(isWritten(of.object) ? [of.namespace] : []), of.name].join('/') : ''

const isWritten = ({ metadata }: Document['object']): boolean =>
  typeof metadata === 'object' && metadata !== null && 'namespace' in metadata && Boolean(metadata.namespace)

export { foretoldCodes }
