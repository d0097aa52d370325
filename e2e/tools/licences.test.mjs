/** Which package a module belongs to, and what is told of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './fresh.mjs'
import { folderOf, licencesOf, packageOf } from './licences.mjs'

const modules = join(root, 'node_modules')

test.each([
  ['/a/node_modules/react/index.js', '/a/node_modules/react', 'react'],
  ['/a/node_modules/@xyflow/react/dist/index.js?v=1', '/a/node_modules/@xyflow/react', '@xyflow/react'],
  ['/a/node_modules/b/node_modules/c/d.js', '/a/node_modules/b/node_modules/c', 'c'],
  ['\0commonjsHelpers.js', null, null],
  ['/a/src/main.tsx', null, null],
])('%j is of its package', (id, folder, name) => {
  expect(folderOf(id)).toBe(folder)
  expect(packageOf(id)).toBe(name)
})

test('every package that the app depends on says its licence, with the text', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = Object.keys(dependencies).toSorted()
  const listed = licencesOf(names.map((name) => join(modules, name, 'index.js')))
  expect(listed.map(({ name }) => name)).toEqual(names)
  for (const { licence, text } of listed) {
    expect(licence).not.toBe('')
    expect(text).toMatch(/copyright|permission/i)
  }
})
