/** A canvas edit over a person's text: compiled before and after, written into the draft. */
import fc from 'fast-check'
import { dump } from 'js-yaml'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../../testing/any-design'
import { runs } from '../../../testing/runs'
import { compile } from '../../compile/compile'
import { dialects } from '../../compile/dialects'
import { objectOf, print, textOf } from '../../compile/print'
import { type Design, isWireHop } from '../../model/design'
import { addNode, remove, setFields, setIdentity, setTls } from '../../model/edit'
import type { Document } from '../document'
import { parse } from '../parse'
import { patched } from '../patch'
import { differences } from './differences'
import { alike } from './refine'

const dialect = Object.values(dialects)[0] as (typeof dialects)[keyof typeof dialects]
const objectsOf = (design: Design) => compile(design, dialect).map((resource) => objectOf(resource, dialect.version(resource.group)))

const edit = fc.tuple(fc.nat(4), fc.nat()).map(([what, index]) => (design: Design): Design => {
  const node = design.nodes[index % design.nodes.length]
  const hop = design.hops.filter(isWireHop)[index % Math.max(1, design.hops.filter(isWireHop).length)]
  if (!node) return design
  if (what === 0) return remove(design, [node.id])
  if (what === 1) return setIdentity(design, node.id, { name: 'renamed' })
  if (what === 2) return setFields(design, node.id, { serviceAccount: 'other', labels: { app: 'other' } })
  if (what === 3 && hop) return setTls(design, hop.id, 'ISTIO_MUTUAL')
  return addNode(design, 'pod').design
})

/** The person's own remarks and fields. */
const annotated = (text: string): string =>
  text
    .split('\n')
    .map((line, index) => (index % 5 === 2 && /: \S+$/.test(line) && !line.includes('#') ? `${line}   # remark ${index}` : line))
    .join('\n')
    .replaceAll(/^metadata:\n/gm, 'metadata:\n  annotations: {team: mine}\n')

const named = ({ kind, namespace, name }: Document) => `${kind}/${namespace}/${name}`

test('a draft follows the drawing, and keeps what is the person’s own', { timeout: 120_000 }, () => {
  let refused = 0
  const law = (design: Design, change: (design: Design) => Design) => {
    const [before, after] = [objectsOf(design), objectsOf(change(design))]
    const draft = annotated(textOf(print(compile(design, dialect), dialect, { comments: true, lang: 'en' })))
    const parsed = parse(draft)
    const changes = differences(before, after, parsed.documents)
    const result = patched(draft, changes)
    if ('refused' in result) {
      refused++
      return
    }
    const documents = parse(result.text).documents
    const plain = ({ object }: Document) => {
      const { annotations, ...metadata } = (object.metadata ?? {}) as Record<string, unknown>
      const own = isMine(annotations) ? undefined : annotations
      return { ...object, metadata: own === undefined ? metadata : { ...metadata, annotations: own } }
    }
    const wanted = new Map(
      parse(after.map((object) => JSON.stringify(object)).join('\n---\n')).documents.map((document) => [named(document), document]),
    )
    expect(documents.map(named).toSorted()).toEqual([...wanted.keys()].toSorted())
    for (const document of documents) expect(alike(plain(document), wanted.get(named(document))?.object)).toBe(true)
    const touched = new Set(
      changes.flatMap((one) => ('add' in one ? [] : [('set' in one ? one.set : 'remove' in one ? one.remove : one.rename).of.key])),
    )
    for (const document of parsed.documents) if (!touched.has(document.id.key)) expect(result.text).toContain(document.text.trimEnd())
  }
  fc.assert(fc.property(anySoundDesign, edit, law), runs(150))
  expect(refused).toBe(0)
})

const textOfObject = (object: Record<string, unknown>): string => dump(object, { flowLevel: 4 })

const isMine = (annotations: unknown): boolean => JSON.stringify(annotations) === '{"team":"mine"}'

const gatewayWith = (servers: readonly unknown[]): Record<string, unknown> => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'a', namespace: 'default' },
  spec: { servers },
})
const anyItem = fc.nat(5).map((at) => ({ hosts: [`h${at}.example.com`], port: { number: at } }))

test('any list becomes any other, item by item, several new items at one place in their order too', () =>
  fc.assert(
    fc.property(fc.array(anyItem), fc.array(anyItem), (was, is) => {
      const [before, after] = [gatewayWith(was), gatewayWith(is)]
      const draft = textOfObject(before)
      const result = patched(draft, differences([before], [after], parse(draft).documents))
      expect('text' in result && parse(result.text).documents.map(({ object }) => object)).toEqual([after])
    }),
    runs(300),
  ))

test('what a person added to a compiled object stays there', () => {
  const draft = `apiVersion: networking.istio.io/v1beta1   # older
kind: ServiceEntry
metadata:
  name: a
spec:
  hosts: [mine.com, a.com]   # one more
  location: MESH_EXTERNAL
  resolution: DNS
`
  const before = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'a', namespace: 'default' },
    spec: { hosts: ['a.com'], resolution: 'DNS' },
  }
  const after = { ...before, spec: { hosts: ['b.com'], resolution: 'STATIC' } }
  const { documents } = parse(draft)
  expect(patched(draft, differences([before], [after], documents))).toEqual({
    text: draft.replace('[mine.com, a.com]', '[mine.com, b.com]').replace('DNS', 'STATIC'),
  })
  expect(differences([before], [before], documents)).toEqual([])
  expect(differences([before], [{ ...before }], documents)).toEqual([])
})

test('what goes from a list goes in whatever order the person has the list', () => {
  const of = (gateways: readonly string[]) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'a', namespace: 'default' },
    spec: { hosts: ['a.example.com'], gateways },
  })
  const text = dump(of(['mesh', 'second', 'first']))
  const result = patched(text, differences([of(['mesh', 'first', 'second'])], [of(['mesh', 'first'])], parse(text).documents))
  expect('text' in result && parse(result.text).documents[0]?.object.spec).toEqual({
    hosts: ['a.example.com'],
    gateways: ['mesh', 'first'],
  })
})
