/** What must hold of every design, tried on random ones. A failure prints its seed: keep the design as a named test beside what it broke. */
import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, test, vi } from 'vitest'
import { anySoundDesign } from '../testing/any-design'
import { anyDesign } from '../testing/odd-design'
import { runs } from '../testing/runs'
import { compile, keyOf } from './compile/compile'
import { dialects } from './compile/dialects'
import type { Dialect } from './compile/dialects/kind'
import { plan } from './compile/plan/plan'
import { objectOf, print, textOf } from './compile/print'
import type { Doc, Resource } from './compile/resource'
import { isServiceHost } from './istio/host-name'
import type { TlsMode } from './istio/tls-mode'
import { check } from './model/check'
import { type Design, type Fields, isWireHop, namespaceOf, type World } from './model/design'
import { addNode, move, remove, setFields, setGuard, setIdentity, setName, setTls, setWorld } from './model/edit'
import { addFlow, flowOf } from './model/flow'
import { put, redo, start, undo } from './model/history'
import { readNotation, writeNotation } from './model/notation'
import { type Path, pathsOf } from './model/path'

vi.setConfig({ testTimeout: 600_000 })
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const each = Object.values(dialects).map((dialect) => [dialect.id, dialect] as const)
const holds = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void) => fc.assert(fc.property(arbitrary, law), runs(150))
const docsOf = (resources: readonly Resource[], dialect: Dialect, comments = true): Doc[] =>
  print(resources, dialect, { comments, lang: 'zh' })

const idAt = (design: Design, index: number): string => design.nodes[index % design.nodes.length]?.id ?? ''

/** A change that a user could make. */
const anyEdit: fc.Arbitrary<(design: Design) => Design> = fc.oneof(
  fc.string().map((name) => (design: Design) => setName(design, name)),
  fc.constantFrom('pod', 'gateway', 'host').map((kind) => (design: Design) => addNode(design, kind).design),
  fc.nat().map((index) => (design: Design) => remove(design, [idAt(design, index)])),
  fc.nat().map((index) => (design: Design) => move(design, { [idAt(design, index)]: { x: index, y: 1 } })),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom<Fields>(
        { serviceAccount: 'other' },
        { labels: { app: 'other', istio: 'other' } },
        { ports: [{ number: 443, targetPort: 9000 }] },
        { resolution: 'STATIC', addresses: ['192.0.2.1'] },
        { testServer: true },
      ),
    )
    .map(
      ([index, fields]) =>
        (design: Design) =>
          setFields(design, idAt(design, index), fields),
    ),
  fc
    .tuple(fc.nat(), fc.constantFrom({ name: 'other.example.com' }, { name: 'edition.cnn.com' }, { name: 'other' }, { namespace: 'shop' }))
    .map(
      ([index, change]) =>
        (design: Design) =>
          setIdentity(design, idAt(design, index), change),
    ),
  fc.constantFrom<World['outbound']>('ALLOW_ANY', 'REGISTRY_ONLY').map((outbound) => (design: Design) => setWorld(design, { outbound })),
  fc.constantFrom('default', 'shop').map((namespace) => (design: Design) => setGuard(design, namespace, {})),
  fc.tuple(anySoundDesign, fc.nat()).map(([other, index]) => (design: Design) => {
    const paths = pathsOf(other)
    return addFlow(design, flowOf(paths[index % paths.length] as Path, other))
  }),
  fc.tuple(fc.nat(), fc.constantFrom<TlsMode>('DISABLE', 'SIMPLE', 'ISTIO_MUTUAL')).map(([index, tls]) => (design: Design) => {
    const hops = design.hops.filter(isWireHop)
    return setTls(design, hops[index % hops.length]?.id ?? '', tls)
  }),
)

test('undo takes an edit back, and redo brings it again', () =>
  holds(fc.tuple(anyDesign, fc.array(anyEdit, { maxLength: 5 })), ([design, edits]) => {
    let history = start(design)
    for (const edit of edits) history = put(history, edit(history.now), 'edit')
    const last = history.now
    const steps = history.past.length
    for (let n = 0; n < steps; n++) history = undo(history)
    expect(history.now).toBe(design)
    for (let n = 0; n < steps; n++) history = redo(history)
    expect(history.now).toBe(last)
  }))

test('a design that holds anything is checked and planned without a throw', () =>
  holds(anyDesign, (design) => {
    expect(Array.isArray(check(design))).toBe(true)
    expect(Array.isArray(plan(design).findings)).toBe(true)
  }))

/** What a path is, without the ids of its hops. */
const meaning = (path: Path): string =>
  JSON.stringify([
    namespaceOf(path.pod),
    path.pod.name,
    path.speaks,
    path.dialled,
    path.gateway?.id,
    path.mesh && [path.mesh.tls, path.mesh.port],
    path.host.name,
    path.outside.tls,
    path.outside.port,
    path.outside.fields,
  ])

