/** English and Chinese, light and dark: changed live, everywhere, and remembered. */
import type { Page } from '@playwright/test'
import { first as enFirst } from '../src/words/en/first'
import { rest as enRest } from '../src/words/en/rest'
import { first as zhFirst } from '../src/words/zh/first'
import { rest as zhRest } from '../src/words/zh/rest'
import { expect, first, test } from './designer'

/** All that a language says, in one list. */
const said = (words: object): string[] => Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : said(value)))
const [en, zh] = [said({ ...enFirst, ...enRest }), said({ ...zhFirst, ...zhRest })]
const chinese = {
  host: '主机 edition.cnn.com',
  outside: '网关 istio-egressgateway 到 主机 edition.cnn.com，SIMPLE',
}

test('a choice of language changes everything at once', async ({ designer, page }) => {
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  for (const name of ['撤销', '重做', '示例库', '添加路径', '复制 YAML', '下载 YAML', '整理布局', '添加网关'])
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible()
  for (const name of ['画布', '属性', 'YAML']) await expect(page.getByRole('region', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('combobox', { name: '写法' })).toBeVisible()
  await expect(page.getByRole('group', { name: chinese.host })).toBeVisible()
  await expect(page.getByRole('button', { name: chinese.outside })).toBeVisible()
  await expect(page.getByText('这是可用的设计')).toBeVisible()
  await expect.poll(() => designer.text()).toMatch(/^# .*\p{Script=Han}/mu)
  for (const [comment] of (await designer.text()).matchAll(/^#.*$/gm)) expect(comment).toMatch(/\p{Script=Han}/u)

  await page.getByRole('combobox', { name: '语言' }).selectOption('en')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(designer.hop(first.outside)).toBeVisible()
  await expect.poll(() => designer.text()).not.toMatch(/\p{Script=Han}/u)
})

test('no English word of the interface is left over, wherever one looks', async ({ designer, page }) => {
  test.slow()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  await expect(designer.page.getByRole('group', { name: chinese.host })).toBeVisible()
  await test.step('first view', () => onlyChinese(page))
  await test.step('a hop', async () => {
    await page.getByRole('button', { name: chinese.outside }).click()
    await expect(page.getByRole('option', { name: /^PASSTHROUGH/ })).toContainText('没有可透传的 TLS')
    await onlyChinese(page)
    await page.keyboard.press('Escape')
  })
  await test.step('a host with a complaint', async () => {
    await page.getByRole('group', { name: chinese.host }).click({ position: { x: 60, y: 18 } })
    await page.getByRole('textbox', { name: '主机名' }).fill('https://edition.cnn.com/politics')
    await expect(page.getByRole('button', { name: '改为 edition.cnn.com' })).toBeVisible()
    await onlyChinese(page)
  })
  await test.step('what the app sends', async () => {
    await page.getByRole('button', { name: 'Pod sleep 到 Sidecar sleep，HTTP' }).click()
    await onlyChinese(page)
    await page.keyboard.press('Escape')
  })
  for (const name of ['示例库', '添加路径', '帮助与快捷键'])
    await test.step(name, async () => {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await onlyChinese(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    })
  await test.step('an empty canvas', async () => {
    await page.getByRole('region', { name: '画布' }).focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect(page.getByText('画布上还没有内容。')).toBeVisible()
    await onlyChinese(page)
  })
})

test('the language is remembered', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.getByRole('group', { name: chinese.host })).toBeVisible()
})

test.describe('in a Chinese browser', () => {
  test.use({ locale: 'zh-CN' })

  test('a new user finds it in Chinese', async ({ page }) => {
    await page.goto('./')
    await expect(page.getByRole('group', { name: chinese.host })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await expect(page.getByRole('button', { name: '示例库' })).toBeVisible()
  })
})

test('the theme goes from the system’s to light to dark, and is remembered', async ({ designer, page }) => {
  const dark = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  await expect.poll(dark).toBe('light')
  await designer.button('Theme: as the system').click()
  await designer.button('Theme: light').click()
  await expect(designer.button('Theme: dark')).toBeVisible()
  await expect.poll(dark).toBe('dark')
  await designer.reload()
  await expect.poll(dark).toBe('dark')
  await expect(designer.button('Theme: dark')).toBeVisible()
  await designer.button('Theme: dark').click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(dark).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(dark).toBe('light')
})

/** All that can be read or heard on the page, held against the English words and against whole English phrases. */
async function onlyChinese(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const texts: string[] = []
    const skip = 'pre, code, kbd, script, style, noscript, .monaco-editor, option[lang], option[value="en"]'
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(skip)) texts.push(String(node.nodeValue))
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (!element.closest('.monaco-editor'))
        for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '')
    return texts.map((text) => text.trim()).filter((text) => text !== '')
  })
  expect(shown.length).toBeGreaterThan(30)
  const same = new Set(zh)
  const english = new Set(en.filter((word) => !same.has(word)))
  expect(shown.filter((text) => english.has(text))).toEqual([])
  expect(shown.filter((text) => /\b(the|is|of|and|no|only|to|from|it)\b/i.test(text) && !/\p{Script=Han}/u.test(text))).toEqual([])
}
