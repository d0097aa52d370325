/** Editing: select, remove, move, copy, and take back; one step a gesture. */
import { boxOf, type Designer, expect, expectNear, first, golden, test } from './designer'

test.describe('removing', () => {
  for (const key of ['Delete', 'Backspace'])
    test(`${key} takes a node and its hops; one undo brings all of it back`, async ({ designer }) => {
      await designer.clickNode(first.gateway)
      await designer.press(key)
      await expect(designer.node(first.gateway)).toHaveCount(0)
      await expect(designer.wires()).toHaveCount(0)
      await designer.undo.click()
      await expect(designer.node(first.gateway)).toBeVisible()
      await expect(designer.hop(first.mesh)).toBeVisible()
      await expect(designer.hop(first.outside)).toBeVisible()
      await designer.expectText(golden('tls-origination-mtls'))
      await expect(designer.undo).toBeDisabled()
    })

  test('a hop alone', async ({ designer }) => {
    await designer.selectHop(first.outside)
    await designer.press('Delete')
    await expect(designer.hop(first.outside)).toHaveCount(0)
    await expect(designer.nodes()).toHaveCount(4)
    await expect(designer.wires()).toHaveCount(1)
  })

  test('a pod takes its sidecar along', async ({ designer }) => {
    await designer.clickNode(first.pod)
    await designer.press('Delete')
    await expect(designer.nodes()).toHaveCount(2)
    await designer.press('Control+z')
    await expect(designer.nodes()).toHaveCount(4)
    await designer.expectText(golden('tls-origination-mtls'))
  })

  test('everything, and undo', async ({ designer }) => {
    await designer.clear()
    expect(await designer.text()).toBe('')
    await designer.undo.click()
    await designer.expectText(golden('tls-origination-mtls'))
    await expect(designer.undo).toBeDisabled()
  })
})

