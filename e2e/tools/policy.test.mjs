/** The README tells of the policy as it is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './fresh.mjs'
import { directivesOfServer, policyOfPage } from './policy.mjs'

test('the README lists every directive with what it allows, and a reason', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, table = ''] = /\| directive \| allows \| because \|\n\| --- \| --- \| --- \|\n((?:\|.*\|\n)+)/.exec(readme) ?? []
  const rows = [...table.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| (.{10,}) \|$/gm)].map(([, name, allows]) => [name, allows])
  expect(rows).toEqual(Object.entries(directivesOfServer))
})

test('nothing in it is unsafe, and no foreign origin is allowed', () => {
  expect(policyOfPage).not.toMatch(/unsafe|https?:|\*|blob:/)
})
