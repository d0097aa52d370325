/** P10 on random documents and random changes: the patched text says what the changed objects say, and every comment is still there. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../testing/runs'
import type { Change, Document, Path } from './document'
import { parse } from './parse'
import { changed, patched } from './patch'
import { alike } from './patch/refine'
import { valueAt } from './place'

const hand = [
  `# head
apiVersion: v1   # api
kind: ConfigMap  # kind

metadata:
    name: deep      # four blanks
    labels:
        a: b
spec:
    # of the list
    list:
        # first
        - name: x   # one
          ports: [80, 443]  # two
        # second
        - name: 'y'
          ports:
              - 1
              # between
              - 2
    flow: {a: 1, "b": [x, y], c: {}}   # flow
    block: |
      - some: no list
      text

    folded: >-
      more
      text
    empty:
    # last
`,
  `{"apiVersion": "v1", "kind": "K", "metadata": {"name": "json"},
  "spec": {
    "list": [
      {"name": "a"},
      {"name": "b", "on": true}
    ],
    "empty": [], "none": {}
  }
}
`,
  `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: K
  metadata: {name: one}   # one
  spec:
  - - a
    - b   # nested
  - - c
# between
- apiVersion: v1
  kind: K
  metadata:
    name: two   # two
`,
  `apiVersion: v1
kind: K
metadata:
  name: anchors
base: &base   # anchor
  a: 1
  b: [x]
copy: *base   # alias
merged:
  <<: *base
  c: 3   # c
`,
]

const goldens = Object.values(import.meta.glob<string>('../../examples/golden/*.yaml', { query: '?raw', import: 'default', eager: true }))
const texts = [...goldens, ...hand, ...hand.map((text) => text.replaceAll('\n', '\r\n'))]

const commentsIn = (text: string): string[] => text.split(/\r?\n/).flatMap((line) => /(?:^|\s)#.*$/.exec(line)?.[0].trim() ?? [])

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    'edition.cnn.com',
    'yes',
    '012',
    '',
    'a: b',
    '# x',
    '*',
    '- a',
    "it's",
    '"q"',
    'two\nlines\n',
    ' blank ',
    '{}',
    '~',
    '1e3',
    'é\u2028',
    '\\',
    'null',
    '[',
    '0o7',
    'x #y',
    '\ttab',
    '@',
    '%',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'name', 'on', 'x y', '__proto__', '8080', ''), leaf, { maxKeys: 3 }),
  fc.constant([{ a: { b: [{ c: 1 }] } }]),
)

function placesOf(object: unknown): Path[] {
  const places: Path[] = []
  const visit = (part: unknown, path: Path) => {
    if (path.length > 0) places.push(path)
    if (typeof part !== 'object' || part === null) return
    for (const [key, child] of Object.entries(part)) visit(child, [...path, Array.isArray(part) ? Number(key) : key])
  }
  visit(object, [])
  return places
}

type Wish = { document: number; place: number; what: number; value: unknown; key: string }
const wish: fc.Arbitrary<Wish> = fc.record({
  document: fc.nat(),
  place: fc.nat(),
  what: fc.nat(5),
  value,
  key: fc.constantFrom('fresh', 'spec', 'on', 'a b'),
})

function changeOf({ document, place, what, value: to, key }: Wish, documents: readonly Document[]): Change | null {
  const of = documents[document % documents.length]
  if (!of) return null
  const places = placesOf(of.object)
  const path = places[place % places.length] as Path
  const last = path.at(-1)
  if (what === 0) return { remove: { of: of.id, path } }
  if (what === 1)
    return typeof last === 'string' ? { rename: { of: of.id, path }, to: key } : { set: { of: of.id, path }, value: to, insert: true }
  if (what === 2) return { set: { of: of.id, path: [...path.slice(0, -1), typeof last === 'number' ? last + 1 : key] }, value: to }
  return { set: { of: of.id, path }, value: to }
}

let refusals = 0
let plays = 0

const law = (text: string, wishes: readonly Wish[]) => {
  const { documents } = parse(text)
  const changes = wishes.flatMap((one) => changeOf(one, documents) ?? [])
  const wanted = changed(documents, changes)
  const result = patched(text, changes)
  plays++
  if ('refused' in result) {
    refusals++
    return
  }
  const after = parse(result.text).documents.map(({ object }) => object)
  expect(alike(after, wanted)).toBe(true)
  const lost = commentsIn(text).filter((comment) => !result.text.includes(comment))
  const cut = changes.some(
    (change) =>
      'remove' in change || 'rename' in change || ('set' in change && typeof (valueAt(documents, change.set) ?? undefined) === 'object'),
  )
  if (!cut) expect(lost).toEqual([])
}

test('a patched text says what the changed objects say, and keeps every comment of what stays', { timeout: 60_000 }, async ({
  annotate,
}) => {
  const any = fc.tuple(fc.constantFrom(...texts), fc.array(wish, { minLength: 1, maxLength: 4 }))
  fc.assert(
    fc.property(any, ([text, wishes]) => law(text, wishes)),
    runs(1500),
  )
  await annotate(`${plays} patches, ${refusals} refused`)
  // Anchors and merge keys are in the mix; what has none of them can nearly always be written.
  expect(refusals / plays).toBeLessThan(0.05)
})
