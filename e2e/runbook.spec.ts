/** The runbook: read beside the picture, copied block by block, saved as Markdown and as a script; it follows what is drawn and written. */
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { dialects } from '../src/core/compile/dialects'
import { toMarkdown } from '../src/core/runbook/markdown'
import { type Runbook, runbookOf } from '../src/core/runbook/runbook'
import { toScript } from '../src/core/runbook/script'
import { examples } from '../src/examples'
import { expectClean } from './axe'
import { expect, first, looks, test as plain } from './designer'
import { Strip, withoutSni } from './understanding'

const test = plain.extend<{ runbook: Locator; strip: Strip }>({
  runbook: async ({ designer }, use) => {
    await open(designer.page)
    await use(designer.page.getByRole('region', { name: 'Runbook', exact: true }))
  },
  strip: async ({ designer }, use) => {
    await use(new Strip(designer.page))
  },
})

const open = (page: Page, name = 'Runbook') => page.getByRole('tab', { name, exact: true }).click()

/** What the core says of an example. */
function told(id: string): Runbook {
  const example = examples.find((each) => each.id === id)
  if (!example) throw new Error(`no example ${id}`)
  return runbookOf(example.design, dialects['istio-v1'], example.requests)
}

const chapter = (runbook: Locator, name: string) => runbook.getByRole('region', { name: new RegExp(`^\\d+\\. ${name}$`) })
/** The blocks of a chapter. */
const blocks = (runbook: Locator, name: string) => chapter(runbook, name).getByRole('listitem')

async function saved(runbook: Locator, button: string): Promise<{ name: string; text: string }> {
  const download = runbook.page().waitForEvent('download')
  await runbook.getByRole('button', { name: button }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('every chapter is there, and a click on its name leads to it', async ({ runbook }) => {
  const { chapters } = told('tls-origination-mtls')
  const names = runbook.getByRole('navigation', { name: 'Chapters' }).getByRole('button')
  await expect(names).toHaveText(chapters.map(({ title }, index) => `${index + 1}${title.en}`))
  await expect(names.first()).toHaveAttribute('aria-current', 'true')
  for (const { title } of chapters) {
    await names.filter({ hasText: title.en }).click()
    await expect(names.filter({ hasText: title.en })).toHaveAttribute('aria-current', 'true')
    await expect(chapter(runbook, title.en).getByRole('heading')).toBeInViewport()
    await expect(chapter(runbook, title.en).getByRole('heading')).toBeFocused()
  }
  for (const { title, blocks: some } of chapters) await expect(blocks(runbook, title.en)).toHaveCount(some.length)
})

test('a block has its commands, what they print, and a mark where that differs', async ({ runbook }) => {
  const block = blocks(runbook, 'Verify').first()
  await expect(block.locator('pre').first()).toHaveText(/^kubectl exec -n default deploy\/sleep .* http:\/\/edition\.cnn\.com\/politics$/)
  await expect(block).toContainText('Expected output')
  await expect(block.locator('pre').last()).toHaveText('HTTP/1.1 200 OK\n…')
  await expect(block.locator('pre').last().getByTitle('differs from time to time')).toHaveText('…')
  await expect(blocks(runbook, 'Access logs').last()).toContainText('outbound|443|originate|edition.cnn.com')
})

test.describe('copying', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('a block goes to the clipboard as it is, and its button says so', async ({ runbook, page }) => {
    const [block] = told('tls-origination-mtls').chapters.find(({ id }) => id === 'apply')?.blocks ?? []
    const button = blocks(runbook, 'Apply').first().getByRole('button', { name: 'Copy', exact: true })
    await button.click()
    await expect(blocks(runbook, 'Apply').first().getByRole('button', { name: 'Copied', exact: true })).toBeVisible()
    expect(await clipboard(page)).toBe(block?.run)
    await expect(button).toBeVisible()
  })

  test('the whole goes there as Markdown', async ({ runbook, page }) => {
    await runbook.getByRole('button', { name: 'Copy Markdown' }).click()
    await expect(runbook.getByRole('button', { name: 'Copied', exact: true })).toBeVisible()
    expect(await clipboard(page)).toBe(toMarkdown(told('tls-origination-mtls'), 'en'))
  })
})

test('without a clipboard the commands stand selected', async ({ runbook, page }) => {
  await page.evaluate(() =>
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('closed')) } }),
  )
  const block = blocks(runbook, 'Verify').first()
  const text = await block.locator('pre').first().textContent()
  await block.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(block.getByRole('button', { name: 'Selected: copy by hand' })).toBeVisible()
  expect(await page.evaluate(() => String(getSelection()))).toBe(text)
})

test('both files are what the command line gives, of an example with its own requests', async ({ designer, runbook }) => {
  const example = examples.find(({ id }) => id === 'network-policy')
  await designer.openExample(String(example?.title.en))
  await expect(blocks(runbook, 'Verify')).toHaveCount(example?.requests.length ?? 0)
  const written = told('network-policy')
  expect(await saved(runbook, 'Download Markdown')).toEqual({ name: 'network-policy.md', text: toMarkdown(written, 'en') })
  expect(await saved(runbook, 'Download script')).toEqual({ name: 'network-policy.sh', text: toScript(written, 'en') })
})

