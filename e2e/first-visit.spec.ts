/** A new user: a working flow is there, and says what to do with it. */
import { Designer, expect, first, golden, test } from './designer'

const says = 'This design works. Click a hop to change its TLS: the YAML follows.'

test('a flow is drawn: pod, sidecar, gateway, host, and the hops between them', async ({ designer }) => {
  for (const name of [first.pod, first.sidecar, first.gateway, first.host]) await expect(designer.node(name)).toBeInViewport()
  for (const name of [first.app, first.mesh, first.outside]) await expect(designer.hop(name)).toBeInViewport()
  await expect(designer.nodes()).toHaveCount(4)
  await expect(designer.wires()).toHaveCount(2)
})

test('its YAML is TLS origination through the gateway, and nothing is wrong with it', async ({ designer }) => {
  await designer.expectText(golden('tls-origination-mtls'))
  expect(await designer.kinds()).toEqual(['ServiceEntry', 'Gateway', 'DestinationRule', 'DestinationRule', 'VirtualService'])
  await expect(designer.yaml).toContainText('No problems')
  await expect(designer.yaml).toContainText('5 objects')
})

test('one line says what to do; it goes with the first click on a hop', async ({ designer }) => {
  await expect(designer.canvas.getByText(says)).toBeInViewport({ ratio: 0.99 })
  await designer.hop(first.outside).click()
  await expect(designer.canvas.getByText(says)).toBeHidden()
})

test('closed, it stays closed', async ({ designer, page }) => {
  await designer.canvas.getByRole('button', { name: 'Close' }).click()
  await expect(designer.canvas.getByText(says)).toBeHidden()
  await expect(page.getByRole('region', { name: 'Ways to start' })).toBeHidden()
  await designer.reload()
  await expect(designer.node(first.host)).toBeVisible()
  await expect(designer.canvas.getByText(says)).toBeHidden()
  await expect(page.getByRole('region', { name: 'Ways to start' })).toBeHidden()
})

test('three doors stand open: an example, a flow as text, or YAML', async ({ designer, page }) => {
  const doors = page.getByRole('region', { name: 'Ways to start' })
  await doors.getByRole('button', { name: /^Start from an example/ }).click()
  await page.getByRole('dialog', { name: 'Gallery' }).getByRole('button', { name: 'Close' }).click()
  await doors.getByRole('button', { name: /^Type a flow/ }).click()
  await page.getByRole('dialog', { name: 'Add flow' }).getByRole('button', { name: 'Close' }).click()
  await doors.getByRole('button', { name: /^Paste YAML/ }).click()
  await expect(page.getByRole('dialog', { name: 'Import' })).toBeVisible()
  await expect(designer.node(first.host)).toBeVisible()
})

test.describe('on a first visit', () => {
  test.use({ fresh: true })

  test('the canvas is there before the editor', async ({ page }) => {
    const designer = new Designer(page)
    const held: string[] = []
    await page.route(/\/monaco-[^/]*\.js$/, async (route) => {
      held.push(route.request().url())
      await designer.node(first.host).waitFor()
      await designer.expectText(golden('tls-origination-mtls'))
      await route.continue()
    })
    await designer.open()
    expect(held).toHaveLength(1)
  })
})
