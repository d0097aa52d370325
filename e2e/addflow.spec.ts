/** Flows as people type them: one path a line. */
import { expect, first, golden, test } from './designer'

test('the lines of the documentation are drawn', async ({ designer }) => {
  const table: [lines: string[], hops: string[]][] = [
    [['sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE'], [first.mesh, first.outside]],
    [
      ['sleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH'],
      ['sidecar sleep to gateway istio-egressgateway, DISABLE', 'gateway istio-egressgateway to host edition.cnn.com, PASSTHROUGH'],
    ],
    [
      [
        'team-a/sleep HTTP:80 -> istio-system/istio-egressgateway ISTIO_MUTUAL:443 -> nginx.example.com:443 MUTUAL credentialName=client-credential',
        'guard team-a',
      ],
      [first.mesh, 'gateway istio-egressgateway to host nginx.example.com, MUTUAL'],
    ],
    [
      ['# straight', '', 'sleep HTTP -> edition.cnn.com:443 SIMPLE', 'outbound REGISTRY_ONLY'],
      ['sidecar sleep to host edition.cnn.com, SIMPLE'],
    ],
  ]
  for (const [lines, hops] of table)
    await test.step(lines.join(' | '), async () => {
      await designer.drawFlows(...lines)
      for (const hop of hops) await expect(designer.hop(hop)).toBeVisible()
      await expect(designer.wires()).toHaveCount(hops.length)
      await expect(designer.yaml).toContainText('No problems')
    })
})

test('the line of the first visit gives the YAML of the first visit', async ({ designer }) => {
  await designer.drawFlows('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE')
  await designer.expectText(golden('tls-origination-mtls'))
})

test('a guard and the outbound policy arrive where they belong', async ({ designer }) => {
  await designer.drawFlows(
    'team-a/sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE',
    'guard team-a',
    'outbound REGISTRY_ONLY',
  )
  await expect(designer.canvas.getByRole('region', { name: 'Namespace team-a, Out only through the gateway' })).toBeVisible()
  // What was added is selected.
  await expect(designer.inspector).toContainText('7 selected')
  await designer.press('Escape')
  await expect(designer.inspector).toContainText('REGISTRY_ONLY')
  await designer.expectTextWith(/kind: NetworkPolicy\nmetadata:\n {2}name: [\w-]+\n {2}namespace: team-a/)
})

test('flows are added to what is drawn, as one step', async ({ designer }) => {
  await designer.addFlows(
    'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> one.example.com SIMPLE',
    'other HTTP -> two.example.com SIMPLE',
  )
  await expect(designer.nodes('host')).toHaveCount(3)
  await expect(designer.nodes('pod')).toHaveCount(2)
  await expect(designer.nodes('gateway')).toHaveCount(1)
  await designer.undo.click()
  await expect(designer.nodes()).toHaveCount(4)
  await expect(designer.undo).toBeDisabled()
})

test('Ctrl+Enter draws them, Escape leaves', async ({ designer, page }) => {
  const dialog = page.getByRole('dialog', { name: 'Add flow' })
  await designer.button('Add flow').click()
  await dialog.getByRole('textbox').fill('sleep HTTP -> one.example.com SIMPLE')
  await designer.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(designer.node('host one.example.com')).toBeVisible()
  await designer.button('Add flow').click()
  await designer.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(designer.button('Add flow')).toBeFocused()
})

test('a wrong line says its number, the word, and what was expected; nothing is drawn', async ({ designer, page }) => {
  const table: [line: string, word: string, expected: string][] = [
    ['sleep FTP -> edition.cnn.com SIMPLE', 'FTP', 'HTTP, HTTPS or TCP'],
    ['sleep TCP -> db.example.com DISABLE', 'TCP', 'write TCP:5432'],
    ['sleep HTTP -> istio-egressgateway SIMPLE -> edition.cnn.com SIMPLE', 'SIMPLE', 'DISABLE, ISTIO_MUTUAL'],
    ['sleep HTTP -> edition.cnn.com PASSTHROUGH', 'PASSTHROUGH', 'no TLS to pass'],
    ['sleep HTTP:70000 -> edition.cnn.com SIMPLE', '70000', 'a whole number from 1 to 65535'],
    ['sleep HTTP -> https://edition.cnn.com/politics SIMPLE', 'https://edition.cnn.com/politics', 'Write edition.cnn.com'],
    ['sleep HTTP -> edition.cnn.com SIMPLE color=red', 'color', 'sni, subjectAltNames'],
    ['Sleep HTTP -> edition.cnn.com SIMPLE', 'Sleep', 'Write sleep'],
    ['outbound NOTHING', 'NOTHING', 'one of ALLOW_ANY, REGISTRY_ONLY'],
    ['hello', 'hello', 'Expected a path'],
  ]
  await designer.button('Add flow').click()
  const dialog = page.getByRole('dialog', { name: 'Add flow' })
  const alert = dialog.getByRole('alert')
  for (const [line, word, expected] of table)
    await test.step(line, async () => {
      const lines = [
        '# good lines around a wrong one',
        'sleep HTTP -> one.example.com SIMPLE',
        line,
        'sleep HTTP -> two.example.com SIMPLE',
      ].join('\n')
      await dialog.getByRole('textbox').fill(lines)
      await expect(alert).toBeHidden()
      await dialog.getByRole('button', { name: 'Draw them' }).click()
      await expect(alert.getByRole('listitem')).toHaveCount(1)
      await expect(alert).toContainText('Line 3')
      await expect(alert).toContainText(word)
      await expect(alert).toContainText(expected)
      await expect(dialog.getByRole('textbox')).toHaveValue(lines)
    })
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(designer.nodes()).toHaveCount(4)
  await expect(designer.undo).toBeDisabled()
})
