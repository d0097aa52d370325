/** YAML comes in by a box, by files, by a drop and by a paste; what it is is shown first, and undo takes it back. */
import { expectClean } from './axe'
import { expect, golden, test as plain } from './designer'
import { Strip } from './understanding'

const test = plain.extend<{ strip: Strip }>({
  strip: async ({ designer }, use) => {
    await use(new Strip(designer.page))
  },
})
const yaml = golden('http-gateway')

test('pasted YAML is read, summed up, and taken over; undo brings the design back', async ({ strip, designer }) => {
  await designer.button('Import').click()
  const dialog = strip.importDialog
  await dialog.getByRole('textbox', { name: 'YAML to import' }).fill(yaml)
  await dialog.getByRole('button', { name: 'Read', exact: true }).click()
  await expect(dialog.getByRole('status').getByRole('listitem').first()).toBeVisible()
  await expect(dialog.getByRole('status')).toContainText('0 errors, 0 warnings')
  await expect(dialog.getByRole('status')).toContainText('Drawn: 1 client, 1 gateway, 1 host.')
  await designer.expectText(golden('tls-origination-mtls'))
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await designer.expectText(yaml)
  await expect(designer.nodes('gateway')).toHaveCount(1)
  await expect(designer.nodes('host')).toHaveCount(1)
  await designer.undo.click()
  await designer.expectText(golden('tls-origination-mtls'))
})

test('what an import changes is shown object by object, and what is left out stays as it is', async ({ strip, designer, page }) => {
  const own = golden('tls-origination-mtls')
  const odd = 'apiVersion: example.com/v1\nkind: Odd\nmetadata:\n  name: odd\n'
  const parts = own.split('---\n')
  const changed = parts[0]?.replace('resolution: DNS', 'resolution: DNS_ROUND_ROBIN')
  await designer.button('Import').click()
  const dialog = strip.importDialog
  await dialog.getByRole('textbox', { name: 'YAML to import' }).fill([changed, ...parts.slice(1, -1), odd].join('---\n'))
  await dialog.getByRole('button', { name: 'Read', exact: true }).click()
  await dialog.getByText('Changes', { exact: true }).click()
  const changes = dialog.getByRole('region', { name: 'What changes in your text' })
  await expect(changes.getByRole('region')).toHaveCount(3)
  await expect(changes.getByRole('region', { name: 'Odd odd' })).toContainText('added: kind: Odd')
  await expect(changes).toContainText(/removed:\s+resolution: DNS/)
  await expect(dialog.getByRole('region', { name: 'What changes in the picture' })).toContainText('gateway istio-egressgateway')
  const canvas = dialog.getByRole('img', { name: 'The picture with its changes' })
  await expect(canvas.locator('.hop-mark', { hasText: 'gone' }).first()).toBeVisible()
  await expectClean(page)
  await dialog.getByRole('button', { name: 'Next change' }).click()
  await expect(dialog.getByText('Change 1 of 3')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Keep what is only here' }).check()
  await dialog.getByRole('checkbox', { name: /^Take ServiceEntry/ }).uncheck()
  await expect(changes).not.toContainText('DNS_ROUND_ROBIN')
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(dialog).toBeHidden()
  await designer.expectText([...parts.slice(0, -1), odd, parts.at(-1)].join('---\n'))
  await designer.undo.click()
  await designer.expectText(own)
})

test('Back and closing leave everything as it was', async ({ strip, designer }) => {
  await designer.button('Import').click()
  const dialog = strip.importDialog
  await dialog.getByRole('textbox', { name: 'YAML to import' }).fill(yaml)
  await dialog.getByRole('button', { name: 'Read', exact: true }).click()
  await dialog.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(dialog.getByRole('textbox', { name: 'YAML to import' })).toHaveValue(yaml)
  await designer.press('Escape')
  await expect(dialog).toBeHidden()
  await designer.expectText(golden('tls-origination-mtls'))
  await expect(designer.undo).toBeDisabled()
})

test('several files are one text', async ({ strip, designer, page }) => {
  await designer.button('Import').click()
  const [head = '', ...rest] = yaml.split('\n---\n')
  await page.locator('input[type=file]').setInputFiles([
    { name: 'a.yaml', mimeType: 'application/yaml', buffer: Buffer.from(`${head}\n`) },
    { name: 'b.yml', mimeType: 'text/plain', buffer: Buffer.from(rest.join('\n---\n')) },
  ])
  await strip.importDialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(designer.nodes('gateway')).toHaveCount(1)
  expect((await designer.kinds()).length).toBe(yaml.split('\n---\n').length)
})

test('a file dropped on the page is read', async ({ strip, designer, page }) => {
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'egress.yaml', { type: 'application/yaml' }))
    return transfer
  }, yaml)
  await designer.canvas.dispatchEvent('dragover', { dataTransfer: data })
  await expect(page.getByText('Drop to import')).toBeVisible()
  await designer.canvas.dispatchEvent('drop', { dataTransfer: data })
  await strip.importDialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await designer.expectText(yaml)
})

test('YAML pasted on the canvas is read', async ({ strip, designer, page }) => {
  await designer.canvas.focus()
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, yaml)
  await strip.importDialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await designer.expectText(yaml)
})

test('what the picture does not know is kept, and named', async ({ strip, designer }) => {
  const filter =
    'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata:\n  name: lua\n  namespace: istio-system\nspec: {}\n'
  await designer.button('Import').click()
  await strip.importDialog.getByRole('textbox', { name: 'YAML to import' }).fill(`${yaml}---\n${filter}`)
  await strip.importDialog.getByRole('button', { name: 'Read', exact: true }).click()
  await expect(strip.importDialog).toContainText('EnvoyFilter')
  await strip.importDialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await designer.expectTextWith('kind: EnvoyFilter')
})

test('an empty box is told so', async ({ strip, designer }) => {
  await designer.button('Import').click()
  await strip.importDialog.getByRole('button', { name: 'Read', exact: true }).click()
  await expect(strip.importDialog.getByRole('alert')).toContainText('Paste some YAML')
})

test('a hop whose ends say different modes shows what each of them says', async ({ strip, designer }) => {
  await designer.button('Import').click()
  const dialog = strip.importDialog
  const apart = golden('tls-origination-mtls').replace(/ISTIO_MUTUAL(\n\s+sni:)/, 'DISABLE$1')
  await dialog.getByRole('textbox', { name: 'YAML to import' }).fill(apart)
  await dialog.getByRole('button', { name: 'Read', exact: true }).click()
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await designer.selectHop('sidecar sleep to gateway istio-egressgateway, DISABLE')
  await expect(designer.inspector.getByRole('listitem').filter({ hasText: 'edition.cnn.com:80' })).toHaveText(
    'edition.cnn.com:80: the client sends DISABLE, the gateway takes ISTIO_MUTUAL.',
  )
})
