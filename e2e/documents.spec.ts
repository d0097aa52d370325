/** Designs have a home: a list, an address each, and one tab at a time that has them. */
import { expectClean } from './axe'
import { Designer, expect, test } from './designer'

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
