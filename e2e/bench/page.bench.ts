/** What a person waits for in a real Chromium: the first picture, against a bare page of the same stack, and an edit until the YAML shows it. */
import { appendFileSync } from 'node:fs'
import { type Page, test as plain } from '@playwright/test'
import { type Designer, expect, test } from '../designer'
import { type Figure, middle, names } from './figures'

const sizes = String(process.env.EGRESS_BENCH_SIZES).split(',').map(Number)
const results = String(process.env.EGRESS_BENCH)
const tell = (figure: Figure): void => appendFileSync(results, `${JSON.stringify(figure)}\n`)

test.describe.configure({ mode: 'serial', timeout: 300_000 })
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }))

plain('the core in the browser', async ({ page }) => {
  await page.goto(String(process.env.EGRESS_BENCH_PAGES))
  await page.addScriptTag({ type: 'module', url: './core.js' })
  await page.waitForFunction(() => Reflect.has(globalThis, 'figureOf'))
  for (const name of names)
    for (const hosts of sizes) {
      const figure = await page.evaluate(
        ([of, many]) => (Reflect.get(globalThis, 'figureOf') as (...args: unknown[]) => unknown)(of, many, () => performance.now()),
        [name, hosts] as const,
      )
      tell({ ...(figure as Figure), name: `${name} (Chromium)` })
    }
})

plain('a cold load', async ({ browser, baseURL }) => {
  const times: [number[], number[]] = [[], []]
  for (let run = 0; run < 7; run++)
    for (const [at, url] of [String(baseURL), `${process.env.EGRESS_BENCH_PAGES}bare/`].entries()) {
      const context = await browser.newContext({ serviceWorkers: 'block' })
      const page = await context.newPage()
      await page.goto(url, { waitUntil: 'commit' })
      await page.locator('.react-flow__node').nth(3).waitFor()
      times[at]?.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()))
      await context.close()
    }
  tell({ name: 'cold load', hosts: 1, time: middle(times[0]), floor: 'a bare page of React and React Flow', floorTime: middle(times[1]) })
})

for (const hosts of sizes)
  test(`a keystroke at ${hosts} hosts`, async ({ designer, page }) => {
    await drawHosts(designer, hosts)
    const card = await cardOfHost(designer)
    await page.mouse.click(card.x, card.y)
    const field = designer.field('Host name')
    await expect(field).toHaveValue(card.host)
    await expect.poll(async () => (await designer.shownLines()).join('\n')).toContain(card.host)
    await field.press('Home')
    const times: number[] = []
    let typed = ''
    for (const letter of 'abcdefghijk') {
      typed += letter
      times.push(await timeOfKey(page, () => designer.press(letter), typed + card.host))
    }
    tell({ name: 'a keystroke until the YAML shows it', hosts, time: middle(times), floor: 'a frame', floorTime: 1000 / 60 })
  })

for (const hosts of sizes)
  test(`dragging among ${hosts} hosts`, async ({ designer, page }) => {
    await drawHosts(designer, hosts)
    const { x, y } = await cardOfHost(designer)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 5, y + 5)
    const frames = await framesDuring(page, async () => {
      for (let step = 1; step <= 60; step++) await page.mouse.move(x - 2 * (step % 20), y + (step % 20))
    })
    await page.mouse.up()
    const worst = frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0
    tell({ name: 'a frame while dragging (95 of 100)', hosts, time: worst, floor: 'a frame', floorTime: 1000 / 60 })
  })

/** The times between frames while something is done. */
async function framesDuring(page: Page, run: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const tick = () => {
      const now = performance.now()
      frames.push(now - last)
      last = now
      if (Reflect.get(globalThis, 'counting')) requestAnimationFrame(tick)
    }
    Object.assign(globalThis, { counting: true, frameTimes: frames })
    requestAnimationFrame(tick)
  })
  await run()
  return page.evaluate(() => {
    Reflect.set(globalThis, 'counting', false)
    return (Reflect.get(globalThis, 'frameTimes') as number[]).slice(1)
  })
}

/** So many hosts behind one gateway, until the YAML has the last of them. */
async function drawHosts(designer: Designer, hosts: number): Promise<void> {
  await designer.drawFlows(
    ...Array.from({ length: hosts }, (_, at) => `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> host-${at}.example.com SIMPLE`),
  )
  await expect.poll(() => designer.text(), { timeout: 120_000 }).toContain(`host-${hosts - 1}.example.com`)
}

/** From the key's event to the first frame in which Monaco shows the text. */
async function timeOfKey(page: Page, press: () => Promise<void>, text: string): Promise<number> {
  await page.getByRole('region', { name: 'YAML' }).evaluate((region, wanted) => {
    const code = region.querySelector('[role="code"]') as HTMLElement
    const time = new Promise<number>((resolve) => {
      let begun = 0
      addEventListener('keydown', () => (begun = performance.now()), { once: true, capture: true })
      const watch = new MutationObserver(() => {
        if (begun === 0 || !code.textContent.includes(wanted)) return
        watch.disconnect()
        requestAnimationFrame(() => resolve(performance.now() - begun))
      })
      watch.observe(code, { subtree: true, childList: true, characterData: true })
    })
    Reflect.set(globalThis, 'timeOfKey', time)
  }, text)
  await press()
  return page.evaluate(() => Reflect.get(globalThis, 'timeOfKey') as Promise<number>)
}

/** Zooms in until cards can be read; tells of one of a host where its head is. */
async function cardOfHost({ page, canvas }: Designer): Promise<{ host: string; x: number; y: number }> {
  await page.getByRole('button', { name: 'Show all' }).click()
  const large = async () =>
    ((
      await canvas
        .getByRole('group', { name: /^host host-/ })
        .first()
        .boundingBox()
    )?.width ?? 0) > 60
  for (let step = 0; step < 14 && !(await large()); step++) await page.getByRole('button', { name: 'Zoom in' }).click()
  const cards = canvas.getByRole('group', { name: /^host host-/ })
  const inside = await canvas.boundingBox()
  for (let at = 0; at < (await cards.count()); at++) {
    const box = await cards.nth(at).boundingBox()
    if (!box || !inside || box.y < inside.y + 90 || box.y + 20 > inside.y + inside.height - 90) continue
    if (box.x < inside.x + 60 || box.x + box.width > inside.x + inside.width) continue
    return { host: String(await cards.nth(at).getAttribute('aria-label')).replace('host ', ''), x: box.x + box.width / 2, y: box.y + 14 }
  }
  throw new Error('No card of a host is in view.')
}
