/** Nothing is lost: not by a reload, not by a closed tab, not by a second tab, not by a damaged store. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { Designer, expect, first, golden, test } from './designer'

const disabled = 'gateway istio-egressgateway to host edition.cnn.com, DISABLE'

test('an edit survives a reload right after it', async ({ designer }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await designer.designName.fill('my road')
  await designer.reload()
  await expect(designer.hop(disabled)).toBeVisible()
  await expect(designer.designName).toHaveValue('my road')
  await designer.expectText(golden('http-gateway-mtls'))
})

test('typing survives a reload in its midst', async ({ designer }) => {
  await designer.clickNode(first.host)
  await designer.field('Host name').fill('half-typed.example.com')
  await designer.reload()
  await expect(designer.node('host half-typed.example.com')).toBeVisible()
})

test('the header says where it is saved, and no button moves from under the pointer for it', async ({ designer, page }) => {
  const banner = page.getByRole('banner')
  await expect(banner.getByText('Saved once you change it')).toBeVisible()
  const places = await banner.evaluateHandle((banner) => {
    const placed = () => [...banner.querySelectorAll('button')].map((button) => Math.round(button.getBoundingClientRect().x)).join(' ')
    const seen = new Set([placed()])
    new MutationObserver(() => seen.add(placed())).observe(banner, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    })
    return seen
  })
  await designer.button('Add Host').click()
  await designer.expectSaved()
  await designer.undo.click()
  await expect(designer.undo).toBeDisabled()
  await designer.expectSaved()
  expect(await places.evaluate((seen) => [...seen])).toHaveLength(1)
})

test('a closed tab comes back in a new one', async ({ designer, page, context }) => {
  await designer.chooseTls(first.mesh, 'DISABLE')
  await designer.designName.fill('出口')
  await designer.expectSaved()
  await page.close()
  const again = new Designer(await context.newPage())
  await again.open()
  await expect(again.designName).toHaveValue('出口')
  await again.expectText(golden('tls-origination'))
})

test('an empty canvas comes back empty', async ({ designer, page }) => {
  await designer.clear()
  await designer.expectSaved()
  await page.reload()
  await expect(designer.canvas).toContainText('Nothing is drawn yet.')
  await expect(designer.nodes()).toHaveCount(0)
})

test('a second tab works on a copy and never writes over the first', async ({ designer, context }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await designer.designName.fill('first tab')
  await designer.expectSaved()

  const second = new Designer(await context.newPage())
  await second.open()
  await expect(second.hop(disabled)).toBeVisible()
  await expect(second.notice).toContainText('open in another tab')
  await second.designName.fill('second tab')
  await second.button('Add Host').click()
  await second.expectSaved()

  await designer.reload()
  await expect(designer.designName).toHaveValue('first tab')
  await expect(designer.nodes('host')).toHaveCount(1)
  await second.reload()
  await expect(second.designName).toHaveValue('second tab')
  await expect(second.nodes('host')).toHaveCount(2)
})

test('a damaged store says so, keeps the bytes for download, and starts fresh', async ({ designer, page }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await designer.expectSaved()
  const bytes = '{"format": 1, "design": {"nodes": [破损'
  expect(await damage(page, bytes)).toBeGreaterThan(0)

  await designer.reload()
  const trouble = page.getByRole('region', { name: 'The saved design could not be read. It is kept as it was.' })
  await expect(trouble).toBeVisible()
  await designer.expectText(golden('tls-origination-mtls'))
  const download = page.waitForEvent('download')
  await trouble.getByRole('button', { name: 'Download it' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toBe(bytes)

  await designer.chooseTls(first.mesh, 'DISABLE')
  await designer.expectSaved()
  expect(await stored(page)).toContain(bytes)
  await designer.reload()
  await designer.expectText(golden('tls-origination'))
  await expect(trouble).toBeHidden()
})

test.describe('without storage', () => {
  test.use({ fresh: true })

  test('the app works, and says that nothing is saved', async ({ page }) => {
    await page.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('No storage here.', 'SecurityError')
      }
    })
    const designer = new Designer(page)
    await designer.open()
    await designer.chooseTls(first.outside, 'DISABLE')
    await expect(page.getByRole('banner')).toContainText('Not saved')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the design' }).click()
    expect(await readFile(await (await download).path(), 'utf8')).toContain('edition.cnn.com')
  })
})

/** Every text in every store of the browser becomes this one; tells how many there were. */
function damage(page: Page, bytes: string): Promise<number> {
  return page.evaluate(async (bytes) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    let count = 0
    for (const { name } of await indexedDB.databases()) {
      const base = await done(indexedDB.open(String(name)))
      for (const store of base.objectStoreNames) {
        const keys = await done(base.transaction(store).objectStore(store).getAllKeys())
        for (const key of keys) await done(base.transaction(store, 'readwrite').objectStore(store).put(bytes, key))
        count += keys.length
      }
      base.close()
    }
    return count
  }, bytes)
}

/** Every text that the browser holds. */
function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)))
    const texts: string[] = []
    for (const { name } of await indexedDB.databases()) {
      const base = await done(indexedDB.open(String(name)))
      for (const store of base.objectStoreNames)
        texts.push(...(await done(base.transaction(store).objectStore(store).getAll())).map(String))
      base.close()
    }
    return texts
  })
}
