/** Panes: on a projector, on a small screen, resized and hidden. */
import { boxOf, expect, first, golden, inMotion, test } from './designer'

test.use(inMotion)

test.describe('at 1280 x 720', () => {
  test.use({ viewport: { width: 1280, height: 720 } })

  test('everything is at hand, and nothing sticks out', async ({ designer, page }) => {
    for (const region of [designer.canvas, designer.yaml, designer.inspector]) await expect(region).toBeInViewport()
    for (const name of ['Undo', 'Redo', 'Gallery', 'Add flow', 'Tidy', 'Copy YAML', 'Download YAML', 'Add Pod', 'Help and keys'])
      await expect(designer.button(name)).toBeInViewport({ ratio: 0.99 })
    for (const name of [first.pod, first.gateway, first.host]) await expect(designer.node(name)).toBeInViewport({ ratio: 0.99 })
    for (const name of [first.mesh, first.outside]) await expect(designer.hop(name)).toBeInViewport({ ratio: 0.99 })
    expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([1280, 720])
    await designer.clickNode(first.host)
    await expect(designer.field('Host name')).toBeInViewport()
    expect((await boxOf(designer.yaml)).height).toBeGreaterThan(120)
  })

  test('the cards do not lie under the right pane', async ({ designer }) => {
    const [canvas, host] = [await boxOf(designer.canvas), await boxOf(designer.node(first.host))]
    expect(host.x + host.width).toBeLessThanOrEqual(canvas.x + canvas.width)
  })
})

test.describe('at 800 x 700', () => {
  test.use({ viewport: { width: 800, height: 700 } })

  test('tabs take the place of panes', async ({ page }) => {
    await page.goto('./')
    const tabs = page.getByRole('navigation', { name: 'Panes' })
    const regions = {
      Canvas: page.getByRole('region', { name: 'Canvas' }),
      Inspector: page.getByRole('region', { name: 'Inspector' }),
      YAML: page.getByRole('region', { name: 'YAML' }),
    }
    for (const [name, shown] of Object.entries(regions)) {
      await tabs.getByRole('button', { name }).click()
      await expect(tabs.getByRole('button', { name })).toHaveAttribute('aria-current', 'page')
      for (const region of Object.values(regions)) await expect(region).toBeVisible({ visible: region === shown })
      const { width, height } = await boxOf(shown)
      expect(width).toBeGreaterThan(700)
      expect(height).toBeGreaterThan(300)
    }
    await expect(page.getByRole('button', { name: 'Copy YAML' })).toBeInViewport({ ratio: 0.99 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(800)
  })

  test('a hop is chosen in one tab, its fields and its YAML are read in the others', async ({ page }) => {
    await page.goto('./')
    const tabs = page.getByRole('navigation', { name: 'Panes' })
    await page.getByRole('button', { name: first.outside }).click()
    await page.getByRole('combobox', { name: 'TLS mode' }).selectOption('MUTUAL')
    await tabs.getByRole('button', { name: 'Inspector' }).click()
    await page.getByRole('button', { name: 'Use client-credential' }).click()
    await tabs.getByRole('button', { name: 'YAML' }).click()
    await expect(page.getByRole('region', { name: 'YAML' })).toContainText('credentialName: client-credential')
    await expect(page.getByRole('code').filter({ hasText: 'apiVersion' })).toBeVisible()
  })

  test('header, palette and tools can be reached', async ({ page }) => {
    await page.goto('./')
    for (const name of ['Undo', 'Redo', 'Gallery', 'Add flow', 'Help and keys', 'Add Pod', 'Add Host', 'Tidy', 'Show all']) {
      const button = page.getByRole('button', { name, exact: true })
      await button.scrollIntoViewIfNeeded()
      await expect(button).toBeInViewport({ ratio: 0.99 })
    }
  })
})

test.describe('the line between the panes', () => {
  test('is moved by keys, and stays there', async ({ designer, page }) => {
    const line = page.getByRole('separator', { name: 'Width of the right pane' })
    const before = await boxOf(designer.yaml)
    await line.focus()
    await designer.press('ArrowLeft')
    await designer.press('Shift+ArrowLeft')
    await expect(line).toHaveAttribute('aria-valuenow', String(before.width + 96))
    expect((await boxOf(designer.yaml)).width).toBe(before.width + 96)
    await designer.reload()
    expect((await boxOf(designer.yaml)).width).toBe(before.width + 96)
    await line.focus()
    await designer.press('Home')
    expect((await boxOf(designer.yaml)).width).toBe(Number(await line.getAttribute('aria-valuemin')))
  })

  test('is moved by the mouse', async ({ designer, page }) => {
    const line = await boxOf(page.getByRole('separator', { name: 'Width of the right pane' }))
    const before = await boxOf(designer.yaml)
    await page.mouse.move(line.x + line.width / 2, 400)
    await page.mouse.down()
    await page.mouse.move(line.x - 100, 400, { steps: 4 })
    await page.mouse.up()
    expect(Math.abs((await boxOf(designer.yaml)).width - before.width - 100)).toBeLessThan(8)
    await expect(designer.undo).toBeDisabled()
  })

  test('the inspector has one too', async ({ designer, page }) => {
    await designer.selectHop(first.outside)
    const before = await boxOf(designer.inspector)
    const line = page.getByRole('separator', { name: 'Height of the inspector' })
    await line.focus()
    await designer.press('Shift+ArrowDown')
    expect((await boxOf(designer.inspector)).height).toBeGreaterThan(before.height + 60)
    await designer.reload()
    await designer.selectHop(first.outside)
    expect((await boxOf(designer.inspector)).height).toBeGreaterThan(before.height + 60)
  })
})

test('a pane can be hidden: canvas alone, code alone, both', async ({ designer, page }) => {
  const choose = (name: string) => page.getByRole('group', { name: 'View' }).getByText(name, { exact: true }).click()
  const half = await boxOf(designer.canvas)
  await choose('Canvas')
  await expect(designer.yaml).toBeHidden()
  expect((await boxOf(designer.canvas)).width).toBeGreaterThan(half.width + 300)
  await choose('Code')
  await expect(designer.canvas).toBeHidden()
  await expect(designer.yaml).toBeVisible()
  expect((await boxOf(designer.yaml)).width).toBeGreaterThan(1000)
  await choose('Both')
  await expect(designer.canvas).toBeVisible()
  await designer.expectText(golden('tls-origination-mtls'))
})

test('at 200 % zoom the job can still be done', async ({ page, designer }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await expect(designer.canvas).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('button', { name: first.outside }).click()
  await page.getByRole('combobox', { name: 'TLS mode' }).selectOption('DISABLE')
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'YAML' }).click()
  await designer.expectText(golden('http-gateway-mtls'))
})
