import { expect, test } from 'vitest'
import { isKey, keyWord } from './key-names'
import { actions } from './registry'

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }) as KeyboardEvent

test.each([
  ['Mod+Z', press('z', { ctrlKey: true }), true],
  ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['Shift+1', press('!', { code: 'Digit1', shiftKey: true }), true],
  ['Mod+0', press('0', { code: 'Digit0', ctrlKey: true }), true],
  ['?', press('?', { shiftKey: true }), true],
  ['+', press('+', { shiftKey: true }), true],
  ['Delete', press('Delete'), true],
  ['ArrowLeft', press('ArrowLeft', { shiftKey: true }), false],
  ['Space', press(' '), true],
])('%s', (key, event, is) => expect(isKey(event, key)).toBe(is))

test('a key as it is read', () => expect(['Mod+Shift+Z', 'ArrowLeft', '+'].map(keyWord)).toEqual(['Ctrl+Shift+Z', '←', '+']))

test('no two actions share a key, but where the focus tells them apart', () => {
  const keys = actions.flatMap((action) => action.keys.filter((key) => key !== 'Enter'))
  expect(new Set(keys).size).toBe(keys.length)
})
