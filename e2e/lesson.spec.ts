/** A lesson: opened, worked through, checked, left; and the own work beside it. What each lesson asks is in `lessons.spec.ts`. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Locator, test as loud, type Page } from '@playwright/test'
import type { Lang } from '../src/core/base/text'
import { lessons } from '../src/lessons/catalog'
import { httpGateway } from '../src/lessons/catalog/http-gateway'
import type { Lesson } from '../src/lessons/kind'
import { expectClean } from './axe'
import { boxOf, Designer, expect, first, golden, looks, test } from './designer'
import { test as quiet } from './quiet'

const url = 'http://edition.cnn.com/politics'
const title = 'HTTP through the egress gateway'
const through = 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE'
const all = httpGateway.steps.length
/** The lesson of the guide, which a teacher begins with. */
const guide = readFileSync(fileURLToPath(new URL('../src/lessons/README.md', import.meta.url)), 'utf8')
const file = String(/```yaml\n([\s\S]*?)```/.exec(guide)?.[1])

/** The lesson as people find it on the page. */
class LessonPage {
  readonly page: Page
  readonly region: Locator

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'Lesson', exact: true })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Lessons' })
  }

  get steps(): Locator {
    return this.region.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  }

  get goals(): Locator {
    return this.region.getByRole('list', { name: 'Goals' }).getByRole('listitem')
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true })
  }

  async open(name = title): Promise<void> {
    await this.page.getByRole('button', { name: 'Lessons', exact: true }).click()
    await this.dialog.getByRole('button', { name: `Open lesson “${name}”` }).click()
    await expect(this.dialog).toBeHidden()
    await this.at(1)
  }

  async at(step: number): Promise<void> {
    await expect(this.region.getByText(`Step ${step} of `, { exact: false }).first()).toBeVisible()
    await expect(this.steps.nth(step - 1)).toHaveAttribute('aria-current', 'step')
  }

  async send(to = url): Promise<void> {
    await this.page.getByRole('tab', { name: /^Trace/ }).click()
    await this.page.getByRole('textbox', { name: 'URL' }).fill(to)
    await this.page.getByRole('button', { name: 'Send', exact: true }).click()
  }
}

test('is opened by a button, checks itself as one works, and stays done', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  await expect(page).toHaveURL(/#lesson=http-gateway&step=1$/)
  await expect(lesson.region.getByRole('heading', { level: 2 })).toBeFocused()
  await expect(lesson.steps).toHaveCount(all)
  for (const step of await lesson.steps.all()) await expect(step).toContainText('to do')
  await expect(lesson.button('Next')).toHaveAttribute('aria-disabled', 'true')
  await expect(designer.nodes('gateway')).toHaveCount(0)

  await lesson.send()
  await expect(lesson.steps.nth(0)).toContainText('done')
  await expect(lesson.region).toContainText('Nobody at the edge of the mesh knows of this request.')
  await expect(designer.notice).toContainText('Step 1 is done')
  await lesson.button('Next').click()
  await lesson.at(2)
  await expect(lesson.goals.nth(0)).toContainText('to do')
  await expect(lesson.goals.nth(1)).toContainText('done')
  await expect(lesson.region).not.toContainText('Nobody at the edge of the mesh')

  await designer.addFlows(through)
  await expect(lesson.steps.nth(1)).toContainText('done')
  await designer.undo.click()
  await expect(lesson.goals.nth(0)).toContainText('to do')
  await expect(lesson.steps.nth(1)).toContainText('done')
  await lesson.button('Next').click()
  await lesson.at(3)
  await lesson.button('Back').click()
  await lesson.at(2)
})

