/** Who talks to what is seen on the canvas; and a design goes onto a slide: as SVG, as dots, and over the whole screen. */
import { readFileSync } from 'node:fs'
import { expectClean } from './axe'
import { expect, golden, test } from './designer'

test('the picture is looked at, saved as SVG and as PNG of twice its size, and shown alone', async ({ designer, page }) => {
  await designer.button('Picture for a slide').click()
  const dialog = page.getByRole('dialog', { name: 'Picture for a slide' })
  const picture = dialog.getByRole('img')
  await expect(picture.getByText('Egress gateway', { exact: true })).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Headings' }).uncheck()
  await expect(picture.getByText('Egress gateway', { exact: true })).toHaveCount(0)
  await expectClean(page, { but: ['main'] })

  const saved = async (name: string) => {
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name, exact: true }).click()
    return readFileSync(await (await download).path())
  }
  const svg = String(await saved('SVG'))
  expect(svg).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg [^>]*>.*edition\.cnn\.com.*<\/svg>\n$/s)
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  const png = await saved('PNG')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)])

  await dialog.getByRole('button', { name: 'Full screen' }).click()
  const slide = page.locator('dialog.slide')
  await expect(slide).toBeVisible()
  await designer.press('Escape')
  await expect(slide).toHaveCount(0)
  await expect(dialog).toBeVisible()
})

test('what the pointer rests on keeps its paths in full, and each is said; a selection does so without the pointer', async ({
  designer,
  page,
}) => {
  await designer.addFlows('sleep HTTPS -> istio-egressgateway DISABLE -> api.example.com PASSTHROUGH')
  const card = (name: string) => designer.nodes().filter({ hasText: name }).locator('.card')
  await expect(card('api.example.com')).toBeVisible()
  const says = page.getByRole('list', { name: 'Paths along here' })
  await designer.press('Escape')
  await card('edition.cnn.com').hover()
  await expect(says).toHaveText(
    /^sleep sends HTTP to istio-egressgateway, inside Istio’s mutual TLS, and on to edition\.cnn\.com:443, with TLS added\.$/,
  )
  await expect(card('api.example.com')).toHaveClass(/faded/)
  await expect(card('istio-egressgateway')).not.toHaveClass(/faded/)
  await expectClean(page)
  await card('istio-egressgateway').locator('.port').filter({ hasText: 'PASSTHROUGH' }).hover()
  await expect(says).toContainText('api.example.com')
  await expect(card('edition.cnn.com')).toHaveClass(/faded/)
  await page.mouse.move(0, 0)
  await expect(says).toHaveCount(0)
  await card('edition.cnn.com').locator('header').click()
  await page.mouse.move(0, 0)
  await expect(card('api.example.com')).toHaveClass(/faded/)
})

test('every path is a line that says it, changes its modes, sends along it and takes it away', async ({ designer, page }) => {
  await designer.button('Paths as a list').click()
  const list = page.getByRole('dialog', { name: 'Paths' })
  const path = list.getByRole('listitem', { name: 'sleep → edition.cnn.com' })
  await expect(path).toContainText('inside Istio’s mutual TLS')
  await expectClean(page, { but: ['main'] })
  await path.getByRole('combobox', { name: 'Mode, istio-egressgateway to edition.cnn.com' }).selectOption('DISABLE')
  await expect(path).toContainText('and on to edition.cnn.com:80, with nothing added.')
  await expect(path.getByRole('option', { name: /^PASSTHROUGH: App sends HTTP/ }).last()).toBeDisabled()
  await list.getByRole('searchbox').fill('nothing like it')
  await expect(list.getByRole('status')).toHaveText('No path is like this.')
  await list.getByRole('searchbox').fill('CNN disable')
  await path.getByRole('button', { name: 'Show: sleep → edition.cnn.com' }).click()
  await designer.expectText(golden('http-gateway-mtls'))
  await designer.button('Paths as a list').click()
  await path.getByRole('button', { name: 'Remove: sleep → edition.cnn.com' }).click()
  await expect(list.getByRole('status')).toHaveText('No path leads from a pod to a host yet.')
})
