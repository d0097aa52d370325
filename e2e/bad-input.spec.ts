/** Bad input: each gets a sentence at its place, a way out where there is one, and nothing that was typed is lost. */
import { expect, first, test } from './designer'

test.describe('a host', () => {
  const hosts: [typed: string, says: RegExp, offer?: string][] = [
    ['https://edition.cnn.com/politics', /has a scheme: only the host name belongs here/, 'edition.cnn.com'],
    ['edition.cnn.com/politics', /has a path: only the host name belongs here/, 'edition.cnn.com'],
    ['edition.cnn.com:443', /has a port: the port belongs to the hop/, 'edition.cnn.com'],
    ['Edition.CNN.com', /is no DNS name/, 'edition.cnn.com'],
    ['151.101.3.5', /is an IP address: name the host/],
    ['2001:db8::1', /is an IP address: name the host/],
    ['*', /is every host: Istio wants at least/],
    ['localhost', /has no dot/, 'localhost.example.com'],
    ['主机.例子', /is no DNS name/],
    ['a b', /is no DNS name/],
    ['', /Empty: write the host/],
  ]
  test('that is no host name gets its sentence, and its corrected form', async ({ designer }) => {
    await designer.clickNode(first.host)
    const field = designer.field('Host name')
    for (const [typed, says, offer] of hosts)
      await test.step(`"${typed}"`, async () => {
        await field.fill(typed)
        await expect(field).toHaveAccessibleDescription(says)
        await expect(designer.inspector).toContainText(says)
        await expect(field).toHaveValue(typed)
        await expect(field).toHaveAttribute('aria-invalid', 'true')
        await expect(designer.yaml).toContainText(/\d errors?/)
        await expect(designer.nodes()).toHaveCount(4)
        if (offer === undefined) return
        await designer.inspector.getByRole('button', { name: `Use ${offer}`, exact: true }).click()
        await expect(field).toHaveValue(offer)
        await expect(field).toHaveAttribute('aria-invalid', 'false')
        await expect(designer.yaml).toContainText('No problems')
      })
  })

  test('a wildcard through the gateway is told where it hurts', async ({ designer }) => {
    await designer.clickNode(first.host)
    await designer.field('Host name').fill('*.cnn.com')
    await expect(designer.hop('gateway istio-egressgateway to host *.cnn.com, SIMPLE')).toHaveAccessibleDescription(
      /A gateway cannot dial \*\.cnn\.com/,
    )
    await expect(designer.yaml).toContainText(/\d errors?/)
  })

  test('two hosts with one name', async ({ designer }) => {
    await designer.addFlows('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> other.example.com SIMPLE')
    await designer.clickNode('host other.example.com')
    await designer.field('Host name').fill('edition.cnn.com')
    await expect(designer.yaml).toContainText(/\d errors?/)
    await expect(designer.inspector).toContainText(/edition\.cnn\.com/)
    await expect(designer.nodes('host')).toHaveCount(2)
    await designer.field('Host name').fill('another.example.com')
    await expect(designer.yaml).toContainText('No problems')
  })
})

test.describe('a pod', () => {
  const entries: [field: string, typed: string, says: RegExp, offer?: string][] = [
    ['Name', '', /Empty: give it a name/],
    ['Name', 'Sleep', /is no DNS label/, 'sleep'],
    ['Name', 'my_app', /is no DNS label/, 'my-app'],
    ['Name', 'a'.repeat(64), /64 characters; a name has at most 63/, 'a'.repeat(63)],
    ['Namespace', 'Team A', /is no DNS label/, 'team-a'],
    ['Labels', 'app', /is no label: write key=value/],
  ]
  test('with a name that Kubernetes does not take', async ({ designer }) => {
    await designer.clickNode(first.pod)
    for (const [name, typed, says, offer] of entries)
      await test.step(`${name} "${typed}"`, async () => {
        const field = designer.field(name)
        const before = await field.inputValue()
        await field.fill(typed)
        await expect(field).toHaveAccessibleDescription(says)
        await expect(field).toHaveAttribute('aria-invalid', 'true')
        await field.blur()
        await expect(field).toHaveValue(typed)
        await expect(designer.nodes()).toHaveCount(4)
        if (offer === undefined) return field.fill(before)
        await designer.inspector.getByRole('button', { name: `Use ${offer}`, exact: true }).click()
        await expect(field).toHaveValue(offer)
        await expect(designer.yaml).toContainText('No problems')
      })
  })
})