test.describe('selecting', () => {
  for (const key of ['Shift', 'Control'] as const)
    test(`${key} and a click add to the selection`, async ({ designer }) => {
      await designer.clickNode(first.gateway)
      await designer.clickNode(first.host, key)
      await expect(designer.inspector).toContainText('2 selected')
      await designer.hop(first.mesh).click({ modifiers: [key] })
      await expect(designer.inspector).toContainText('3 selected')
      await designer.clickNode(first.host, key)
      await expect(designer.inspector).toContainText('2 selected')
      await expect(designer.undo).toBeDisabled()
    })

  test('Shift and a drag draw a box', async ({ designer, page }) => {
    const [gateway, host] = [await boxOf(designer.node(first.gateway)), await boxOf(designer.node(first.host))]
    await page.keyboard.down('Shift')
    await page.mouse.move(gateway.x - 20, gateway.y - 60)
    await page.mouse.down()
    await page.mouse.move(host.x + host.width + 15, host.y + host.height + 15, { steps: 6 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect(designer.inspector).toContainText('2 selected')
    await designer.press('Delete')
    await expect(designer.nodes()).toHaveCount(2)
    await expect(designer.node(first.pod)).toBeVisible()
  })

  test('Escape and a click beside everything unselect', async ({ designer, page }) => {
    await designer.clickNode(first.host)
    await expect(designer.field('Host name')).toBeVisible()
    await designer.press('Escape')
    await expect(designer.field('Host name')).toBeHidden()
    await designer.clickNode(first.host)
    await expect(designer.field('Host name')).toBeVisible()
    const { x, y } = await designer.place(300, 60)
    await page.mouse.click(x, y)
    await expect(designer.field('Host name')).toBeHidden()
  })
})

test('keys alone: Space selects the node that has the focus', async ({ designer }) => {
  await designer.node(first.host).focus()
  await designer.press('Space')
  await expect(designer.field('Host name')).toHaveValue('edition.cnn.com')
})

test.describe('moving', () => {
  test('a drag is one step, and changes no character of the YAML', async ({ designer }) => {
    const text = await designer.yaml.textContent()
    const before = await designer.offset(first.host, first.gateway)
    await designer.dragNode(first.host, { x: -60, y: 120 })
    const after = await designer.offset(first.host, first.gateway)
    expectNear(after, { x: before.x - 60, y: before.y + 120 })
    expect(await designer.yaml.textContent()).toBe(text)
    await designer.undo.click()
    await expect.poll(() => designer.offset(first.host, first.gateway)).toEqual(before)
    await expect(designer.undo).toBeDisabled()
    await designer.redo.click()
    await expect.poll(() => designer.offset(first.host, first.gateway)).toEqual(after)
    expect(await designer.yaml.textContent()).toBe(text)
  })

  test('a pod and its sidecar stay together', async ({ designer }) => {
    const before = await designer.offset(first.sidecar, first.pod)
    await designer.dragNode(first.pod, { x: 30, y: -90 })
    expect(await designer.offset(first.sidecar, first.pod)).toEqual(before)
    await designer.dragNode(first.sidecar, { x: 20, y: 150 })
    expect(await designer.offset(first.sidecar, first.pod)).toEqual(before)
  })

  test('a group moves as one, and as one step', async ({ designer }) => {
    const before = { mates: await designer.offset(first.host, first.gateway), pod: await designer.offset(first.host, first.pod) }
    await designer.clickNode(first.gateway)
    await designer.clickNode(first.host, 'Shift')
    await designer.dragNode(first.host, { x: -40, y: 100 })
    expect(await designer.offset(first.host, first.gateway)).toEqual(before.mates)
    expectNear(await designer.offset(first.host, first.pod), { x: before.pod.x - 40, y: before.pod.y + 100 })
    await designer.undo.click()
    await expect.poll(() => designer.offset(first.host, first.pod)).toEqual(before.pod)
    await expect(designer.undo).toBeDisabled()
  })

  test('Alt and arrows nudge; undo and a reload keep it', async ({ designer }) => {
    const { x, y } = await designer.offset(first.host, first.gateway)
    const moved = (by: number) =>
      expect(async () => expectNear(await designer.offset(first.host, first.gateway), { x, y: y + by }, 1)).toPass()
    await designer.clickNode(first.host)
    await designer.press('Shift+Alt+ArrowDown')
    await moved(40)
    await designer.press('Alt+ArrowDown')
    await designer.press('Alt+ArrowDown')
    await moved(48)
    await designer.press('Control+z')
    await moved(44)
    await designer.reload()
    await moved(44)
  })

  test('the wheel moves the canvas, Ctrl and the wheel zoom, Space drags it', async ({ designer, page }) => {
    const at = await designer.place(300, 60)
    const tools = designer.canvas.getByRole('toolbar')
    const before = await boxOf(designer.node(first.gateway))
    const zoom = String(await tools.textContent())
    const movedBy = (y: number) => expect.poll(async () => Math.round((await boxOf(designer.node(first.gateway))).y - before.y)).toBe(y)
    await page.mouse.move(at.x, at.y)
    await page.mouse.wheel(0, 60)
    await expect.poll(async () => (await boxOf(designer.node(first.gateway))).y).toBeLessThan(before.y - 20)
    await expect(tools).toHaveText(zoom)
    await page.mouse.wheel(0, -60)
    await movedBy(0)
    await designer.canvas.focus()
    await page.keyboard.down('Space')
    const card = { x: before.x + 60, y: before.y + 18 }
    await page.mouse.move(card.x, card.y)
    await page.mouse.down()
    await page.mouse.move(card.x, card.y + 40, { steps: 3 })
    await page.mouse.up()
    await page.keyboard.up('Space')
    await movedBy(40)
    await expect(designer.undo).toBeDisabled()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -60)
    await page.keyboard.up('Control')
    await expect(tools).not.toHaveText(zoom)
  })

  test('a card that is let go nearly in line is in line', async ({ designer, page }) => {
    await designer.dragNode(first.host, { x: 0, y: 90 })
    const { x, y } = await designer.offset(first.host, first.gateway)
    const box = await boxOf(designer.node(first.host))
    await page.mouse.move(box.x + 60, box.y + 18)
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y + 22)
    await page.mouse.move(box.x + 60, box.y + 18 - y + 3, { steps: 4 })
    await expect(page.locator('.guide').first()).toBeVisible()
    await page.mouse.up()
    await expect.poll(() => designer.offset(first.host, first.gateway)).toEqual({ x, y: 0 })
    await expect(page.locator('.guide')).toHaveCount(0)
  })

  test('Tidy puts all in columns again, as one step', async ({ designer }) => {
    const before = await designer.offset(first.host, first.gateway)
    await designer.dragNode(first.host, { x: -150, y: 140 })
    const after = await designer.offset(first.host, first.gateway)
    expect(after).not.toEqual(before)
    await designer.button('Tidy').click()
    await expect(async () => expectNear(await designer.offset(first.host, first.gateway), before)).toPass()
    await designer.undo.click()
    await expect(async () => expectNear(await designer.offset(first.host, first.gateway), after)).toPass()
  })

  test('nothing moves by itself', async ({ designer }) => {
    const before = await designer.offset(first.host, first.pod)
    await designer.button('Add Gateway').click()
    await designer.button('Add Pod').click()
    await designer.chooseTls(first.mesh, 'DISABLE')
    await expect(designer.nodes()).toHaveCount(7)
    expect(await designer.offset(first.host, first.pod)).toEqual(before)
  })
})

