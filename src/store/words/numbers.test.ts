import { expect, test } from 'vitest'
import { counted } from './numbers'

test('counts are grouped as the language does it', () => {
  expect(counted(1033, 'en')).toBe('1,033')
  expect(counted(10_000, 'zh')).toBe('10,000')
  expect(counted(7, 'en')).toBe('7')
})