test('Check says what is lacking, and what is wrong with a wrong way', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await page.goto('./#lesson=http-gateway&step=2')
  await lesson.at(2)
  await lesson.button('Check').click()
  await expect(lesson.region.getByRole('status').filter({ hasText: 'Not yet' })).toContainText('The request passes the gateway')
  await designer.addFlows('sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE')
  await lesson.button('Check').click()
  const verdict = lesson.region.getByRole('status').filter({ hasText: 'Not yet' })
  await expect(verdict).toContainText('the gateway starts TLS to port 443')
  await expect(verdict).toContainText(`${url} now: The app sees 200`)
  await expect(lesson.steps.nth(1)).toContainText('to do')
  // Next says the same, and stays where it is.
  await lesson.button('Next').focus()
  await designer.press('Enter')
  await expect(verdict).toBeVisible()
  await lesson.at(2)
})

test('Hint can be shown and hidden; Show me is one step that undo takes back', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await page.goto('./#lesson=http-gateway&step=2')
  await lesson.at(2)
  await lesson.button('Hint').click()
  await expect(lesson.region).toContainText('from the palette')
  await lesson.button('Hint').click()
  await expect(lesson.region).not.toContainText('from the palette')
  await designer.addFlows('other/client HTTP -> edition.cnn.com DISABLE')
  await lesson.button('Show me').click()
  await expect(designer.nodes('gateway')).toHaveCount(1)
  await expect(designer.nodes('pod')).toHaveCount(1)
  await expect(lesson.steps.nth(1)).toContainText('done')
  await expect(designer.node(first.gateway)).toBeInViewport({ ratio: 0.99 })
  await designer.undo.click()
  await expect(designer.nodes('gateway')).toHaveCount(0)
  await expect(designer.nodes('pod')).toHaveCount(2)
})

test('Show me of a request sends it', async ({ page, designer }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  await lesson.button('Show me').click()
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue(url)
  await expect(lesson.steps.nth(0)).toContainText('done')
  await expect(designer.undo).toBeDisabled()
})

test('a step in the list that was not reached begins with its scene', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  await lesson.steps.nth(2).getByRole('button').click()
  await lesson.at(3)
  await expect(designer.nodes('gateway')).toHaveCount(1)
  await expect(lesson.steps.nth(1)).toContainText('to do')
  await designer.undo.click()
  await expect(designer.nodes('gateway')).toHaveCount(0)
})

test('Reset begins anew, and undo brings the work back', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  await lesson.send()
  await lesson.button('Next').click()
  await designer.addFlows(through)
  await expect(lesson.steps.nth(1)).toContainText('done')
  await lesson.button('Reset').click()
  await lesson.at(1)
  await expect(designer.nodes('gateway')).toHaveCount(0)
  for (const step of await lesson.steps.all()) await expect(step).toContainText('to do')
  await designer.undo.click()
  await expect(designer.nodes('gateway')).toHaveCount(1)
})

test('a reload comes back to the step with the learner’s own state', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  await lesson.send()
  await lesson.button('Next').click()
  await designer.addFlows('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE')
  const text = await designer.text()
  await page.reload()
  await lesson.at(2)
  await designer.expectText(text)
  await expect(lesson.steps.nth(0)).toContainText('done')
  await page.goto('about:blank')
  await page.goto('./')
  await designer.expectText(golden('tls-origination-mtls'))
  await page.getByRole('button', { name: 'Lessons', exact: true }).click()
  await expect(lesson.dialog).toContainText(`1 of ${all} done`)
  await lesson.dialog.getByRole('button', { name: `Open lesson “${title}”` }).click()
  await lesson.at(2)
  await designer.expectText(text)
})

