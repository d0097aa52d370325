/** One list of what is wrong: found, filtered, jumped to, and mended by one press. */
import { expectClean } from './axe'
import { expect, first, golden, test as plain } from './designer'
import { Strip, withoutSni } from './understanding'

const test = plain.extend<{ strip: Strip }>({
  strip: async ({ designer }, use) => {
    await use(new Strip(designer.page))
  },
})

test('a sound design has no problems, and the list says so', async ({ strip }) => {
  await expect(strip.problems).toBeHidden()
  await strip.open('Problems')
  await expect(strip.problems.getByRole('status')).toContainText('No problems')
  await expect(strip.rows()).toHaveCount(0)
})

test('the strip is unfolded, folded, sized by keys, and found again as it was left', async ({ strip, designer }) => {
  await designer.button('Unfold').click()
  await expect(strip.problems).toBeVisible()
  const line = strip.page.getByRole('separator', { name: 'Height of this pane' })
  const before = Number(await line.getAttribute('aria-valuenow'))
  await line.focus()
  await designer.press('ArrowUp')
  await expect(line).toHaveAttribute('aria-valuenow', String(before + 16))
  await strip.open('Trace')
  await designer.reload()
  await expect(strip.trace).toBeVisible()
  await expect(line).toHaveAttribute('aria-valuenow', String(before + 16))
  await designer.button('Fold').click()
  await expect(strip.trace).toBeHidden()
})

test('a hop that dies is told with its code, its place and its reason', async ({ strip }) => {
  await strip.import(withoutSni())
  await expect(strip.tab('Problems')).toContainText('1')
  await strip.open('Problems')
  const row = strip.rows('L1')
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('Error')
  await expect(row).toContainText(/DestinationRule \S+ · line \d+/)
  await row.getByRole('button', { name: 'Why L1' }).click()
  await expect(row.getByRole('link').first()).toHaveAttribute('href', /^https:\/\//)
})

test('a row jumps to the hop and to the line', async ({ strip, designer }) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  await strip.rows('L1').getByRole('button').first().click()
  await expect(strip.rows('L1')).toHaveAttribute('aria-current', 'true')
  await expect(designer.hop(first.mesh)).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => (await designer.shownLines()).some((line) => line.includes('mode: ISTIO_MUTUAL'))).toBe(true)
})

test('Fix mends the text, the row goes, and one undo brings both back', async ({ strip, designer }) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  await strip.rows('L1').getByRole('button', { name: 'Fix', exact: true }).click()
  await expect(strip.rows('L1')).toHaveCount(0)
  await designer.expectTextWith('sni: edition.cnn.com')
  await designer.undo.click()
  await expect(strip.rows('L1')).toHaveCount(1)
  await designer.expectText(withoutSni())
})

test('what a fix changes is shown before it is made: rejected nothing has changed, accepted it is one step', async ({
  strip,
  designer,
  page,
}) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  const show = strip.rows('L1').getByRole('button', { name: /^Show what changes/ })
  const dialog = page.getByRole('dialog', { name: 'What the fix changes' })
  await show.click()
  await expect(dialog.getByRole('region', { name: 'What changes in your text' })).toContainText(/added:\s+sni: edition\.cnn\.com/)
  await expect(dialog.getByRole('region', { name: 'What changes in the picture' })).toBeVisible()
  await expectClean(page)
  await dialog.getByRole('button', { name: 'Reject', exact: true }).first().click()
  await expect(dialog).toBeHidden()
  await expect(show).toBeFocused()
  await designer.expectText(withoutSni())
  await show.click()
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(strip.rows('L1')).toHaveCount(0)
  await designer.expectTextWith('sni: edition.cnn.com')
  await designer.undo.click()
  await designer.expectText(withoutSni())
})

test('with the code alone on the page a fix is told too, and taken back there', async ({ strip, designer, page }) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  await page.getByRole('group', { name: 'View' }).getByText('Code', { exact: true }).click()
  await expect(designer.canvas).toBeHidden()
  await strip.rows('L1').getByRole('button', { name: 'Fix', exact: true }).click()
  await expect(page.getByText(/^Fix: 1 object, 1 line\.$/)).toBeVisible()
  await designer.button('Undo: fix').click()
  await designer.expectText(withoutSni())
})

