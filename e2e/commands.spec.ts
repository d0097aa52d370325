/** One list of actions feeds the command palette, the context menu and the keys; what cannot be done says why. */
import { expectClean } from './axe'
import { boxOf, type Designer, expect, first, test } from './designer'

const palette = ({ page }: Designer) => page.getByRole('dialog', { name: 'Find an action' })

test('the command palette finds in both languages, shows keys, and says why an action is off', async ({ designer, page }) => {
  await designer.press('Control+k')
  const input = palette(designer).getByRole('combobox')
  const options = palette(designer).getByRole('option')
  await expect(input).toBeFocused()
  await input.fill('undo')
  await expect(options.first()).toHaveText(/Undo.*Nothing is left to undo\..*Ctrl\+Z/)
  await expect(options.first()).toBeDisabled()
  await designer.press('Enter')
  await expect(palette(designer)).toBeVisible()
  await input.fill('示例库')
  await expect(options).toHaveText(['Gallery'])
  await expectClean(page, { but: ['main'] })
  await designer.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Gallery' })).toBeVisible()
  await designer.press('Escape')

  await designer.clickNode(first.host)
  await designer.press('Control+k')
  await input.fill('dupl')
  await designer.press('Enter')
  await expect(designer.nodes('host')).toHaveCount(2)
})

test('what is looked for is found in the picture and in the text, and jumped to', async ({ designer, page }) => {
  await designer.press('Control+f')
  const dialog = page.getByRole('dialog', { name: 'Find in the design' })
  const input = dialog.getByRole('combobox')
  await input.fill('cnn')
  await expect(dialog.getByRole('option').first()).toHaveText(/edition\.cnn\.com.*host/)
  await designer.press('Enter')
  await expect(designer.field('Host name')).toHaveValue('edition.cnn.com')

  await designer.canvas.focus()
  await designer.press('Control+f')
  await input.fill('mode: SIMPLE')
  await dialog.getByRole('option', { name: /^mode: SIMPLE line \d+/ }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(async () => (await designer.shownLines()).join('\n')).toContain('mode: SIMPLE')
})

test('Ctrl+S says where the work is saved, wherever the focus is', async ({ designer }) => {
  await designer.clickNode(first.host)
  await designer.press('Control+d')
  await expect(designer.nodes('host')).toHaveCount(2)
  await designer.expectSaved()
  await designer.designName.focus()
  await designer.press('Control+s')
  await expect(designer.notice).toHaveText(/: Saved in this browser\.$/)
})

test.describe('the context menu', () => {
  const menu = ({ page }: Designer) => page.getByRole('menu')

  test('of a card, a hop and the empty canvas: what can be done there', async ({ designer, page }) => {
    await designer.node(first.host).click({ button: 'right', position: { x: 60, y: 18 } })
    await expect(menu(designer)).toHaveAccessibleName('What can be done with host edition.cnn.com')
    await expect(menu(designer).getByRole('menuitem', { name: /^Connect to … A host is where a path ends\./ })).toBeDisabled()
    await expectClean(page, { within: '.menu' })
    await menu(designer)
      .getByRole('menuitem', { name: /^Duplicate/ })
      .click()
    await expect(designer.nodes('host')).toHaveCount(2)

    await designer.hop(first.outside).click({ button: 'right' })
    await expect(menu(designer)).toHaveAccessibleName('What can be done with gateway istio-egressgateway to host edition.cnn.com')
    await menu(designer)
      .getByRole('menuitem', { name: /^Remove/ })
      .click()
    await expect(designer.wires()).toHaveCount(1)

    const { x, y } = await designer.place(60, 60)
    await page.mouse.click(x, y, { button: 'right' })
    await menu(designer).getByRole('menuitem', { name: /^Undo/ }).click()
    await expect(designer.wires()).toHaveCount(2)
  })

  test('by Shift+F10 at what has the focus', async ({ designer }) => {
    await designer.node(first.gateway).focus()
    await designer.press('Shift+F10')
    await expect(menu(designer).getByRole('menuitem').first()).toBeFocused()
    await designer.press('Escape')
    await expect(menu(designer)).toBeHidden()
    await expect(designer.node(first.gateway)).toBeFocused()
  })

  test('by a finger that rests', async ({ designer, page }) => {
    const { x, y } = await boxOf(designer.node(first.gateway))
    const touch = await page.context().newCDPSession(page)
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 60, y: y + 18 }] })
    await expect(menu(designer)).toHaveAccessibleName('What can be done with gateway istio-egressgateway')
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect(menu(designer)).toBeVisible()
  })
})
