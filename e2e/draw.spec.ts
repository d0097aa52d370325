/** Drawing with the mouse alone. */
import { expectClean } from './axe'
import { boxOf, type Designer, expect, first, golden, inMotion, middle, test } from './designer'

test.use(inMotion)

const forHost = (host: string) =>
  golden('tls-origination-mtls').replaceAll('edition.cnn.com', host).replaceAll('edition-cnn-com', host.replaceAll('.', '-'))

test.describe('on an empty canvas', () => {
  test.beforeEach(({ designer }) => designer.clear())

  test('it says how to begin', async ({ designer }) => {
    await expect(designer.canvas).toContainText('Nothing is drawn yet.')
    await expect(designer.canvas.getByRole('button', { name: 'Start from an example' })).toBeVisible()
    await expect(designer.yaml).toContainText('Nothing to write yet')
    expect(await designer.text()).toBe('')
  })

  test('pod, gateway and host are dragged from the palette, connected by dragging, and named: the YAML is complete', async ({
    designer,
  }) => {
    await drop(designer, 'Add Pod', 160, 200)
    await drop(designer, 'Add Gateway', 480, 260)
    await drop(designer, 'Add Host', 760, 260)
    await expect(designer.nodes()).toHaveCount(4)
    await expect(designer.wires()).toHaveCount(0)

    await designer.drawHop(designer.dot('sleep'), designer.node(first.gateway))
    await expect(designer.hop(first.mesh)).toBeVisible()
    await designer.drawHop(designer.dot('istio-egressgateway'), designer.nodes('host'))
    await expect(designer.wires()).toHaveCount(2)

    await designer.nodes('host').click({ position: { x: 60, y: 18 } })
    await designer.field('Host name').fill('api.example.org')
    await expect(designer.node('host api.example.org')).toBeVisible()
    await expect(designer.hop('gateway istio-egressgateway to host api.example.org, SIMPLE')).toBeVisible()
    await designer.expectText(forHost('api.example.org'))
    await expect(designer.yaml).toContainText('No problems')
  })

  test('a piece comes down where it is dropped', async ({ designer }) => {
    await drop(designer, 'Add Gateway', 420, 320)
    const box = await boxOf(designer.node(first.gateway))
    const at = await designer.place(420, 320)
    expect(at.x).toBeGreaterThan(box.x)
    expect(at.x).toBeLessThan(box.x + box.width)
    expect(at.y).toBeGreaterThan(box.y)
    expect(at.y).toBeLessThan(box.y + box.height)
  })

  test('a click on the palette adds one where there is room', async ({ designer }) => {
    for (const piece of ['Add Pod', 'Add Gateway', 'Add Host', 'Add Host']) await designer.button(piece).click()
    await expect(designer.nodes()).toHaveCount(5)
    await expect(designer.nodes('host')).toHaveCount(2)
    const boxes = await Promise.all((await designer.nodes('(pod|gateway|host)').all()).map(boxOf))
    for (const [index, a] of boxes.entries()) for (const b of boxes.slice(index + 1)) expect(apart(a, b)).toBe(true)
    await expect(designer.notice).toHaveText(/^host .* added\.$/)
  })
})

test('a handle dropped on nothing offers what can follow, and makes it there', async ({ designer, page }) => {
  const at = await designer.place(700, 150)
  await designer.dragFrom(designer.dot('istio-egressgateway'), at)
  const menu = page.getByRole('menu', { name: 'Connect istio-egressgateway to …' })
  await expect(menu.getByRole('menuitem')).toHaveText(['New Host', /host edition\.cnn\.com/])
  await menu.getByRole('menuitem', { name: 'New Host' }).click()
  await expect(designer.nodes('host')).toHaveCount(2)
  await expect(designer.wires()).toHaveCount(3)
  const made = await boxOf(designer.nodes('host').filter({ hasNotText: 'edition.cnn.com' }))
  expect(Math.abs(made.x - at.x)).toBeLessThan(60)
  expect(Math.abs(made.y - at.y)).toBeLessThan(80)
  await designer.undo.click()
  await expect(designer.nodes('host')).toHaveCount(1)
  await expect(designer.undo).toBeDisabled()
})

test('Escape closes that menu and leaves everything as it was', async ({ designer, page }) => {
  await designer.dragFrom(designer.dot('sleep'), await designer.place(300, 120))
  await expect(page.getByRole('menu')).toBeVisible()
  await designer.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(designer.wires()).toHaveCount(2)
  await expect(designer.undo).toBeDisabled()
})

