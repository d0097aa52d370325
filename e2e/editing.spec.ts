/** The text is a person's as much as the picture is: what is written is drawn, what is drawn is written, and neither loses the other. */
import { expectClean } from './axe'
import { type Designer, expect, first, golden, test } from './designer'

const own = golden('tls-origination-mtls')

const editor = (designer: Designer) => designer.yaml.getByRole('textbox').first()

/** Puts this text in place of all that is in the editor. It is pasted: Monaco takes a text that comes from the keyboard letter by letter. */
async function write(designer: Designer, text: string): Promise<void> {
  await editor(designer).focus()
  await designer.press('Control+a')
  await editor(designer).evaluate((field, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

test('what is written is drawn after a pause, and undo takes it back', async ({ designer }) => {
  await write(designer, own.replaceAll('edition.cnn.com', 'api.example.com'))
  await expect(designer.node('host api.example.com')).toBeVisible()
  await expect(designer.node(first.host)).toHaveCount(0)
  await expect(designer.yaml.getByText('Your text', { exact: true })).toBeVisible()
  await designer.undo.click()
  await expect(designer.node(first.host)).toBeVisible()
  await designer.expectText(own)
  await expect(designer.yaml.getByText('Your text', { exact: true })).toBeHidden()
  await designer.redo.click()
  await expect(designer.node('host api.example.com')).toBeVisible()
})

test('keys type, Ctrl+S settles at once, Ctrl+Z undoes in the text', async ({ designer }) => {
  await editor(designer).focus()
  await designer.press('Control+Home')
  await designer.page.keyboard.type('# mine')
  await designer.press('Control+s')
  await designer.expectText(`# mine${own}`)
  await designer.page.keyboard.type(' and more')
  await designer.expectText(`# mine and more${own}`)
  await designer.press('Control+z')
  await designer.expectText(`# mine${own}`)
  await designer.press('Control+z')
  await designer.expectText(own)
  await expect(designer.undo).toBeDisabled()
  await designer.press('Control+y')
  await designer.expectText(`# mine${own}`)
  await expect(editor(designer)).toBeFocused()
})

test('an edit of the picture is written into the text: remarks, order and what is not known stay', async ({ designer }) => {
  const odd = 'apiVersion: example.com/v1\nkind: Odd\nmetadata: {name: odd} # here\n'
  await write(designer, `# mine\n${own.replace('  resolution: DNS\n', '  resolution: DNS # by name\n')}---\n${odd}`)
  await expect(designer.yaml.getByText('Your text', { exact: true })).toBeVisible()
  await designer.chooseTls(first.outside, 'DISABLE')
  await expect(designer.hop(first.outside.replace('SIMPLE', 'DISABLE'))).toBeVisible()
  await expect.poll(() => designer.text()).not.toContain('mode: SIMPLE')
  const text = await designer.text()
  expect(text.startsWith('# mine\n')).toBe(true)
  expect(text).toContain('  resolution: DNS # by name\n')
  expect(text).toContain(odd)
  expect(text).toContain((await designer.shownLines()).join('\n').trim())
  await designer.undo.click()
  await designer.expectTextWith('mode: SIMPLE', '# by name')
  await expect(designer.hop(first.outside)).toBeVisible()
})

test('moving a node leaves the text alone', async ({ designer }) => {
  await write(designer, `# mine\n${own}`)
  await expect(designer.yaml.getByText('Your text', { exact: true })).toBeVisible()
  await designer.dragNode(first.host, { x: 40, y: 60 })
  await expect(designer.undo).toHaveAttribute('title', /move/)
  await designer.expectText(`# mine\n${own}`)
})

test('a text that cannot be read dims the picture, and nothing is lost on either side', async ({ designer, page }) => {
  const broken = `${own}---\nkind: [\n`
  await write(designer, broken)
  await expect(designer.canvas.getByText('Showing the last valid state')).toBeVisible()
  await expect(designer.node(first.host)).toBeVisible()
  await designer.chooseTls(first.outside, 'DISABLE')
  const dialog = page.getByRole('dialog', { name: 'Your text and the picture' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Go to the error' }).click()
  await expect(dialog).toBeHidden()
  await designer.expectText(broken)
  await designer.chooseTls(first.outside, 'DISABLE')
  await dialog.getByRole('button', { name: 'Reprint' }).click()
  await expect.poll(() => designer.text()).not.toContain('kind: [')
  await expect(designer.canvas.getByText('Showing the last valid state')).toBeHidden()
  await designer.undo.click()
  await designer.expectText(broken)
  await write(designer, `${broken}]\n`)
  await expect(designer.canvas.getByText('Showing the last valid state')).toBeHidden()
})

test('a reload keeps the text, and that it is broken', async ({ designer }) => {
  const broken = `# mine\n${own}---\nkind: [\n`
  await write(designer, broken)
  await expect(designer.canvas.getByText('Showing the last valid state')).toBeVisible()
  await designer.expectSaved()
  await designer.reload()
  await designer.expectText(broken)
  await expect(designer.canvas.getByText('Showing the last valid state')).toBeVisible()
})

test('Reprint gives the text back to the picture', async ({ designer }) => {
  await write(designer, `# mine\n${own}`)
  await designer.button('Reprint').click()
  await designer.expectText(own)
  await designer.undo.click()
  await designer.expectText(`# mine\n${own}`)
})

test('another dialect over a text of one’s own asks', async ({ designer, page }) => {
  await write(designer, `# mine\n${own}`)
  await expect(designer.yaml.getByText('Your text', { exact: true })).toBeVisible()
  const dialect = page.getByRole('combobox', { name: 'Dialect' })
  await dialect.selectOption({ label: 'As in the tutorials · v1alpha3' })
  const dialog = page.getByRole('dialog', { name: 'Your text and the picture' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialect).toHaveValue('istio-v1')
  await designer.expectText(`# mine\n${own}`)
  await dialect.selectOption({ label: 'As in the tutorials · v1alpha3' })
  await dialog.getByRole('button', { name: 'Reprint' }).click()
  await designer.expectText(golden('tls-origination-mtls', 'istio-v1alpha3'))
})

test('Tab leaves the text, also while it is being written', async ({ designer }) => {
  await editor(designer).focus()
  await designer.page.keyboard.type('# x')
  await designer.press('Tab')
  await expect(editor(designer)).not.toBeFocused()
  await designer.expectText(`# x${own}`)
})

test('an edit that would cost a person’s own setting asks first, and shows every line', async ({ designer, page }) => {
  const text = own.replace(
    /^( *)- name: originate\n( *)trafficPolicy:\n/m,
    '$1- name: originate\n$2trafficPolicy:\n$2  loadBalancer: {simple: LEAST_REQUEST}\n',
  )
  expect(text).not.toBe(own)
  await write(designer, text)
  const ask = async () => {
    await designer.chooseTls(first.outside, 'DISABLE')
    const dialog = page.getByRole('dialog', { name: 'Your text and the picture' })
    await expect(dialog).toContainText('would lose what you set: subsets.trafficPolicy.loadBalancer.simple: LEAST_REQUEST.')
    await expect(dialog.getByRole('region', { name: 'What changes in your text' })).toContainText('removed: ')
    return dialog
  }
  const dialog = await ask()
  await expectClean(page)
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await designer.expectText(text)
  await (await ask()).getByRole('button', { name: 'Change my text' }).click()
  await expect(designer.hop(first.outside.replace('SIMPLE', 'DISABLE'))).toBeVisible()
  await expect.poll(() => designer.text()).not.toContain('LEAST_REQUEST')
  await designer.undo.click()
  await designer.expectText(text)
})