test('a design is the sum of its flows', () =>
  holds(anySoundDesign, (design) => {
    const bare: Design = { ...design, hops: [] }
    const again = pathsOf(design).reduce((built, path) => addFlow(built, flowOf(path, design)), bare)
    expect(pathsOf(again).map(meaning).toSorted()).toEqual(pathsOf(design).map(meaning).toSorted())
  }))

test('a flow that is there already changes nothing', () =>
  holds(anySoundDesign, (design) => {
    for (const path of pathsOf(design)) expect(addFlow(design, flowOf(path, design))).toBe(design)
  }))

describe.each(each)('%s', (_, dialect) => {
  test('anything drawn is compiled and printed without a throw, and read back as it was', () =>
    holds(anyDesign, (design) => {
      for (const doc of docsOf(compile(design, dialect), dialect))
        expect(load(doc.text)).toEqual(plain(objectOf(doc.of, dialect.version(doc.of.group))))
    }))

  test('every path of a sound design is planned, and each of its hops leads to a line', () =>
    holds(anySoundDesign, (design) => {
      const paths = pathsOf(design)
      expect(plan(design, { preferRoute: dialect.preferRoute }).paths).toHaveLength(paths.length)
      const marked = new Set(docsOf(compile(design, dialect), dialect).flatMap((doc) => doc.marks.flatMap((mark) => mark.ids)))
      // Straight to a Service of the cluster nothing has to be written.
      const told = paths.filter((path) => path.gateway || !isServiceHost(path.host.name))
      expect(told.flatMap((path) => [path.pod.id, path.host.id, ...path.hops]).filter((id) => !marked.has(id))).toEqual([])
    }))

  test('written as flow notation and read back, a design gives the same YAML', () =>
    holds(anySoundDesign, (design) => {
      const { design: again, findings } = readNotation(writeNotation(design))
      expect(findings).toEqual([])
      expect(textOf(docsOf(compile(again, dialect), dialect))).toBe(textOf(docsOf(compile(design, dialect), dialect)))
    }))

  test('marks lie inside of their documents, and lines are counted right', () =>
    holds(anySoundDesign, (design) => {
      for (const doc of docsOf(compile(design, dialect), dialect)) {
        expect(doc.text.split('\n')).toHaveLength(doc.lines + 1)
        for (const mark of doc.marks) expect(mark.from <= mark.to && mark.from >= 0 && mark.to < doc.lines).toBe(true)
      }
    }))

  test('the text has no anchors and no tabs, and ends with one newline', () =>
    holds(anySoundDesign, (design) => {
      const text = textOf(docsOf(compile(design, dialect), dialect))
      expect(text).not.toMatch(/^[^#]*(: |- )[&*]/m)
      expect(text).not.toContain('\t')
      expect(text).not.toContain('\r')
      // Straight to a Service of the cluster nothing has to be written.
      if (text === '') return
      expect(text).toMatch(/[^\n]\n$/)
      expect(text.split(/^---$/m)).toHaveLength(compile(design, dialect).length)
    }))

  test('names are DNS labels, come once, and every object has its namespace', () =>
    holds(anySoundDesign, (design) => {
      const resources = compile(design, dialect)
      for (const { kind, name, namespace } of resources) {
        expect(name).toMatch(label)
        if (kind !== 'Namespace') expect(namespace).toMatch(label)
      }
      expect(new Set(resources.map(keyOf)).size).toBe(resources.length)
    }))

  test('what an edit does not touch stays the same object, and its document too', () =>
    holds(fc.tuple(anySoundDesign, anyEdit), ([design, edit]) => {
      const before = compile(design, dialect)
      const after = compile(edit(design), dialect, before)
      const old = new Map(before.map((resource) => [keyOf(resource), resource]))
      for (const resource of after) {
        const twin = old.get(keyOf(resource))
        if (JSON.stringify(twin) === JSON.stringify(resource)) expect(resource).toBe(twin)
      }
      const docs = new Set(docsOf(before, dialect))
      for (const doc of docsOf(after, dialect)) if (before.includes(doc.of)) expect(docs.has(doc)).toBe(true)
    }))

  test('what is remembered changes no answer', () =>
    holds(fc.tuple(anySoundDesign, fc.array(anyEdit, { minLength: 1, maxLength: 3 })), ([design, edits]) => {
      let now = design
      let last = compile(design, dialect)
      for (const edit of edits) {
        now = edit(now)
        last = compile(now, dialect, last)
        const fresh = compile(structuredClone(now), dialect)
        expect(last).toEqual(fresh)
        expect(textOf(docsOf(last, dialect))).toBe(textOf(docsOf(fresh, dialect)))
      }
    }))

  test('moving nodes and renaming the design touches no resource', () =>
    holds(anySoundDesign, (design) => {
      const before = compile(design, dialect)
      const moved = setName(move(design, Object.fromEntries(design.nodes.map((node, index) => [node.id, { x: index, y: index }]))), 'other')
      for (const [index, resource] of compile(moved, dialect, before).entries()) expect(resource).toBe(before[index])
    }))
})

/** As JSON would carry it: without keys that say nothing. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, child]) => (child === undefined ? [] : [[key, plain(child)]])))
}