test('it follows the picture: another mode, another way', async ({ designer, runbook }) => {
  await expect(blocks(runbook, 'Access logs')).toHaveCount(2)
  await designer.chooseTls(first.outside, 'DISABLE')
  await expect(blocks(runbook, 'Access logs').last()).toContainText('outbound|80||edition.cnn.com')
  await designer.drawFlows('sleep HTTP -> a.example.com DISABLE')
  await expect(blocks(runbook, 'Verify')).toHaveCount(1)
  await expect(blocks(runbook, 'Verify')).toContainText('http://a.example.com/')
  await expect(blocks(runbook, 'Access logs')).toHaveCount(1)
})

test('a request of the Trace is one of its flows', async ({ designer, runbook, strip }) => {
  await strip.send('http://edition.cnn.com/weather')
  await open(designer.page)
  await expect(blocks(runbook, 'Verify').first()).toContainText('The request that you sent in the Trace.')
  await expect(blocks(runbook, 'Verify').first()).toContainText('http://edition.cnn.com/weather')
})

test('a text of one’s own is what is applied, and its mistakes are what is foretold', async ({ designer, runbook, strip }) => {
  const text = withoutSni()
  await strip.import(text)
  await expect(blocks(runbook, 'Verify').first()).toContainText('HTTP/1.1 503 Service Unavailable')
  await expect(runbook).toContainText('This is the runbook of your own text')
  const heredocs = [...(await saved(runbook, 'Download Markdown')).text.matchAll(/^kubectl apply -f - <<'EOF'\n([\s\S]*?)^EOF$/gm)].map(
    ([, yaml]) => yaml,
  )
  expect(heredocs.join('---\n')).toBe(await designer.text())
  await expect(runbook.getByRole('note')).toContainText(/error/)
  await runbook.getByRole('button', { name: 'Show problems' }).click()
  await expect(strip.problems).toBeVisible()
})

test('the language is switched live, in the files too', async ({ page, designer, runbook }) => {
  await expect(blocks(runbook, 'Verify')).toHaveCount(1)
  await designer.page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  const chinese = page.getByRole('region', { name: '操作手册', exact: true })
  const written = told('tls-origination-mtls')
  await expect(chinese.getByRole('navigation', { name: '章节' }).getByRole('button')).toHaveText(
    written.chapters.map(({ title }, index) => `${index + 1}${title.zh}`),
  )
  await expect(blocks(chinese, '验证').first()).toContainText('预期输出')
  expect((await saved(chinese, '下载 Markdown')).text).toBe(toMarkdown(written, 'zh'))
  expect((await saved(chinese, '下载脚本')).text).toBe(toScript(written, 'zh'))
})

test('keys do it all: arrows to the tab, Enter on a chapter, wide lines can be reached', async ({ designer, page }) => {
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await designer.press('ArrowRight')
  await designer.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Runbook' })).toBeFocused()
  const runbook = page.getByRole('region', { name: 'Runbook', exact: true })
  const logs = runbook.getByRole('navigation').getByRole('button', { name: /Access logs/ })
  await expect(logs).toBeVisible()
  for (let presses = 0; presses < 12 && !(await logs.evaluate((one) => one === document.activeElement)); presses++)
    await designer.press('Tab')
  await expect(logs).toBeFocused()
  await designer.press('Enter')
  await expect(chapter(runbook, 'Access logs').getByRole('heading')).toBeFocused()
  await designer.press('Tab')
  await expect(blocks(runbook, 'Access logs').first().getByRole('button', { name: 'Copy' })).toBeFocused()
  await designer.press('Tab')
  await expect(blocks(runbook, 'Access logs').first().locator('pre').last()).toBeFocused()
})

test('hundreds of hosts: the page answers, and what is not drawn can be asked for', async ({ designer, runbook }) => {
  test.slow()
  await designer.drawFlows(
    ...Array.from({ length: 300 }, (_, n) => `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> h${n}.example.com SIMPLE`),
  )
  const more = chapter(runbook, 'Verify').getByRole('button', { name: /^Show \d+ more$/ })
  await expect(more).toHaveText('Show 260 more')
  await more.click()
  await expect(blocks(runbook, 'Verify')).toHaveCount(240)
  const all = blocks(runbook, 'Apply')
    .first()
    .getByRole('button', { name: /^Show all [\d,]+ lines$/ })
  await all.click()
  await expect(blocks(runbook, 'Apply').first().locator('pre').first()).toContainText('h299.example.com')
})

for (const [lang, theme, width] of looks(1440, 420))
  plain(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 860 })
    await page.emulateMedia({ colorScheme: theme })
    await page.evaluate((lang) => localStorage.setItem('egress.lang', lang), lang)
    await page.goto('./')
    if (width < 900) await page.getByRole('button', { name: lang === 'en' ? 'Problems' : '问题' }).click()
    await open(page, lang === 'en' ? 'Runbook' : '操作手册')
    await expect(page.getByRole('navigation', { name: lang === 'en' ? 'Chapters' : '章节' })).toBeVisible()
    await expectClean(page, { within: '.strip' })
  })