test('the own work is untouched, a text of one’s own and its history too', async ({ designer, page }) => {
  await designer.designName.fill('mine')
  await designer.chooseTls(first.outside, 'DISABLE')
  await designer.yaml.getByRole('code').click()
  await designer.press('Control+Home')
  await page.keyboard.type('# a note of mine\n')
  await designer.expectTextWith('# a note of mine')
  const text = await designer.text()

  const lesson = new LessonPage(page)
  await lesson.open()
  await lesson.button('Show me').click()
  await designer.button('Add Host').click()
  await page.reload()
  await lesson.at(1)
  await lesson.button('Leave lesson').click()
  await expect(lesson.region).toBeHidden()
  await expect(page).toHaveURL(/\/#design=\w+$/)
  await designer.expectText(text)
  await expect(designer.designName).toHaveValue('mine')
  await designer.reload()
  await designer.expectText(text)

  await lesson.open()
  await lesson.button('Leave lesson').click()
  await designer.button('Add Host').click()
  await designer.undo.click()
  await designer.expectText(text)
})

test('a second tab takes a copy of the lesson, and its own work is its own', async ({ designer, page, context }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  await designer.button('Add Gateway').click()
  await designer.expectSaved()
  const other = await context.newPage()
  await other.goto(page.url())
  const second = new LessonPage(other)
  const copy = new Designer(other)
  await second.at(1)
  await expect(copy.notice).toContainText('open in another tab')
  await expect(copy.nodes('gateway')).toHaveCount(1)
  await copy.button('Add Gateway').click()
  await expect(copy.nodes('gateway')).toHaveCount(2)
  await other.reload()
  await expect(copy.nodes('gateway')).toHaveCount(2)
  await page.reload()
  await lesson.at(1)
  await expect(designer.nodes('gateway')).toHaveCount(1)
  await second.button('Leave lesson').click()
  await copy.expectText(golden('tls-origination-mtls'))
})

test('a link opens a lesson at a step, also in a page that is open', async ({ designer, page }) => {
  await designer.designName.fill('mine')
  await page.evaluate(() => {
    location.hash = '#lesson=http-gateway&step=3'
  })
  const lesson = new LessonPage(page)
  await lesson.at(3)
  await expect(designer.nodes('gateway')).toHaveCount(1)
  await lesson.button('Leave lesson').click()
  await expect(designer.designName).toHaveValue('mine')
})

test.describe('a link that is broken', () => {
  for (const hash of ['lesson=no-such-lesson', 'lesson-file=7V', 'lesson-file=***'])
    test(hash, async ({ page }) => {
      await page.goto(`./#${hash}`)
      const lesson = new LessonPage(page)
      await expect(lesson.dialog.getByRole('alert')).toContainText('This link could not be opened as a lesson')
      await page.keyboard.press('Escape')
      const designer = new Designer(page)
      await designer.expectText(golden('tls-origination-mtls'))
      await expect(lesson.region).toBeHidden()
      await expect(page).toHaveURL(/\/$/)
    })
})

test('a lesson file is opened by the picker, tells its errors, and its link holds the whole of it', async ({
  designer,
  page,
  browser,
  baseURL,
}) => {
  const lesson = new LessonPage(page)
  await designer.button('Lessons').click()
  const choose = (name: string, text: string) =>
    lesson.dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) })
  await choose('mine.yaml', file.replace('gateway: any, arrives: true', 'gatway: any'))
  await expect(lesson.dialog.getByRole('alert')).toContainText('mine.yaml could not be opened as a lesson')
  await expect(lesson.dialog.getByRole('alert')).toContainText('steps.0.goals.0.is')
  await choose('mine.yaml', file.replace('-> httpbin.org DISABLE', '-> httpbin.org'))
  await expect(lesson.dialog.getByRole('alert')).toContainText('start.flows')
  await choose('mine.yaml', file)
  await lesson.at(1)
  await expect(lesson.region).toContainText('Ask through the gateway')
  await lesson.button('Show me').click()
  await expect(lesson.steps.nth(0)).toContainText('done')
  await expect(lesson.button('Finish')).not.toHaveAttribute('aria-disabled', 'true')

  // Somebody else's browser, which has never seen the file.
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(`${baseURL}${new URL(page.url()).hash}`)
  const second = new LessonPage(other)
  await second.at(1)
  await expect(second.region).toContainText('Ask through the gateway')
  await expect(second.steps.nth(0)).toContainText('to do')
  await context.close()

  await lesson.button('Finish').click()
  await expect(lesson.region).toBeHidden()
  await designer.button('Lessons').click()
  await lesson.dialog.getByRole('button', { name: 'Open lesson “Ask through the gateway”' }).click()
  await lesson.at(1)
})

