/** A lesson before a class: presenter mode by button, link and keys; the tutorial's YAML beside today's. */
import type { Page } from '@playwright/test'
import { httpGateway } from '../src/lessons/catalog/http-gateway'
import { expectClean } from './axe'
import { expect, test } from './quiet'

const lessonOf = (page: Page) => page.getByRole('region', { name: 'Lesson', exact: true })
const heading = (page: Page) => lessonOf(page).getByRole('heading', { level: 2 })
const [one, two] = httpGateway.steps.map(({ title }) => title)

async function open(page: Page, hash: string): Promise<void> {
  await page.goto(`./#${hash}`)
  await expect(page.getByRole('region', { name: /^(Canvas|画布)$/ })).toBeVisible()
}

test('a link opens a lesson for a class: the step, the canvas, what is on the wire, and the lines that decide it', async ({ page }) => {
  await open(page, 'lesson=http-gateway&step=2&present')
  await expect(heading(page)).toHaveText(two?.en ?? '')
  await expect(page.getByRole('region', { name: 'Presenter mode' })).toContainText(httpGateway.title.en)
  await expect(page.getByRole('img', { name: `Step 2 of ${httpGateway.steps.length}` })).toBeVisible()
  const wire = page.getByRole('region', { name: 'What is on the wire' })
  await expect(wire.getByRole('listitem')).toContainText(['sleep', 'Sidecar', 'edition.cnn.com'])
  await expect(wire).toContainText('The app sees 200')
  const lines = page.getByRole('region', { name: 'The lines that decide it' })
  await expect(lines).toContainText('ServiceEntry')
  await expect(lines.locator('.ln.on').first()).toContainText('80')
  await expect(page.getByRole('region', { name: 'YAML' })).toBeHidden()
  await expect(page.getByRole('tab', { name: /Problems/ })).toBeHidden()

  // What Show me makes is seen at once.
  await lessonOf(page).getByRole('button', { name: 'Show me' }).click()
  await expect(wire.getByRole('listitem')).toContainText(['sleep', 'Sidecar', 'istio-egressgateway', 'edition.cnn.com'])
  await expect(lessonOf(page).getByText('Done', { exact: true })).toBeVisible()
})

test('keys go on and back, show and tell, and leave', async ({ page }) => {
  await open(page, 'lesson=http-gateway&step=1')
  await lessonOf(page).getByRole('button', { name: 'Present to a class' }).click()
  await expect(page.getByRole('region', { name: 'Presenter mode' })).toBeVisible()
  await expect(page).toHaveURL(/&step=1&present$/)
  await page.keyboard.press('PageDown')
  await expect(heading(page)).toHaveText(two?.en ?? '')
  await page.keyboard.press('ArrowLeft')
  await expect(heading(page)).toHaveText(one?.en ?? '')
  await page.keyboard.press('h')
  await expect(lessonOf(page).getByRole('button', { name: 'Hint' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('s')
  await expect(page.getByRole('region', { name: 'Canvas' }).getByRole('group', { name: /^gateway / })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'YAML' })).toBeVisible()
  await expect(page).toHaveURL(/&step=2$/)
  await expect(lessonOf(page)).toBeVisible()
})

for (const [lang, theme] of [
  ['en', 'dark'],
  ['zh', 'light'],
] as const)
  test(`for everyone, ${lang}, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.evaluate((lang) => localStorage.setItem('egress.lang', lang), lang)
    await open(page, 'lesson=http-gateway&step=2&present')
    const wire = page.getByRole('region', { name: lang === 'zh' ? '链路上是什么' : 'What is on the wire' })
    await expect(wire.getByRole('listitem').last()).toContainText('edition.cnn.com')
    await expectClean(page, { all: true })
    // Nothing is cut off on the projector of a classroom.
    await page.setViewportSize({ width: 1280, height: 720 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(1280)
  })

test('then and now: each difference has its reason', async ({ page }) => {
  const [comparison] = httpGateway.comparisons ?? []
  await open(page, 'lesson=http-gateway&step=1')
  await lessonOf(page).getByRole('button', { name: 'Then and now' }).click()
  const dialog = page.getByRole('dialog', { name: 'Then and now' })
  const reasons = dialog.getByRole('region', { name: 'Why they differ' }).getByRole('listitem')
  await expect(reasons).toHaveCount(comparison?.reasons.length ?? 0)
  await dialog.getByRole('button', { name: 'Reason 1' }).first().click()
  await expect(reasons.first()).toHaveClass(/on/)
  await expect(dialog.getByRole('row').filter({ hasText: 'only here:' }).first()).toBeVisible()
  await expectClean(page, { all: true, within: 'dialog' })
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