test('of all fixes of a code, those that touch other parts may be left out', async ({ strip, designer, page }) => {
  const old = withoutSni().replaceAll('networking.istio.io/v1\n', 'networking.istio.io/v1alpha3\n')
  await strip.import(old)
  await strip.open('Problems')
  const row = strip.rows('L17a').first()
  await row.getByRole('button', { name: 'Why L17a' }).click()
  await row.getByRole('button', { name: /^Show what changes: Fix all/ }).click()
  const dialog = page.getByRole('dialog', { name: 'What the fix changes' })
  const boxes = dialog.getByRole('checkbox')
  await expect(boxes.first()).toBeVisible()
  const count = await boxes.count()
  expect(count).toBeGreaterThan(1)
  const objects = dialog.getByRole('region', { name: 'What changes in your text' }).getByRole('region')
  await expect(objects).toHaveCount(count)
  await boxes.first().uncheck()
  await expect(objects).toHaveCount(count - 1)
  await objects.first().press('F7')
  await expect(dialog.getByText(`Change 1 of ${count - 1}`)).toBeVisible()
  await objects.first().press('Shift+F7')
  await expect(dialog.getByText(`Change ${count - 1} of ${count - 1}`)).toBeVisible()
  await expectClean(page)
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect.poll(async () => (await designer.text()).split('networking.istio.io/v1alpha3\n').length - 1).toBe(1)
})

test('a value that the check of the drawing offers is set from the list, as one step', async ({ strip, designer }) => {
  await designer.node(first.host).click()
  const resolution = strip.page.getByRole('combobox', { name: 'Resolution' })
  await resolution.selectOption('NONE')
  await strip.open('Problems')
  await strip.rows('none-gateway').getByRole('button', { name: 'Fix', exact: true }).click()
  await expect(strip.rows()).toHaveCount(0)
  await expect(resolution).toHaveValue('DNS')
  await designer.undo.click()
  await expect(resolution).toHaveValue('NONE')
  await expect(strip.rows('none-gateway')).toHaveCount(1)
})

test('an EnvoyFilter is told once', async ({ strip }) => {
  const filter = 'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata:\n  name: tweak\n  namespace: default\nspec: {}\n'
  await strip.import(`${golden('tls-origination-mtls')}---\n${filter}`)
  await strip.open('Problems')
  await expect(strip.rows('O7')).toHaveCount(1)
  await expect(strip.rows('not-drawn')).toHaveCount(0)
})

test('the badge on the canvas mends as well', async ({ strip, designer }) => {
  await strip.import(withoutSni())
  await designer.canvas.getByRole('button', { name: 'Fix', exact: true }).first().click()
  await designer.expectTextWith('sni: edition.cnn.com')
  await expect(designer.canvas.getByRole('button', { name: 'Fix', exact: true })).toHaveCount(0)
})

test('the list is filtered by severity and by text', async ({ strip }) => {
  await strip.import(
    withoutSni()
      .replace('  resolution: DNS\n', '  resolution: NOWHERE\n')
      .replaceAll('networking.istio.io/v1\n', 'networking.istio.io/v1alpha3\n'),
  )
  await strip.open('Problems')
  const all = await strip.rows().count()
  expect(all).toBeGreaterThan(2)
  await strip.problems.getByRole('radio', { name: /^Error/ }).check({ force: true })
  const errors = await strip.rows().count()
  expect(errors).toBeLessThan(all)
  await strip.problems.getByRole('radio', { name: /^All/ }).check({ force: true })
  await strip.problems.getByRole('searchbox', { name: 'Filter problems' }).fill('NOWHERE')
  await expect(strip.rows()).toHaveCount(1)
  await strip.problems.getByRole('searchbox').fill('nothing has this')
  await expect(strip.problems.getByRole('status')).toContainText('Nothing fits the filter.')
})

