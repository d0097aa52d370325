import { expect, test } from 'vitest'
import type { Change, Document } from '../document'
import { changed } from './changed'

const of = { id: { key: '0 /K//' }, object: { kind: 'K', spec: { list: ['a', 'b', 'c'], map: { x: 1, y: 2 } } } } as unknown as Document
const table: [string, Change[], unknown][] = [
  [
    'a value',
    [{ set: { of: of.id, path: ['spec', 'map', 'x'] }, value: 3 }],
    { kind: 'K', spec: { list: ['a', 'b', 'c'], map: { x: 3, y: 2 } } },
  ],
  ['a new path', [{ set: { of: of.id, path: ['a', 0, 'b'] }, value: 3 }], { kind: 'K', spec: of.object.spec, a: [{ b: 3 }] }],
  [
    'two items, in the order of the text',
    [{ remove: { of: of.id, path: ['spec', 'list', 0] } }, { remove: { of: of.id, path: ['spec', 'list', 1] } }],
    { kind: 'K', spec: { list: ['c'], map: { x: 1, y: 2 } } },
  ],
  [
    'an item in the stead of another, said as two',
    [
      { set: { of: of.id, path: ['spec', 'list', 1] }, value: 'x', insert: true },
      { set: { of: of.id, path: ['spec', 'list', 1] }, value: 'y', insert: true },
      { remove: { of: of.id, path: ['spec', 'list', 1] } },
    ],
    { kind: 'K', spec: { list: ['a', 'x', 'y', 'c'], map: { x: 1, y: 2 } } },
  ],
  [
    'an item before another, and one behind all',
    [
      { set: { of: of.id, path: ['spec', 'list', 1] }, value: 'new', insert: true },
      { set: { of: of.id, path: ['spec', 'list', 3] }, value: 'last' },
      { remove: { of: of.id, path: ['spec', 'list', 0] } },
    ],
    { kind: 'K', spec: { list: ['new', 'b', 'c', 'last'], map: { x: 1, y: 2 } } },
  ],
  [
    'a name',
    [{ rename: { of: of.id, path: ['spec', 'map', 'x'] }, to: '__proto__' }],
    JSON.parse('{"kind":"K","spec":{"list":["a","b","c"],"map":{"__proto__":1,"y":2}}}'),
  ],
  ['what is not there', [{ remove: { of: of.id, path: ['no', 'such'] } }, { rename: { of: of.id, path: ['no'] }, to: 'x' }], of.object],
]
test.each(table)('%s', (_, changes, after) => expect(changed([of], changes)).toEqual([after]))

test('keys keep their order, documents come and go', () => {
  const [object] = changed([of], [{ rename: { of: of.id, path: ['spec', 'map', 'x'] }, to: 'z' }])
  expect(Object.keys((object as { spec: { map: object } }).spec.map)).toEqual(['z', 'y'])
  expect(changed([of], [{ remove: { of: of.id, path: [] } }, { add: { kind: 'N' } }])).toEqual([{ kind: 'N' }])
})
