/** Without a network all works that has worked with one; a newer version is asked for, and leaves the tabs of the older one alone. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Designer, expect, test as stories } from './designer'
import { filesOf } from './tools/offline.mjs'
import { serve } from './tools/server.mjs'

const { dependencies } = JSON.parse(readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8'))
const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** A copy of the built app behind a server of its own, which can end. */
const test = stories.extend<{ site: { folder: string; server: Server } }>({
  site: async ({ browserName }, use) => {
    const folder = mkdtempSync(join(tmpdir(), `egress-site-${browserName}-`))
    cpSync(dist, folder, { recursive: true, filter: (from) => from !== join(dist, 'cli') })
    const server = await serve(folder, 0)
    if (!server) throw new Error('No port is free.')
    await use({ folder, server })
    stop(server)
    rmSync(folder, { recursive: true })
  },
  baseURL: async ({ site }, use) => use(`http://127.0.0.1:${(site.server.address() as AddressInfo).port}/`),
})
test.use({ fresh: true, serviceWorkers: 'allow', permissions: ['clipboard-read', 'clipboard-write'] })

function stop(server: Server): void {
  server.close()
  server.closeAllConnections()
}

/** Help says so once every file is there. */
async function expectCopied({ page }: Designer): Promise<void> {
  await page.getByRole('button', { name: 'Help and keys', exact: true }).click()
  const help = page.getByRole('dialog', { name: 'Help and keys' })
  await expect(help).toContainText('This browser has a copy of the whole app', { timeout: 60_000 })
  await help.getByRole('button', { name: 'Close' }).click()
}

test('after one visit the network is off: a reload, a flow, the editor, a lesson, both languages, and what is copied', async ({
  designer,
  page,
  context,
  site,
}) => {
  await expectCopied(designer)
  const failed: string[] = []
  context.on('requestfailed', (request) => failed.push(request.url()))
  stop(site.server)
  await context.setOffline(true)
  await designer.reload()

  await designer.drawFlows('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> offline.example.com SIMPLE')
  await designer.expectTextWith('offline.example.com')
  await expect(designer.yaml).toContainText('No problems')
  await designer.expectSaved()
  await page.getByRole('button', { name: 'Copy YAML', exact: true }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('offline.example.com')

  await designer.button('Lessons').click()
  await page.getByRole('dialog', { name: 'Lessons' }).getByRole('listitem').getByRole('button').first().click()
  await expect(page.getByRole('region', { name: 'Lesson', exact: true }).getByRole('heading').first()).toBeVisible()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  await expect(page.getByRole('region', { name: '课程', exact: true }).getByRole('heading').first()).toBeVisible()

  await page.getByRole('button', { name: '帮助与快捷键', exact: true }).click()
  const about = page.getByRole('dialog', { name: '帮助与快捷键' })
  await about.getByText('所用软件包的许可证').click()
  for (const name of [...Object.keys(dependencies), 'workbox-precaching'])
    await expect(about.getByText(name, { exact: true }).first()).toBeVisible()
  expect(failed).toEqual([])
})

/** The site of the next version: another page, and a part of the app that is no longer there. */
function renew(folder: string): void {
  const page = join(folder, 'index.html')
  const before = filesOf(folder)
  writeFileSync(page, readFileSync(page, 'utf8').replace('<html', '<html data-version="2"'))
  const gone = readdirSync(join(folder, 'assets')).filter((file) => /^Gallery-.*\.js$/.test(file))
  expect(gone).toHaveLength(1)
  for (const file of gone) rmSync(join(folder, 'assets', file))
  const worker = join(folder, 'sw.js')
  let text = readFileSync(worker, 'utf8')
  const hash = (files: typeof before) => String(files.find(({ url }) => url === 'index.html')?.revision)
  text = text.replaceAll(hash(before), hash(filesOf(folder)))
  for (const file of gone) text = text.replace(new RegExp(`\\{url:.assets/${file}[^}]*\\},?`), '')
  expect(text).not.toContain(String(gone))
  writeFileSync(worker, text)
}

test('a newer version asks once; who agrees gets it, and another tab goes on with its own', async ({ designer, page, context, site }) => {
  await expectCopied(designer)
  const version = (of: typeof page) => of.locator('html').getAttribute('data-version')
  renew(site.folder)
  const other = await context.newPage()
  const second = new Designer(other)
  await second.open()
  expect(await version(other)).toBe(null)
  const asks = other.getByRole('region', { name: 'A new version is ready' })
  await second.button('Add Host').click()
  await asks.getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => version(other)).toBe('2')
  await second.ready()
  await expect(second.nodes('host')).toHaveCount(2)
  await expect(asks).toBeHidden()
  await other.close()

  // Its part of the app is gone from the server, and not from the copy.
  expect(await version(page)).toBe(null)
  await designer.button('Gallery').click()
  await expect(page.getByRole('dialog', { name: 'Gallery' })).toBeVisible()
})