test('F8 walks through the problems, wherever the focus is', async ({ strip, designer }) => {
  await strip.import(withoutSni().replace('  resolution: DNS\n', '  resolution: NOWHERE\n'))
  await designer.canvas.focus()
  await designer.press('F8')
  await expect(strip.problems).toBeVisible()
  const row = strip.problems.locator('[aria-current="true"]')
  await expect(row).toHaveCount(1)
  // The place alone: headlines come late.
  const current = row.locator('.problem-place')
  const one = await current.textContent()
  await designer.press('F8')
  await expect(current).not.toHaveText(String(one))
  await designer.press('Shift+F8')
  await expect(current).toHaveText(String(one))
})

test('the editor marks the line, and Ctrl+. offers the fix', async ({ strip, designer }) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  await strip.rows('L1').getByRole('button').first().click()
  await expect(designer.yaml.locator('.squiggly-error').first()).toBeVisible()
  await designer.yaml.locator('.squiggly-error').first().click({ force: true })
  await designer.press('Control+.')
  const menu = designer.page.locator('.action-widget').first()
  await expect(menu).toBeVisible()
  await designer.press('Enter')
  await designer.expectTextWith('sni: edition.cnn.com')
})

for (const [ends, end] of [
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)
  test(`marks are under what is wrong in the text that came, not where it was in the one before: lines end with ${ends}`, async ({
    strip,
    designer,
  }) => {
    await strip.import(
      `# mine\n\n${golden('tls-origination-mtls').replace('  resolution: DNS\n', '  resolution: NOWHERE\n')}`.replaceAll('\n', end),
    )
    await strip.open('Problems')
    await strip.rows('S-enum').getByRole('button').first().click()
    const wrong = designer.yaml.locator('.view-line span', { hasText: /^NOWHERE$/ }).last()
    const mark = designer.yaml.locator('.squiggly-error')
    // Monaco draws both anew whenever it lays out its lines: only what is there at the same time can be compared.
    await expect(async () => {
      const [word, under] = await Promise.all([wrong.boundingBox(), mark.boundingBox()])
      if (!word || !under) throw new Error('One of them is not drawn.')
      expect(Math.abs(under.x - word.x)).toBeLessThan(3)
      expect(Math.abs(under.width - word.width)).toBeLessThan(3)
      expect(Math.abs(under.y - word.y)).toBeLessThan(12)
    }).toPass()
    await expect(mark).toHaveCount(1)
  })

test('the menu of quick fixes shows what one would change', async ({ strip, designer, page }) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  await strip.rows('L1').getByRole('button').first().click()
  await designer.yaml.locator('.squiggly-error').first().click({ force: true })
  await designer.press('Control+.')
  const menu = page.locator('.action-widget').first()
  await expect(menu.getByText(/^Show what changes/).first()).toBeVisible()
  await designer.press('ArrowUp')
  await designer.press('Enter')
  await expect(page.getByRole('dialog', { name: 'What the fix changes' })).toContainText('sni: edition.cnn.com')
  await designer.press('Escape')
  await designer.expectText(withoutSni())
})

test('what istioctl analyze will say is foretold', async ({ strip }) => {
  await strip.import(golden('sidecar-origination'))
  await strip.open('Problems')
  const foretold = strip.problems.getByRole('region', { name: 'What istioctl analyze will say' })
  await foretold.getByRole('button', { name: /What istioctl analyze will say/ }).click()
  await expect(foretold.getByRole('listitem').first()).toContainText(/IST0\d+/)
  await expect(foretold).toContainText('Harmless here.')
})

test('ways past the gateway are told, and what closes them', async ({ strip }) => {
  await strip.open('Problems')
  const ways = strip.problems.getByRole('region', { name: 'Can it be reached without the gateway?' })
  await ways.getByRole('button', { name: /Can it be reached/ }).click()
  await expect(ways.getByRole('listitem').first()).toContainText('default/sleep → edition.cnn.com')
  await expect(ways).toContainText('Closed by')
  await expect(ways).toContainText('NetworkPolicy')
})

test('the list speaks Chinese', async ({ strip, page }) => {
  await strip.import(withoutSni())
  await strip.open('Problems')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh')
  const region = page.getByRole('region', { name: '问题', exact: true })
  await expect(region.getByRole('listitem').filter({ hasText: 'L1' })).toContainText('错误')
  await expect(region.getByRole('button', { name: '修复', exact: true })).toBeVisible()
})
