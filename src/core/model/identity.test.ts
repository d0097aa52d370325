import { expect, test } from 'vitest'
import { identityOf } from './identity'

test.each([
  ['pod', 'web', { is: { name: 'web' } }],
  ['pod', ' team-a/web ', { is: { namespace: 'team-a', name: 'web' } }],
  ['gateway', 'edge / out', { is: { namespace: 'edge', name: 'out' } }],
  ['host', '*.example.com', { is: { name: '*.example.com' } }],
] as const)('%s %s', (kind, typed, is) => expect(identityOf({ kind }, typed)).toEqual(is))

test.each([
  ['pod', ''],
  ['pod', 'team-a/'],
  ['pod', '/web'],
  ['pod', 'Web'],
  ['host', 'https://edition.cnn.com/politics'],
] as const)('%s %s is no name', (kind, typed) => expect(identityOf({ kind }, typed)).toHaveProperty('wrong'))
