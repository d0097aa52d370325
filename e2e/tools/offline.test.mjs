/** What can be installed, and what is copied for work without a network. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './fresh.mjs'
import { filesOf } from './offline.mjs'

const manifest = JSON.parse(readFileSync(join(root, 'public/app.webmanifest'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'egress-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the manifest works under any path, and each icon has the size that it says', () => {
  for (const address of [manifest.start_url, manifest.scope, manifest.id]) expect(address).toBe('./')
  const pictures = manifest.icons.filter((/** @type {{ type: string }} */ { type }) => type === 'image/png')
  expect(pictures.map((/** @type {{ purpose?: string }} */ { purpose }) => purpose)).toContain('maskable')
  for (const { src, sizes } of pictures) {
    expect(src).toMatch(/^\.\//)
    const png = readFileSync(join(root, 'public', src))
    // Width and height lie behind the signature and the head of the first chunk.
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes)
  }
})

test('every file of the site is copied, with what it holds; those with a hash in their name need no revision', () => {
  const made = ['index.html', 'assets/a-123.js', 'sw.js', 'cli/egress.mjs', 'screenshot.png', 'icon-192.png']
  for (const file of made) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), file)
  }
  const files = filesOf(folder)
  expect(files.map(({ url }) => url)).toEqual(['assets/a-123.js', 'icon-192.png', 'index.html'])
  expect(files.map(({ revision }) => revision === null)).toEqual([true, false, false])
  const [before] = files
  writeFileSync(join(folder, 'assets/a-123.js'), 'other')
  expect(filesOf(folder)[0]?.integrity).not.toBe(before?.integrity)
})
