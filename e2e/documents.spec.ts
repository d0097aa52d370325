/** Designs have a home: a list, an address each, and one tab at a time that has them. */
import { expectClean } from './axe'
import { Designer, expect, first, golden, test } from './designer'

const listed = (designer: Designer) => designer.page.getByRole('dialog', { name: 'Designs' })

/** A design of this name, saved. */
async function named(designer: Designer, name: string): Promise<void> {
  await designer.designName.fill(name)
  await designer.expectSaved()
}

test('a design is made, found, renamed in place, deleted and brought back; Back leads to the one before', async ({ designer, page }) => {
  await named(designer, 'payments')
  await designer.button('Designs').click()
  const list = listed(designer)
  await list.getByRole('button', { name: 'New design' }).click()
  await expect(designer.nodes()).toHaveCount(0)
  await designer.addFlows('sleep HTTP -> api.example.com SIMPLE')
  await designer.expectSaved()
  await expect(page).toHaveTitle(/^api\.example\.com · /)

  await designer.button('Designs').click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expectClean(page, { but: ['main'] })
  await list.getByRole('button', { name: 'Rename “api.example.com”' }).click()
  await page.keyboard.type('orders')
  await designer.press('Enter')
  await list.getByRole('searchbox').fill('PAY')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await list.getByRole('button', { name: 'Open “payments”' }).click()
  await expect(designer.designName).toHaveValue('payments')
  await page.goBack()
  await expect(designer.designName).toHaveValue('orders')
  await page.goForward()
  await expect(designer.designName).toHaveValue('payments')

  await designer.button('Designs').click()
  await list.getByRole('button', { name: 'Delete “payments”' }).click()
  await expect(designer.designName).toHaveValue('orders')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await list.getByRole('button', { name: 'Undo' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await list.getByRole('button', { name: 'Duplicate “payments”' }).click()
  await expect(designer.designName).toHaveValue('payments (copy)')
})

test('one tab has a design; another says so, and takes it over with what was edited last', async ({ designer, page, context }) => {
  await named(designer, 'shared')
  const other = await context.newPage()
  await other.goto(page.url())
  const second = new Designer(other)
  await second.ready()
  const bar = other.getByRole('region', { name: /^This design is open in another tab/ })
  await expect(bar).toBeVisible()
  await designer.button('Add Host').click()
  await bar.getByRole('button', { name: 'Take over' }).click()
  await expect(bar).toBeHidden()
  await expect(second.nodes('host')).toHaveCount(2)
  await expect(page.getByRole('region', { name: /^This design is open in another tab/ })).toBeVisible()

  await designer.designName.fill('a copy of it')
  await designer.expectSaved()
  await second.designName.fill('still shared')
  await second.expectSaved()
  await second.button('Designs').click()
  await expect(listed(second).getByRole('listitem')).toHaveCount(2)
  for (const name of ['a copy of it', 'still shared'])
    await expect(listed(second).getByRole('button', { name: `Open “${name}”` })).toBeVisible()
})

test('an address that this browser has no design for says so', async ({ page }) => {
  await page.goto('./#design=0123456789abcdef')
  const designer = new Designer(page)
  await designer.ready()
  await expect(designer.notice).toContainText('This browser has no design at this address')
})

test('a link holds the design: opened elsewhere it is a copy to be kept, and what was there stays', async ({ designer, page, context }) => {
  await named(designer, 'to be shared')
  await designer.chooseTls(first.outside, 'DISABLE')
  await designer.button('Share').click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  const link = dialog.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/#d1=[\w-]{100,}$/)
  await expect(dialog.getByRole('img', { name: 'The link as a QR code' })).toBeVisible()
  await expectClean(page, { but: ['main'] })

  const other = await context.newPage()
  await other.goto(await link.inputValue())
  const copy = new Designer(other)
  await copy.ready()
  await expect(copy.designName).toHaveValue('to be shared')
  await copy.expectText(golden('http-gateway-mtls'))
  await other.getByRole('button', { name: 'Keep', exact: true }).click()
  await copy.expectSaved()
  await expect(other).toHaveURL(/#design=\w+$/)
  await copy.button('Designs').click()
  await expect(listed(copy).getByRole('listitem')).toHaveCount(2)
})

test('a link that was cut off says so', async ({ page }) => {
  await page.goto('./#d1=7VpNb9s4')
  const designer = new Designer(page)
  await designer.ready()
  await expect(designer.notice).toContainText('The design in this link cannot be read')
})

test.describe('where a page is not secure', () => {
  test.use({ fresh: true })

  test('two tabs do not overwrite each other, with no locks, no channel and no UUID', async ({ page, context }) => {
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })
      Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined })
      Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined })
    })
    const one = new Designer(page)
    await one.open()
    await named(one, 'first word')
    const other = new Designer(await context.newPage())
    await other.page.goto(page.url())
    await other.ready()
    await expect(other.page.getByRole('region', { name: /^This design is open in another tab/ })).toBeVisible()
    await named(other, 'second word')
    await named(one, 'last word')
    await one.button('Designs').click()
    for (const name of ['second word', 'last word']) await expect(listed(one).getByRole('button', { name: `Open “${name}”` })).toBeVisible()
    await expect(listed(one).getByRole('listitem')).toHaveCount(2)
  })
})