test.describe('copying', () => {
  test('copy and paste a flow: new names, the same modes', async ({ designer }) => {
    await selectAll(designer)
    await designer.press('Control+c')
    await designer.press('Control+v')
    await expect(designer.nodes()).toHaveCount(8)
    await expect(designer.wires()).toHaveCount(4)
    await expect(designer.nodes('pod')).toHaveCount(2)
    await expect(designer.canvas.getByRole('group', { name: 'pod sleep-2', exact: true })).toBeVisible()
    const boxes = await Promise.all((await designer.nodes('(pod|gateway|host)').all()).map(boxOf))
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        expect(a.y + a.height <= b.y || b.y + b.height <= a.y || a.x + a.width <= b.x || b.x + b.width <= a.x).toBe(true)
    await designer.press('Control+v')
    await expect(designer.nodes()).toHaveCount(12)
    await designer.press('Control+z')
    await designer.press('Control+z')
    await expect(designer.nodes()).toHaveCount(4)
    await expect(designer.undo).toBeDisabled()
  })

  test('a hop takes its whole flow along', async ({ designer }) => {
    await designer.selectHop(first.outside)
    await designer.press('Control+c')
    await designer.press('Control+v')
    await expect(designer.nodes()).toHaveCount(8)
  })

  test('duplicate, by key and by button', async ({ designer }) => {
    await designer.clickNode(first.host)
    await designer.press('Control+d')
    await expect(designer.nodes('host')).toHaveCount(2)
    await designer.inspector.getByRole('button', { name: 'Duplicate' }).click()
    await expect(designer.nodes('host')).toHaveCount(3)
    await designer.undo.click()
    await designer.undo.click()
    await expect(designer.nodes('host')).toHaveCount(1)
    await expect(designer.undo).toBeDisabled()
  })

  test('cut takes away, paste brings back', async ({ designer }) => {
    await selectAll(designer)
    await designer.press('Control+x')
    await expect(designer.nodes()).toHaveCount(0)
    await designer.press('Control+v')
    await expect(designer.nodes()).toHaveCount(4)
    await designer.expectText(golden('tls-origination-mtls'))
  })

  test('what was copied is flow notation for everyone else; such a text can be pasted', async ({ designer, context, page }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    // The story before this one may have copied the same flow: only a clipboard that held something else tells when this copy is there.
    await page.evaluate(() => navigator.clipboard.writeText('something else'))
    await selectAll(designer)
    await designer.press('Control+c')
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE')
    const text = 'sleep HTTP -> pasted.example.com SIMPLE'
    await page.evaluate((text) => navigator.clipboard.writeText(text), text)
    // What was copied before may still be on its way: the system's clipboard holds what was written last.
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text)
    await designer.press('Control+v')
    await expect(designer.hop('sidecar sleep to host pasted.example.com, SIMPLE')).toBeVisible()
  })
})

test.describe('undo and redo', () => {
  const disabled = 'gateway istio-egressgateway to host edition.cnn.com, DISABLE'
  const ways: [string, (designer: Designer) => Promise<void>, (designer: Designer) => Promise<void>][] = [
    ['buttons', (designer) => designer.undo.click(), (designer) => designer.redo.click()],
    ['Ctrl+Z and Ctrl+Shift+Z', (designer) => designer.press('Control+z'), (designer) => designer.press('Control+Shift+Z')],
    ['Ctrl+Z and Ctrl+Y', (designer) => designer.press('Control+z'), (designer) => designer.press('Control+y')],
  ]
  for (const [name, back, again] of ways)
    test(`by ${name}`, async ({ designer }) => {
      await expect(designer.undo).toBeDisabled()
      await designer.chooseTls(first.outside, 'DISABLE')
      await designer.button('Add Host').click()
      await expect(designer.nodes('host')).toHaveCount(2)
      await back(designer)
      await expect(designer.nodes('host')).toHaveCount(1)
      await back(designer)
      await expect(designer.hop(first.outside)).toBeVisible()
      await expect(designer.undo).toBeDisabled()
      await again(designer)
      await expect(designer.hop(disabled)).toBeVisible()
      await again(designer)
      await expect(designer.nodes('host')).toHaveCount(2)
      await expect(designer.redo).toBeDisabled()
    })

  test('typing in a field is one step', async ({ designer }) => {
    await designer.clickNode(first.host)
    await designer.field('Host name').press('End')
    await designer.field('Host name').pressSequentially('.example.org')
    await expect(designer.node('host edition.cnn.com.example.org')).toBeVisible()
    await designer.undo.click()
    await expect(designer.node(first.host)).toBeVisible()
    await expect(designer.undo).toBeDisabled()
  })
})

