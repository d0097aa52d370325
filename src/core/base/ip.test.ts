import { isIP as isNodeIP } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIP } from './ip'
import { inBlock } from './ip-block'

/** Addresses with a part changed: a number that is too great, a group or a dot too many. */
const nearly = fc
  .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(), fc.constantFrom('', '.', ':', '::', '0', '9', '999', 'g', ' ', '1e1', '-1', '1.2.3.4'))
  .map(([ip, at, odd]) => `${ip.slice(0, at % (ip.length + 1))}${odd}${ip.slice(at % (ip.length + 1))}`)

test('an address is what Node takes for one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), nearly), (text) => {
      expect([text, isIP(text)]).toEqual([text, isNodeIP(text) !== 0])
    }),
    { numRuns: 2000 },
  )
})

test.each(['999.1.1.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', ' 1.2.3.4', '1..2.3', ':', ':::', ''])('%s is none, and in no block', (text) => {
  expect(isIP(text)).toBe(false)
  expect(inBlock(text, '0.0.0.0/0')).toBe(false)
})
