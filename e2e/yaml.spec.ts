/** Reading, copying and saving the YAML, and finding one's way between it and the picture. */

import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectClean } from './axe'
import { type Designer, expect, first, golden, inMotion, test } from './designer'

test.use(inMotion)

test('the dialect is chosen, and the text follows', async ({ designer, page }) => {
  const dialect = page.getByRole('combobox', { name: 'Dialect' })
  await expect(dialect).toHaveValue('istio-v1')
  await dialect.selectOption({ label: 'As in the tutorials · v1alpha3' })
  await designer.expectText(golden('tls-origination-mtls', 'istio-v1alpha3'))
  await dialect.selectOption({ label: 'Istio today · v1' })
  await designer.expectText(golden('tls-origination-mtls'))
  await expect(designer.undo).toBeDisabled()
})

test('comments can be left out', async ({ designer }) => {
  const comments = designer.button('Comments in the YAML')
  await expect(comments).toHaveAttribute('aria-pressed', 'true')
  await comments.click()
  const bare = golden('tls-origination-mtls').replaceAll(/^#.*\n/gm, '')
  await designer.expectText(bare)
  await comments.click()
  await designer.expectText(golden('tls-origination-mtls'))
})

test('the editor shows the same text as is copied and saved', async ({ designer }) => {
  const lines = (await designer.text()).split('\n')
  const shown = await designer.shownLines()
  expect(shown.length).toBeGreaterThan(20)
  expect(shown).toEqual(lines.slice(0, shown.length))
})

test.describe('copying', () => {
  test('puts the exact text on the clipboard and says so', async ({ designer, context, page }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await designer.button('Copy YAML').click()
    await expect(designer.yaml.getByRole('button', { name: 'Copied' })).toBeVisible()
    await expect(designer.yaml.getByRole('status')).toContainText('The YAML is on the clipboard.')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(golden('tls-origination-mtls'))
  })

  test('where the browser refuses, the text is selected', async ({ designer, page }) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'))
    })
    await designer.button('Copy YAML').click()
    const dialog = page.getByRole('dialog', { name: 'Copy by hand' })
    const box = dialog.getByRole('textbox')
    await expect(box).toHaveValue(golden('tls-origination-mtls'))
    await expect(box).toBeFocused()
    expect(await page.evaluate(() => String(getSelection()))).toBe(golden('tls-origination-mtls'))
    await designer.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(designer.button('Copy YAML')).toBeFocused()
  })
})

