/** The README tells of the policy as it is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './fresh.mjs'
import { directivesOfEmbedServer, directivesOfServer, policyOfEmbed, policyOfPage } from './policy.mjs'

/** @param {string} head */
function rowsUnder(head) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, table = ''] = readme.split(`| ${head} | allows | because |\n| --- | --- | --- |\n`)
  return [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)` \| `([^`]+)` \| (.{10,}) \|$/gm)].map(([, name, allows]) => [
    name,
    allows,
  ])
}

test('the README lists every directive with what it allows, and a reason', () => {
  expect(rowsUnder('directive')).toEqual(Object.entries(directivesOfServer))
  expect(rowsUnder('directive of `embed.html`')).toEqual(Object.entries(directivesOfEmbedServer))
})

test('nothing in it is unsafe, and no foreign origin is allowed', () => {
  for (const policy of [policyOfPage, policyOfEmbed]) expect(policy).not.toMatch(/unsafe|https?:|\*|blob:/)
})