test.describe('a port', () => {
  test('that is none stays in its field, and its sentence beside it', async ({ designer }) => {
    await designer.selectHop(first.outside)
    const field = designer.field('Port')
    for (const typed of ['70000', '0', '-1', '80a', '4.5', '99999999999999999999'])
      await test.step(typed, async () => {
        await field.fill(typed)
        await expect(field).toHaveAccessibleDescription(/is no port: a whole number from 1 to 65535/)
        await expect(field).toHaveAttribute('aria-invalid', 'true')
        await field.blur()
        await expect(field).toHaveValue(typed)
      })
    await field.fill('8443')
    await expect(field).toHaveAttribute('aria-invalid', 'false')
    await designer.expectTextWith(/number: 8443/)
  })

  test('TCP has to name one', async ({ designer }) => {
    await designer.hop(first.app).click()
    await designer.canvas.getByRole('combobox', { name: 'App sends' }).selectOption('TCP')
    await expect(designer.yaml).toContainText(/\d errors?/)
    await expect(designer.inspector).toContainText(/port/i)
    await designer.field('Port').fill('5432')
    await designer.expectTextWith(/number: 5432/)
    await expect(designer.yaml).not.toContainText(/\d errors?/)
  })
})

test('a mistake can be taken back like any other step', async ({ designer }) => {
  await designer.clickNode(first.host)
  await designer.field('Host name').fill('https://')
  await expect(designer.yaml).toContainText(/\d errors?/)
  await designer.undo.click()
  await expect(designer.node(first.host)).toBeVisible()
  await expect(designer.yaml).toContainText('No problems')
})

test('while something is wrong, all else goes on working', async ({ designer }) => {
  await designer.addFlows('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> good.example.com SIMPLE')
  await designer.clickNode(first.host)
  await designer.field('Host name').fill('')
  await expect(designer.yaml).toContainText('what they touch is missing or wrong in this YAML')
  await designer.expectTextWith('good.example.com')
  await designer.chooseTls('gateway istio-egressgateway to host good.example.com, SIMPLE', 'DISABLE')
  await expect(designer.hop('gateway istio-egressgateway to host good.example.com, DISABLE')).toBeVisible()
})

test.describe('noise in the box for flows', () => {
  const noises: [what: string, text: string][] = [
    ['a Kubernetes manifest', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x'],
    ['JSON that is cut off', '{"nodes": [{"id": "a", "kind": "po'],
    ['control characters', '\u0000\u0007\u001b[31m -> \uFFFD -> ->'],
    ['arrows alone', '-> -> -> ->'],
    ['prototype names', '__proto__ HTTP -> constructor SIMPLE toString=1'],
    ['a very long line', `sleep HTTP -> ${'a'.repeat(100_000)}.example.com SIMPLE`],
  ]
  test('gets a sentence, and draws nothing', async ({ designer, page }) => {
    await designer.button('Add flow').click()
    const dialog = page.getByRole('dialog', { name: 'Add flow' })
    for (const [what, text] of noises)
      await test.step(what, async () => {
        await dialog.getByRole('textbox').fill(text)
        await expect(dialog.getByRole('alert')).toBeHidden()
        await dialog.getByRole('button', { name: 'Draw them' }).click()
        await expect(dialog.getByRole('alert')).toContainText(/Line \d+/)
      })
    await designer.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(designer.nodes()).toHaveCount(4)
    await expect(designer.undo).toBeDisabled()
  })
})

test.describe('ten megabytes in the box for flows', () => {
  // The page would carry their memory along from story to story.
  test.use({ fresh: true })

  test('get a sentence, and draw nothing', async ({ designer, page }) => {
    test.slow()
    await designer.button('Add flow').click()
    const dialog = page.getByRole('dialog', { name: 'Add flow' })
    await expect(dialog).toBeVisible()
    await page.evaluate(() => {
      const box = document.querySelector('dialog textarea') as HTMLTextAreaElement
      const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
      set?.call(box, 'no flow at all: -> \u4e2d\u6587 {"a": [1, 2\n'.repeat(300_000))
      box.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await dialog.getByRole('button', { name: 'Draw them' }).click()
    await expect(dialog.getByRole('alert')).toContainText('million characters')
    await expect(designer.nodes()).toHaveCount(4)
  })
})
