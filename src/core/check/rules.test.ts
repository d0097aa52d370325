/** Every rule of the list keeps its promises; their ids are unique. */
import { expect, test } from 'vitest'
import { ruleTest } from '../../testing/rule-test'
import { rules } from './rules'

test('every id is one rule’s', () => {
  const ids = rules.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

for (const rule of rules) ruleTest(rule)
