import { expect, test } from 'vitest'
import { same } from '../../core/base/text'
import { checkIP, checkLabel, checkServicePort, type Field } from '../../core/model/field'
import { parsed, printed, repaired, troubles } from './values'

const field = (type: Field['type'], check?: Field['check']): Field => ({
  id: type,
  title: same(type),
  help: same(''),
  type,
  ...(check && { check }),
})
const labels = field('labels', checkLabel)
const ports = field('ports', checkServicePort)
const list = field('list', checkIP)

test.each([
  [labels, 'app=sleep, version=v1', { app: 'sleep', version: 'v1' }],
  [
    ports,
    '80:8080 15443',
    [
      { number: 80, targetPort: 8080 },
      { number: 15443, targetPort: 15443 },
    ],
  ],
  [list, '203.0.113.1，203.0.113.2', ['203.0.113.1', '203.0.113.2']],
  [field('number'), '443', 443],
  [field('number'), '', undefined],
  [field('text'), 'a b', 'a b'],
])('a typed line is a value, and is printed as it was meant: %#', (of, typed, value) => {
  expect(parsed(of, typed)).toEqual({ value })
  expect(parsed(of, printed(of, value))).toEqual({ value })
})

test.each([
  [labels, 'app'],
  [ports, '80:x'],
  [field('number'), '80a'],
])('what cannot be kept is no value: %#', (of, typed) => expect(parsed(of, typed)).toBeNull())

test('each entry has its own complaint, and its own repair', () => {
  expect(troubles(list, '203.0.113.1, nowhere', false).map((trouble) => trouble.entry)).toEqual(['nowhere'])
  expect(repaired(list, '203.0.113.1, nowhere', 'nowhere', '203.0.113.2')).toBe('203.0.113.1, 203.0.113.2')
  expect(troubles(list, '', false)).toEqual([])
})
