/** A design goes onto a slide: as SVG, as dots, and over the whole screen. */
import { readFileSync } from 'node:fs'
import { expectClean } from './axe'
import { expect, test } from './designer'

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