test.describe('after an edit', () => {
  const said = /^DISABLE on gateway istio-egressgateway to host edition\.cnn\.com: \d objects?, \d+ lines?\.$/

  test('what was done is said with counts, and can be taken back there', async ({ designer }) => {
    await designer.chooseTls(first.outside, 'DISABLE')
    await expect(designer.notice).toHaveText(said)
    await designer.button('Undo: TLS mode').click()
    await designer.expectText(golden('tls-origination-mtls'))
    await expect(designer.button('Undo: TLS mode')).toBeHidden()
    await expect(designer.notice).toHaveText('Undone: TLS mode.')
  })

  test('the lines that changed are marked for a moment, and come into view', async ({ designer, page }) => {
    await designer.addFlows('web HTTP -> istio-egressgateway ISTIO_MUTUAL -> last.example.com SIMPLE')
    await expect(designer.notice).toHaveText(/added: \d+ objects, \d+ lines\.$/)
    await page.evaluate(() => {
      const marked = () => document.querySelector('.yaml-flash') && document.body.classList.add('was-marked')
      new MutationObserver(marked).observe(document.body, { subtree: true, childList: true })
    })
    await designer.chooseTls('gateway istio-egressgateway to host last.example.com, SIMPLE', 'DISABLE')
    await expect(designer.notice).toHaveText(/^DISABLE on .* last\.example\.com: \d objects?, \d+ lines?\.$/)
    await expect(page.locator('body.was-marked')).toBeAttached()
    await expect.poll(async () => (await designer.shownLines()).join('\n')).toContain('last.example.com')
  })

  test('keys in a field are told of together, and a move of a node is not', async ({ designer, page }) => {
    await designer.clickNode(first.host)
    await designer.field('Host name').press('End')
    await designer.field('Host name').pressSequentially('.org')
    await expect(designer.notice).toHaveText(/^Rename: \d objects, \d+ lines\.$/)
    await page.getByRole('button', { name: 'Undo: rename' }).click()
    await designer.expectText(golden('tls-origination-mtls'))
    await designer.dragNode(first.host, { x: 40, y: 60 })
    await expect(designer.undo).toHaveAttribute('title', /move/)
    await expect(designer.notice).toHaveText('Undone: rename.')
  })
})

test.describe('while typing, the keys belong to the text', () => {
  test('in a field of the inspector', async ({ designer }) => {
    await designer.clickNode(first.host)
    const field = designer.field('Host name')
    await field.focus()
    await designer.press('Control+a')
    await designer.press('Delete')
    await expect(field).toHaveValue('')
    await expect(designer.nodes()).toHaveCount(4)
    await field.pressSequentially('a.example.com')
    await designer.press('Backspace')
    await designer.press('ArrowLeft')
    await expect(designer.nodes()).toHaveCount(4)
    await expect(field).toHaveValue('a.example.co')
    await designer.press('Control+z')
    await expect(field).not.toHaveValue('a.example.co')
    await expect(designer.nodes('host')).toHaveCount(1)
  })

  test('in the name of the design', async ({ designer }) => {
    await designer.clickNode(first.host)
    await designer.designName.focus()
    await designer.press('Control+a')
    await designer.press('Backspace')
    await expect(designer.designName).toHaveValue('')
    await expect(designer.nodes()).toHaveCount(4)
  })

  test('in the YAML', async ({ designer }) => {
    await designer.clickNode(first.host)
    await designer.yaml.getByRole('textbox').focus()
    await designer.press('End')
    await designer.press('Backspace')
    await designer.press('Control+d')
    await designer.press('ArrowDown')
    await designer.expectTextWith('# Makes edition.cnn.com known to the mesh\n')
    await expect(designer.nodes()).toHaveCount(4)
    await designer.press('Control+z')
    await designer.expectTextWith('# Makes edition.cnn.com known to the mesh.\n')
    await expect(designer.undo).toBeDisabled()
  })
})

async function selectAll(designer: Designer): Promise<void> {
  await designer.clickNode(first.host)
  await designer.press('Control+a')
  await expect(designer.inspector).toContainText(/\d selected/)
}