test('a lesson file that is dropped on the page is opened as one; other YAML is imported', async ({ designer, page }) => {
  const drop = async (name: string, text: string) => {
    const data = await page.evaluateHandle(
      ([name, text]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([String(text)], String(name), { type: 'application/yaml' }))
        return transfer
      },
      [name, text],
    )
    await designer.canvas.dispatchEvent('drop', { dataTransfer: data })
  }
  await drop('lesson.yaml', file)
  const lesson = new LessonPage(page)
  await lesson.at(1)
  await lesson.button('Leave lesson').click()
  await drop('egress.yaml', golden('http-gateway'))
  await expect(page.getByRole('dialog', { name: 'Import' })).toBeVisible()
})

test('nothing in a lesson file is more than text', async ({ page }) => {
  const evil = '<img src=x onerror=alert(1)> [link](javascript:alert(1)) **bold** `code` <b>not bold</b>'
  const text = JSON.stringify({
    lesson: 1,
    id: 'evil',
    title: evil,
    story: evil,
    start: { flows: '' },
    steps: [{ title: evil, says: evil, goals: [{ says: evil, is: { problem: 'L1' } }], hint: evil, after: evil }],
  })
  await page.goto('./')
  const lesson = new LessonPage(page)
  await page.getByRole('button', { name: 'Lessons', exact: true }).click()
  await lesson.dialog.locator('input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await lesson.at(1)
  await lesson.button('Hint').click()
  await lesson.button('Check').click()
  await expect(lesson.region.getByText('Not yet')).toBeVisible()
  expect(await lesson.region.locator('img, a, script').count()).toBe(0)
  await expect(lesson.region.locator('.lesson-says')).toHaveText(evil.replaceAll('**', '').replaceAll('`', ''))
  await expect(lesson.region.locator('.lesson-says b')).toHaveText('bold')
})

test('rings stand round what the step points at, and follow it', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await lesson.open()
  const rings = page.locator('.ring')
  const around = async (what: Locator) => {
    await expect(async () => {
      const [ring, box] = [await boxOf(rings.first()), await boxOf(what)]
      expect(ring.x).toBeLessThanOrEqual(box.x)
      expect(ring.x + ring.width).toBeGreaterThanOrEqual(box.x + box.width)
      expect(Math.abs(ring.y + ring.height / 2 - box.y - box.height / 2)).toBeLessThan(4)
    }).toPass()
  }
  const tab = page.getByRole('tab', { name: /^Trace/ })
  await around(tab)
  await tab.click()
  await around(tab)
  await lesson.send()
  await expect(rings).toHaveCount(0)
  await designer.press('Escape')
})

test('by keyboard alone', async ({ designer, page }) => {
  const lesson = new LessonPage(page)
  await designer.button('Lessons').focus()
  await designer.press('Enter')
  await lesson.dialog.getByRole('button', { name: `Open lesson “${title}”` }).focus()
  await designer.press('Enter')
  await expect(lesson.region.getByRole('heading', { level: 2 })).toBeFocused()
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 30; presses++) {
      await designer.press('Tab')
      if (await lesson.button(name).evaluate((element) => element === document.activeElement)) return
    }
    throw new Error(`Tab does not reach ${name}.`)
  }
  await tabTo('Check')
  await designer.press('Enter')
  await expect(lesson.region).toContainText('Not yet')
  await tabTo('Hint')
  await designer.press('Space')
  await expect(lesson.button('Hint')).toHaveAttribute('aria-pressed', 'true')
  await tabTo('Show me')
  await designer.press('Enter')
  await expect(lesson.steps.nth(0)).toContainText('done')
  await tabTo('Next')
  await designer.press('Enter')
  await lesson.at(2)
  await expect(lesson.button('Next')).toBeFocused()
  await lesson.button('Leave lesson').focus()
  await designer.press('Enter')
  await expect(lesson.region).toBeHidden()
})

