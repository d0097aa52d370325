/** While one types YAML: what fits is offered, what a word means is told, all from schemas that lie beside the app. */
import type { Page } from '@playwright/test'
import { type Designer, expect, test } from './designer'

/** Replaces the whole text as a person would. */
async function retype(designer: Designer, text: string): Promise<void> {
  await designer.yaml.getByRole('code').click()
  await designer.press('Control+a')
  await designer.press('Delete')
  await insert(designer.page, text)
}

/** As it is: Monaco's own indentation would come on top of ours. */
const insert = (page: Page, text: string): Promise<void> => page.keyboard.insertText(text)

const offered = (page: Page) => page.locator('.suggest-widget .monaco-list-row')

test('an empty text is offered whole documents', async ({ designer, page }) => {
  await retype(designer, '')
  await designer.press('Control+Space')
  await expect(offered(page).filter({ hasText: 'apiVersion' })).toBeVisible()
  await insert(page, 'ServiceEn')
  await designer.press('Control+Space')
  await expect(offered(page).filter({ hasText: 'ServiceEntry' }).first()).toBeVisible()
  await designer.press('Enter')
  await designer.expectTextWith('kind: ServiceEntry', 'location: MESH_EXTERNAL')
})

test('a value that must be one of a few is offered as soon as its key is typed', async ({ designer, page }) => {
  await retype(
    designer,
    'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: cnn\nspec:\n  host: edition.cnn.com\n  trafficPolicy:\n    tls:\n      mode:',
  )
  await page.keyboard.type(' ')
  for (const mode of ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'])
    await expect(
      offered(page)
        .filter({ hasText: new RegExp(`^${mode}`) })
        .first(),
    ).toBeVisible()
  await page.keyboard.type('SIM')
  await designer.press('Enter')
  await designer.expectTextWith('mode: SIMPLE')
})

test('keys that must be there come first, those that are there do not come', async ({ designer, page }) => {
  await retype(
    designer,
    'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: gw\nspec:\n  servers:\n  - port:\n      number: 80\n      ',
  )
  await designer.press('Control+Space')
  await expect(offered(page).first()).toContainText('protocol')
  await expect(offered(page).filter({ hasText: /^number/ })).toHaveCount(0)
})

test('hosts that the text knows are offered where a host is meant', async ({ designer, page }) => {
  await designer.yaml.getByRole('code').click()
  await designer.press('Control+End')
  await insert(page, '---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: other\nspec:\n  host:')
  await page.keyboard.type(' ')
  await expect(offered(page).filter({ hasText: 'edition.cnn.com' }).first()).toBeVisible()
})

test('a word under the pointer is explained', async ({ designer, page }) => {
  const word = designer.yaml.locator('.view-line span').getByText('resolution', { exact: true })
  await word.hover()
  const hover = page.locator('.monaco-hover').filter({ hasText: 'resolution' })
  await expect(hover.first()).toBeVisible()
  await expect(hover.first()).toContainText('STATIC')
})