test.describe('an illegal connection is refused, and says why', () => {
  test('gateway to pod', async ({ designer }) => {
    await designer.drawHop(designer.dot('istio-egressgateway'), designer.node(first.pod))
    await refused(designer, 'A gateway does not lead to a pod; it leads to a host.')
  })

  test('gateway to sidecar', async ({ designer }) => {
    await designer.drawHop(designer.dot('istio-egressgateway'), designer.node(first.sidecar))
    await refused(designer, 'A gateway does not lead to a sidecar; it leads to a host.')
  })

  test('the same road twice', async ({ designer }) => {
    await designer.drawHop(designer.dot('sleep'), designer.node(first.gateway))
    await refused(designer, 'They are connected already.')
  })

  test('against the traffic: the other way round is offered, as one step', async ({ designer }) => {
    await designer.addFlows('web HTTP -> direct.example.com SIMPLE')
    await designer.drawHop(designer.dot('istio-egressgateway'), designer.node('sidecar web'))
    await expect(designer.notice).toContainText('A gateway does not lead to a sidecar')
    await expectClean(designer.page, { within: '.canvas' })
    await designer.button('Connect web to istio-egressgateway').click()
    await expect(designer.hop('sidecar web to gateway istio-egressgateway, ISTIO_MUTUAL')).toBeVisible()
    await expect(designer.button('Connect web to istio-egressgateway')).toBeHidden()
    await designer.undo.click()
    await expect(designer.hop('sidecar web to gateway istio-egressgateway, ISTIO_MUTUAL')).toHaveCount(0)
    await expect(designer.node('pod web')).toBeVisible()
  })

  test('from a host: it has no dot to start from', async ({ designer }) => {
    await expect(designer.dot('edition.cnn.com')).toHaveCount(0)
    const { x, y } = await boxOf(designer.node(first.host))
    const to = await middle(designer.node(first.gateway))
    await designer.page.mouse.move(x, y + 24)
    await designer.page.mouse.down()
    await designer.page.mouse.move(to.x, to.y, { steps: 6 })
    await designer.page.mouse.up()
    await expect(designer.wires()).toHaveCount(2)
    await designer.expectText(golden('tls-origination-mtls'))
  })
})

test('a click on the dot opens the same menu as a drop on nothing', async ({ designer, page }) => {
  const { x, y } = await middle(designer.dot('sleep'))
  await page.mouse.click(x, y)
  await expect(page.getByRole('menu').getByRole('menuitem')).toHaveText([/host edition\.cnn\.com/, 'New Gateway', 'New Host'])
})

async function refused(designer: Designer, why: string): Promise<void> {
  await expect(designer.notice).toHaveText(why)
  await expect(designer.notice).toBeInViewport()
  await expect(designer.wires()).toHaveCount(2)
  await designer.expectText(golden('tls-origination-mtls'))
}

const drop = (designer: Designer, piece: string, x: number, y: number) =>
  designer.button(piece).dragTo(designer.canvas, { targetPosition: { x, y } })

type Box = Awaited<ReturnType<typeof boxOf>>
const apart = (a: Box, b: Box): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

test('while a hop is drawn, cards at which it may end glow, and another one says why it may not', async ({ designer, page }) => {
  const [from, over] = [await middle(designer.dot('istio-egressgateway')), await middle(designer.node(first.pod))]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(over.x + 20, over.y, { steps: 3 })
  await page.mouse.move(over.x, over.y)
  await expect(page.locator('.end-glow')).toHaveCount(1)
  await expect(page.locator('.end-why')).toHaveText('A gateway does not lead to a pod; it leads to a host.')
  await page.mouse.up()
  await expect(page.locator('.end-glow, .end-why')).toHaveCount(0)
})

test('a gateway that is dropped on a direct hop comes between, as one step; removed, it leaves an offer', async ({ designer }) => {
  await designer.drawFlows('web HTTP -> direct.example.com SIMPLE')
  const direct = 'sidecar web to host direct.example.com, SIMPLE'
  await designer.button('Add Gateway').dragTo(designer.hop(direct))
  await expect(designer.hop('sidecar web to gateway istio-egressgateway, ISTIO_MUTUAL')).toBeVisible()
  await expect(designer.hop('gateway istio-egressgateway to host direct.example.com, SIMPLE')).toBeVisible()
  await expect(designer.hop(direct)).toHaveCount(0)
  await designer.press('Escape')
  await expect(designer.node(first.gateway)).toBeFocused()
  await designer.press('Delete')
  await expect(designer.wires()).toHaveCount(0)
  await expect(designer.notice).toContainText('The paths through it are cut.')
  await designer.button('Connect its pods straight to its hosts').click()
  await expect(designer.hop(direct)).toBeVisible()
})

test('empty is empty, and what has just been added is not called wrong', async ({ designer }) => {
  await designer.clear()
  await expect(designer.button('Copy YAML')).toBeDisabled()
  await expect(designer.yaml).not.toContainText('No problems')
  for (const piece of ['Add Pod', 'Add Gateway', 'Add Host']) await designer.button(piece).click()
  await expect(designer.nodes()).toHaveCount(4)
  await expect(designer.canvas.locator('.badge')).toHaveCount(0)
  await designer.button('Add Sidecar').click()
  await expect(designer.notice).toHaveText('Each pod here has its sidecar: a pod brings its own.')
  await expect(designer.nodes()).toHaveCount(4)
})