quiet.describe('without storage', () => {
  quiet.use({ fresh: true })

  quiet('a lesson can be taken, and left', async ({ page }) => {
    await page.addInitScript(() => {
      const no = () => {
        throw new DOMException('No storage here.', 'SecurityError')
      }
      indexedDB.open = no
      Object.defineProperty(globalThis, 'localStorage', { get: no })
      Object.defineProperty(globalThis, 'sessionStorage', { get: no })
    })
    await page.goto('./')
    const lesson = new LessonPage(page)
    await lesson.open()
    await lesson.button('Show me').click()
    await lesson.button('Next').click()
    await lesson.at(2)
    await lesson.button('Leave lesson').click()
    await new Designer(page).expectText(golden('tls-origination-mtls'))
  })
})

const editor = 'section [role="code"]'

for (const [lang, theme, width] of looks(1440, 800))
  quiet(`axe finds nothing, ${lang}, ${theme}, ${width} wide`, async ({ page }) => {
    quiet.slow()
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: theme })
    await page.evaluate((lang) => localStorage.setItem('egress.lang', lang), lang)
    await page.goto('./#lesson=http-gateway&step=2')
    const said =
      lang === 'en'
        ? { lesson: 'Lesson', lessons: 'Lessons', check: 'Check', hint: 'Hint' }
        : { lesson: '课程', lessons: '课程', check: '检查', hint: '提示' }
    const region = page.getByRole('region', { name: said.lesson, exact: true })
    await region.getByRole('button', { name: said.hint, exact: true }).click()
    await region.getByRole('button', { name: said.check, exact: true }).click()
    await expect(region.getByRole('status').filter({ hasText: lang === 'en' ? 'Not yet' : '尚未完成' })).toBeVisible()
    await expectClean(page, { but: [editor] })
    await page.getByRole('button', { name: said.lessons, exact: true }).first().click()
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
    await expectClean(page, { but: [editor, 'main'] })
  })

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('the words are those of the course', async ({ page }) => {
    await page.goto('./')
    await page.getByRole('button', { name: '课程', exact: true }).click()
    await page.getByRole('button', { name: /^打开课程“HTTP / }).click()
    const region = page.getByRole('region', { name: '课程', exact: true })
    await expect(region).toContainText(`第 1 步，共 ${all} 步`)
    const steps = region.getByRole('list', { name: '步骤' }).getByRole('listitem')
    await expect(steps.first()).toContainText('待完成')
    await region.getByRole('button', { name: '看答案', exact: true }).click()
    await expect(steps.first()).toContainText('完成')
    await expect(steps.first()).not.toContainText('待完成')
    for (const name of ['检查', '提示', '看答案', '下一步', '上一步', '重置', '退出课程', '复制此步骤的链接'])
      await expect(region.getByRole('button', { name, exact: true })).toBeVisible()
    await page.getByRole('combobox', { name: '语言' }).selectOption('en')
    await expect(page.getByRole('region', { name: 'Lesson', exact: true })).toContainText(`Step 1 of ${all}`)
  })
})

test.describe('at 800 x 700', () => {
  test.use({ viewport: { width: 800, height: 700 } })
  test('the lesson is a tab of its own', async ({ page }) => {
    await page.goto('./#lesson=http-gateway')
    const lesson = new LessonPage(page)
    await lesson.at(1)
    const tabs = page.getByRole('navigation', { name: 'Panes' })
    await expect(tabs.getByRole('button')).toHaveText(['Lesson', 'Canvas', 'Inspector', 'YAML', 'Problems'])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(800)
    await tabs.getByRole('button', { name: 'Canvas' }).click()
    await expect(lesson.region).toBeHidden()
    await expect(page.getByRole('region', { name: 'Canvas', exact: true })).toBeVisible()
    await tabs.getByRole('button', { name: 'Lesson' }).click()
    await lesson.button('Leave lesson').click()
    await expect(tabs.getByRole('button')).toHaveText(['Canvas', 'Inspector', 'YAML', 'Problems'])
    await expect(page.getByRole('region', { name: 'Canvas', exact: true })).toBeVisible()
  })
})