test.describe('downloading', () => {
  test('gives a file with the name of the design and the very text', async ({ designer, page }) => {
    const file = await saved(page, () => designer.button('Download YAML').click())
    expect(file.name).toBe('tls-origination-mtls.yaml')
    expect(file.bytes.toString('utf8')).toBe(golden('tls-origination-mtls'))
  })

  test('keeps Chinese in the name and in the comments', async ({ designer, page }) => {
    await designer.designName.fill('出口流量 设计')
    await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
    const yaml = page.getByRole('region', { name: 'YAML' })
    await expect.poll(() => designer.text()).toMatch(/^# .*\p{Script=Han}/mu)
    const file = await saved(page, () => yaml.getByRole('button', { name: '下载 YAML' }).click())
    expect(file.name).toBe('出口流量 设计.yaml')
    expect(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes)).toBe(await designer.text())
    expect(file.bytes.subarray(0, 3)).not.toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(file.bytes.toString('utf8')).not.toContain('\r')
    expect(file.bytes.at(-1)).toBe(0x0a)
  })

  test('a name that no file may have becomes one', async ({ designer, page }) => {
    await designer.designName.fill('../a/b: "c"?')
    const file = await saved(page, () => designer.button('Download YAML').click())
    expect(file.name).toMatch(/^[^/\\:"?]+\.yaml$/)
  })
})

test.describe('from the picture to the text', () => {
  // Tall enough for all lines: Monaco draws only those on the screen.
  test.use({ viewport: { width: 1440, height: 2600 } })

  test('a selected hop has its lines highlighted, and no others', async ({ designer }) => {
    expect(await designer.markedLines()).toEqual([])
    await designer.selectHop(first.outside)
    await expect.poll(() => designer.markedLines()).toContain('mode: SIMPLE')
    expect(await designer.markedLines()).not.toContain('mode: ISTIO_MUTUAL')
    await designer.press('Escape')
    await expect.poll(() => designer.markedLines()).toEqual([])
    await designer.selectHop(first.mesh)
    await expect.poll(() => designer.markedLines()).toContain('mode: ISTIO_MUTUAL')
    expect(await designer.markedLines()).not.toContain('mode: SIMPLE')
  })

  test('a selected host shows its ServiceEntry', async ({ designer }) => {
    await designer.clickNode(first.host)
    await expect.poll(() => designer.markedLines()).toContain('kind: ServiceEntry')
    expect(await designer.markedLines()).toContain('- edition.cnn.com')
  })

  test('the lines are brought onto the screen, and the focus stays where it is', async ({ designer }) => {
    await designer.drawFlows(...Array.from({ length: 12 }, (_, index) => `sleep HTTP -> host-${index}.example.com SIMPLE`))
    await designer.button('Show all').click()
    await designer.clickNode('host host-11.example.com')
    await expect.poll(() => designer.markedLines()).toContain('- host-11.example.com')
    await expect(designer.yaml.getByRole('textbox')).not.toBeFocused()
  })
})

test.describe('from the text to the picture', () => {
  test('the cursor in a line highlights what it comes from', async ({ designer }) => {
    const looks = async (name: string) => (await designer.node(name).screenshot()).toString('base64')
    const [host, pod] = [await looks(first.host), await looks(first.pod)]
    await clickLine(designer, '- edition.cnn.com')
    await expect.poll(() => looks(first.host)).not.toBe(host)
    expect(await looks(first.pod)).toBe(pod)
    await expect(designer.yaml).toContainText('Line 9')
    await designer.page.getByRole('heading', { name: 'Egress Designer' }).click()
    await designer.designName.focus()
    await expect.poll(() => looks(first.host)).toBe(host)
  })

  test('a line of a hop highlights the hop', async ({ designer }) => {
    const clip = async () => {
      const [a, b] = [await designer.node(first.gateway).boundingBox(), await designer.hop(first.mesh).boundingBox()]
      if (!a || !b) throw new Error('The hop is not on the screen.')
      return { x: b.x - 20, y: b.y - 4, width: 16, height: b.height + 8 }
    }
    const looks = async () => (await designer.page.screenshot({ clip: await clip() })).toString('base64')
    const before = await looks()
    await clickLine(designer, 'mode: ISTIO_MUTUAL')
    await expect.poll(looks).not.toBe(before)
  })
})

test.describe('an edit leaves the editor where it is', () => {
  test.use({ viewport: { width: 1440, height: 600 } })

  test('scrolled to the end, the same lines stay on the screen', async ({ designer, page }) => {
    await designer.selectHop(first.outside)
    await designer.picker.selectOption('MUTUAL')
    await designer.inspector.getByRole('button', { name: 'Use client-credential' }).click()
    await designer.expectTextWith('credentialName: client-credential')
    await page.getByRole('radio', { name: 'Code' }).check({ force: true })
    await designer.yaml.getByRole('textbox').focus()
    await designer.press('Control+End')
    await expect.poll(async () => (await designer.shownLines()).join('\n')).toContain('subset: originate')
    // The line that says what is wrong takes its room from the last, empty one.
    const shown = async () => (await designer.shownLines()).filter((line) => line !== '')
    const before = await shown()
    expect(before.join('\n')).not.toContain('mode: MUTUAL')
    await designer.undo.click()
    await expect.poll(() => designer.text()).not.toContain('credentialName')
    expect(await shown()).toEqual(before)
    await designer.undo.click()
    await designer.expectText(golden('tls-origination-mtls'))
    expect(await shown()).toEqual(before)
    await designer.redo.click()
    await designer.expectTextWith('mode: MUTUAL')
    expect(await shown()).toEqual(before)
  })

  test('what is folded stays folded', async ({ designer }) => {
    const hidden = '  name: edition-cnn-com'
    await clickLine(designer, 'metadata:')
    await designer.press('Control+Shift+BracketLeft')
    await expect.poll(() => designer.shownLines()).not.toContain(hidden)
    await designer.page.getByRole('combobox', { name: 'Language' }).focus()
    await designer.hop(first.app).click()
    await designer.canvas.getByRole('combobox', { name: 'App sends' }).selectOption('HTTPS')
    await designer.expectTextWith('protocol: TLS')
    await expect.poll(() => designer.shownLines()).toContain('    protocol: TLS')
    expect(await designer.shownLines()).not.toContain(hidden)
  })
})

test('Tab leaves the text, Ctrl+F finds in it', async ({ designer }) => {
  const editor = designer.yaml.getByRole('textbox')
  await editor.focus()
  await designer.press('Control+f')
  await expect(designer.yaml.getByRole('textbox', { name: 'Find' })).toBeFocused()
  await designer.press('Escape')
  await editor.focus()
  await designer.press('Tab')
  await expect(editor).not.toBeFocused()
  await designer.expectText(golden('tls-origination-mtls'))
})

async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download')
  await click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

/** Puts the cursor into the first line on the screen that reads so. */
async function clickLine(designer: Designer, line: string): Promise<void> {
  await designer.yaml.getByRole('code').getByText(line).first().click()
}

test('the text is compared with another, with a dialect, and with itself before a step', async ({ designer, page }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await expect(designer.hop(first.outside.replace('SIMPLE', 'DISABLE'))).toBeVisible()
  await designer.button('Compare with …').click()
  const dialog = page.getByRole('dialog', { name: 'Compare with …' })
  const other = dialog.getByRole('combobox', { name: 'Compare the text with' })
  const changes = dialog.getByRole('region', { name: 'What changes in your text' })
  await dialog.getByRole('textbox', { name: 'YAML to compare with' }).fill(golden('tls-origination-mtls'))
  await expect(changes).toContainText(/added:\s+mode: SIMPLE/)
  await expectClean(page)
  await other.selectOption({ label: 'the text before the step: TLS mode' })
  await expect(changes).toContainText(/removed:\s+mode: SIMPLE/)
  await expect(dialog.getByRole('region', { name: 'What changes in the picture' })).toContainText(
    'gateway istio-egressgateway to host edition.cnn.com',
  )
  await other.selectOption({ label: 'this picture, written as: As in the tutorials · v1alpha3' })
  await expect(changes).toContainText('added: apiVersion: networking.istio.io/v1alpha3')
  await other.selectOption({ label: 'this picture, written as: Istio today · v1' })
  await expect(dialog).toContainText('Nothing changes in the text.')
  await designer.press('Escape')
  await expect(designer.hop(first.outside.replace('SIMPLE', 'DISABLE'))).toBeVisible()
})
