/** What `cluster.mjs` needs of the product's code; it is bundled for Node before it runs. */
import fc from 'fast-check'
import { webhookFindings } from '../../src/core/check/webhook'
import { type DialectId, dialectIds, dialects } from '../../src/core/compile/dialects'
import { readNotation } from '../../src/core/model/notation'
import { runbookOf } from '../../src/core/runbook/runbook'
import { toScript } from '../../src/core/runbook/script'
import { shape } from '../../src/core/schema/schema'
import type { Path } from '../../src/core/yaml/document'
import type { Finding } from '../../src/core/yaml/finding'
import { parse } from '../../src/core/yaml/parse'
import { examples } from '../../src/examples'
import { anyRestyled } from '../../src/testing/any-restyled'
import { chanceOf } from '../../src/testing/chance'
import { nameOf } from '../../src/testing/edited'
import { mutate } from '../../src/testing/mistakes/mutate'
import { copyOf, type Thing } from '../../src/testing/mistakes/thing'
import { schemas } from '../../src/testing/schemas'
import { plays } from '../mesh/edits-entry'
import { objectsOf, yamlOf } from '../mesh/subject'

/** An example as it is exported in one dialect. */
export interface Export {
  name: string
  yaml: string
  objects: unknown[]
  script: string
}

export const exportsOf = (): Export[] => examples.flatMap((example) => dialectIds.map((dialect) => exportOf(example, dialect)))

const exportOf = ({ id, design, requests }: (typeof examples)[number], dialect: DialectId): Export => ({
  name: `${id}.${dialect}`,
  yaml: yamlOf(design, dialect),
  objects: objectsOf(design, dialect),
  script: toScript(runbookOf(design, dialects[dialect], requests), 'en'),
})

const others = `name second
sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> www.example.org SIMPLE
`
const names = `resource gateway istio-system/istio-egressgateway = second-gateway
resource hop-rule istio-system/istio-egressgateway = second-gateway
`

/** Two designs through one gateway, the second once more with names of its own, and a person's own text. */
export function designs(): Record<'first' | 'second' | 'renamed' | 'own', Export> {
  const example = examples.find(({ id }) => id === 'tls-origination-mtls')
  if (!example) throw new Error('no such example')
  const of = (text: string) => exportOf({ ...example, id: 'second', design: readNotation(text).design, requests: [] }, 'istio-v1')
  const first = exportOf(example, 'istio-v1')
  const parsed = parse(first.yaml)
  const script = toScript(runbookOf(example.design, dialects['istio-v1'], [], { parsed, refused: new Set() }), 'en')
  return { first, second: of(others), renamed: of(others + names), own: { ...first, script } }
}

/** A configuration as somebody else wrote it, sound or with one to three mistakes. */
export interface Text {
  name: string
  says: string[]
  objects: Thing[]
}

export function strangers(seed: number, count: number): Text[] {
  return fc.sample(anyRestyled(), { seed, numRuns: count }).map(({ text, applied }, index) => {
    let objects = parse(text).documents.map(({ object }) => copyOf(object as Thing))
    const says: string[] = [...applied]
    if (index % 2 === 1) {
      const chance = chanceOf(seed + index)
      for (let step = 0; step <= chance.int(3); step++) {
        const next = mutate(objects, chance)
        objects = next.objects
        says.push(next.says)
      }
    }
    return { name: `stranger ${index + 1}`, says, objects }
  })
}

/** An edit of somebody's text: the objects that a cluster has of it, those of the new text, and those that the person is told to delete. */
export interface EditedText {
  name: string
  says: string[]
  before: unknown[]
  after: unknown[]
  gone: unknown[]
}

export function edited(seed: number, count: number): EditedText[] {
  const objectsIn = (text: string) => parse(text).documents.filter(({ object }) => judges(object))
  return plays(seed, count).flatMap(({ name, says, was, text }) => {
    const [before, after] = [objectsIn(was.text), objectsIn(text)]
    const names = new Set(after.map(nameOf))
    const gone = before.filter((document) => !names.has(nameOf(document)))
    const of = (documents: typeof before) => documents.map(({ object }) => asWritten(object))
    return after.length > 0 ? [{ name, says, before: of(before), after: of(after), gone: of(gone) }] : []
  })
}

/** Without what a server keeps for itself: a text from a cluster has it, and no other cluster takes it. */
function asWritten(object: unknown): unknown {
  const { status: _, metadata, ...rest } = object as Thing
  const { name, namespace, labels, annotations } = metadata as Record<string, unknown>
  return { ...rest, metadata: { name, namespace, labels, annotations } }
}

/** Whether the product judges its kind: those of others it leaves alone. */
export function judges(object: unknown): boolean {
  const [of] = parse(JSON.stringify(object)).documents
  if (!of) return true
  const kind = schemas.of(of.group, of.version, of.kind)
  return kind ? kind.schema.properties !== undefined : schemas.group(of.group)
}

/** What `egress lint` says that a cluster would refuse in an object, with the places. */
export function refusedIn(object: unknown): { says: string; field: string }[] {
  const { documents, findings } = parse(JSON.stringify(object))
  const all: Finding[] = [...findings, ...shape(documents, schemas), ...documents.flatMap((document) => webhookFindings(document))]
  return all
    .filter(({ level }) => level === 'error')
    .map(({ rule, says, at }) => ({ says: `${rule} ${says.en}`, field: rule === 'Y-no-name' ? 'metadata.name' : fieldOf(at?.path ?? []) }))
}

export { allDamages, damagedAt, damagedKinds, soundKinds } from './damage'

/** As the server writes it: a key that holds a dot is in brackets. */
const fieldOf = (path: Path): string => path.map((key) => (String(key).includes('.') ? `[${key}]` : key)).join('.')