test('a lesson is fetched alone, in one language, and what was then when somebody looks at it', async ({ page }) => {
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.text().catch(() => ''))
  })
  const fetched = async () => (await Promise.all(scripts)).join('\n')
  /** A sentence of each: one that its steps teach, and why its comparison differs. */
  const taught = (lesson: Lesson, lang: Lang) => inScript(lesson.steps.map(({ after }) => after[lang]).join('\n'))
  const reason = (lang: Lang) => inScript(httpGateway.comparisons?.[0]?.reasons[0]?.says[lang])
  const told = async (lang: Lang) => {
    const text = await fetched()
    return lessons.filter((lesson) => text.includes(taught(lesson, lang))).map(({ id }) => id)
  }

  await page.goto('./#lesson=http-gateway&step=2')
  const lesson = new LessonPage(page)
  await lesson.at(2)
  expect([await told('en'), await told('zh')]).toEqual([['http-gateway'], []])
  await lesson.button('Check').click()
  await expect(lesson.region).toContainText('Not yet')
  expect(await fetched()).not.toContain(reason('en'))
  await lesson.button('Then and now').click()
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  expect(await fetched()).toContain(reason('en'))
  await page.keyboard.press('Escape')

  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  await expect(page.getByRole('heading', { level: 2, name: httpGateway.steps[1]?.title.zh })).toBeVisible()
  await expect(page.getByRole('region', { name: '课程', exact: true })).toContainText(String(httpGateway.steps[1]?.goals[0]?.says.zh))
  await expect(page.getByRole('status').filter({ hasText: '尚未完成' })).toBeVisible()
  expect([await told('en'), await told('zh')]).toEqual([['http-gateway'], ['http-gateway']])
  expect(await fetched()).not.toContain(reason('zh'))
  await page.getByRole('button', { name: '今昔对照' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toContainText(/\p{Script=Han}/u)
})

/** The longest piece of a text that a script writes as it is. */
const inScript = (text = '') => text.split(/["'`\n\\]/).reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '')

// A browser logs what it cannot fetch: these pages are not quiet.
loud.describe('without a network', () => {
  loud('a lesson that cannot be fetched says so, and is opened once it can be', async ({ page }) => {
    await page.goto('./')
    const lesson = new LessonPage(page)
    await page.getByRole('button', { name: 'Lessons', exact: true }).click()
    const entry = lesson.dialog.getByRole('button', { name: `Open lesson “${title}”` })
    await expect(entry).toBeVisible()
    const gone = /\/http-gateway-[^/]*\.js$/
    await page.route(gone, (route) => route.abort())
    await entry.click()
    await expect(lesson.dialog.getByRole('alert')).toContainText('The lesson could not be loaded. Check the network')
    await expect(lesson.region).toBeHidden()
    await page.unroute(gone)
    await entry.click()
    await lesson.at(1)
  })

  loud('a link to one says so too, and the own work is there', async ({ page }) => {
    await page.route(/\/http-gateway-[^/]*\.js$/, (route) => route.abort())
    await page.goto('./#lesson=http-gateway')
    const lesson = new LessonPage(page)
    await expect(lesson.dialog.getByRole('alert')).toContainText('The lesson could not be loaded. Check the network')
    await page.keyboard.press('Escape')
    await new Designer(page).expectText(golden('tls-origination-mtls'))
  })

  loud('a language that the lesson cannot be fetched in is not taken, and says so', async ({ page }) => {
    await page.goto('./#lesson=http-gateway')
    const lesson = new LessonPage(page)
    await lesson.at(1)
    const gone = /\/http-gateway-[^/]*\.js$/
    await page.route(gone, (route) => route.abort())
    await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
    await expect(new Designer(page).notice).toContainText('Chinese could not be loaded. Check the network')
    await expect(lesson.region.getByRole('heading', { level: 2, name: httpGateway.steps[0]?.title.en })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await page.unroute(gone)
    await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
    await expect(page.getByRole('heading', { level: 2, name: httpGateway.steps[0]?.title.zh })).toBeVisible()
  })
})
