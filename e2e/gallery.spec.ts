/** The examples: every one opens, and its YAML is the one that is tested and proven. */
import { examples } from '../src/examples'
import { expect, first, golden, test } from './designer'

const groups = 4

for (let group = 0; group < groups; group++) {
  const mine = examples.filter((_, index) => index % groups === group)
  test(`each example gives its YAML (${mine.map((example) => example.id).join(', ')})`, async ({ designer }) => {
    test.slow()
    for (const example of mine)
      await test.step(example.id, async () => {
        await designer.openExample(example.title.en)
        await expect(designer.designName).toHaveValue(example.id)
        await expect(designer.nodes()).toHaveCount(example.design.nodes.length)
        await designer.expectText(golden(example.id))
        await expect(designer.yaml).toContainText('No problems')
      })
  })
}

test('the tutorials are all there, each with a title and a story', async ({ designer, page }) => {
  await designer.button('Gallery').click()
  const entries = page.getByRole('dialog', { name: 'Gallery' }).getByRole('listitem').getByRole('button')
  await expect(entries).toHaveCount(examples.length)
  for (const [index, example] of examples.entries()) {
    await expect(entries.nth(index)).toHaveAccessibleName(`Open “${example.title.en}”`)
    await expect(entries.nth(index)).toHaveAccessibleDescription(example.story.en)
  }
})

test('opening one is one step: undo brings the old design back', async ({ designer }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await designer.openExample('Two gateways')
  await expect(designer.nodes('gateway')).toHaveCount(2)
  await designer.undo.click()
  await expect(designer.hop('gateway istio-egressgateway to host edition.cnn.com, DISABLE')).toBeVisible()
  await expect(designer.designName).toHaveValue('tls-origination-mtls')
  await designer.redo.click()
  await designer.expectText(golden('two-gateways'))
})

test('all of an opened example is in view', async ({ designer }) => {
  for (const title of ['Several hosts behind one gateway', 'Nobody bypasses the gateway']) {
    await designer.openExample(title)
    await expect(designer.designName).not.toHaveValue('tls-origination-mtls')
    for (const node of await designer.nodes().all()) await expect(node).toBeInViewport({ ratio: 0.99 })
  }
})

test('closed by Escape, by its button or by a click beside it, it changes nothing', async ({ designer, page }) => {
  const ways: [() => Promise<void>, focus: boolean][] = [
    [() => designer.press('Escape'), true],
    [() => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click(), true],
    [() => page.mouse.click(20, 500), false],
  ]
  for (const [close, focus] of ways) {
    await designer.button('Gallery').click()
    await expect(page.getByRole('dialog', { name: 'Gallery' }).getByRole('listitem').first()).toBeVisible()
    await close()
    await expect(page.getByRole('dialog')).toBeHidden()
    if (focus) await expect(designer.button('Gallery')).toBeFocused()
    await expect(designer.undo).toBeDisabled()
  }
})
