/** A request walks hop by hop through what is written, and dies where a real Envoy would let it die. */
import { expect, first, inMotion, test as plain } from './designer'
import { Strip, withoutSni } from './understanding'

const test = plain.extend<{ strip: Strip }>({
  strip: async ({ designer }, use) => {
    await use(new Strip(designer.page))
  },
})
const url = 'http://edition.cnn.com/politics'

test.use(inMotion)

test('a request arrives: every hop is a step, and everybody’s view of it is told', async ({ strip }) => {
  await strip.send(url)
  await expect(strip.trace.getByRole('combobox', { name: 'From' })).toHaveValue('default/sleep')
  const texts = await strip.steps.allTextContents()
  expect(texts.length).toBeGreaterThan(4)
  expect(texts[0]).toContain('sleep')
  expect(texts.join(' ')).toContain('mTLS')
  expect(texts.at(-1)).toContain('edition.cnn.com')
  await expect(strip.trace).toContainText('HTTP 200')
  await expect(strip.trace).toContainText('port 443')
  // The lines that a real mesh prints, as the lab has recorded them; what varies is left out.
  await expect(strip.trace).toContainText('"GET /politics HTTP/1.1" 200 - via_upstream')
  await expect(strip.trace).toContainText('"GET /politics HTTP/2" 200 - via_upstream')
  await expect(strip.trace).toContainText('outbound|443|originate|edition.cnn.com')
})

test('without the SNI it dies at the gateway, as Envoy lets it; Fix mends it', async ({ strip, designer }) => {
  await strip.import(withoutSni())
  await strip.send(url)
  const dead = strip.steps.filter({ hasText: 'Dies here' })
  await expect(dead).toHaveCount(1)
  await expect(dead).toContainText('NR filter_chain_not_found')
  await expect(strip.trace).toContainText('HTTP 503')
  await expect(strip.trace).toContainText('0 NR filter_chain_not_found')
  await expect(strip.trace.locator('[aria-live="polite"]')).toContainText(/\S/)
  await strip.trace.getByRole('button', { name: 'Fix', exact: true }).click()
  await expect(strip.trace).toContainText('HTTP 200')
  await designer.expectTextWith('sni: edition.cnn.com')
})

test('the lines that decided a step are a click away', async ({ strip, designer }) => {
  await strip.send(url)
  await strip.trace
    .getByRole('button', { name: /^Decided by DestinationRule/ })
    .first()
    .click()
  await expect
    .poll(async () => (await designer.shownLines()).some((line) => line.includes('kind: DestinationRule') || line.includes('mode:')))
    .toBe(true)
})

test('steps are walked by buttons and by arrow keys', async ({ strip, designer }) => {
  await strip.send(url)
  await strip.trace.getByRole('button', { name: 'Pause' }).click()
  await strip.steps.first().getByRole('button').first().click()
  await expect(strip.steps.first()).toHaveAttribute('aria-current', 'step')
  await designer.press('ArrowRight')
  await expect(strip.steps.nth(1)).toHaveAttribute('aria-current', 'step')
  await expect(strip.steps.nth(1).getByRole('button').first()).toBeFocused()
  await designer.press('End')
  await expect(strip.steps.last()).toHaveAttribute('aria-current', 'step')
  await strip.trace.getByRole('button', { name: 'Previous step' }).click()
  await expect(strip.steps.last()).not.toHaveAttribute('aria-current', 'step')
  await strip.trace.getByRole('button', { name: 'Next step' }).click()
  await expect(strip.steps.last()).toHaveAttribute('aria-current', 'step')
})

test('the walk is drawn: numbers at the cards, and a mark with words where it dies', async ({ strip, designer }) => {
  await strip.import(withoutSni())
  await strip.send(url)
  await strip.trace.getByRole('button', { name: 'Pause' }).click()
  await strip.steps.filter({ hasText: 'Dies here' }).getByRole('button').first().click()
  await expect(designer.canvas.locator('.walk-death')).toContainText('NR filter_chain_not_found')
  await expect(designer.canvas.locator('.walk-number.dead')).toHaveCount(1)
  await strip.open('Problems')
  await expect(designer.canvas.locator('.walk-number')).toHaveCount(0)
})

test.describe('with less motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('nothing plays by itself: the last step is shown', async ({ strip }) => {
    await strip.send(url)
    await expect(strip.steps.last()).toHaveAttribute('aria-current', 'step')
    await expect(strip.trace.getByRole('button', { name: 'Play' })).toBeVisible()
  })
})

test('a request is sent from a node', async ({ strip, designer }) => {
  await designer.clickNode(first.host)
  await designer.inspector.getByRole('button', { name: 'Send a request this way' }).click()
  await expect(strip.trace.getByRole('textbox', { name: 'URL' })).toHaveValue('http://edition.cnn.com/')
  await expect(strip.steps.first()).toBeVisible()
})

test('what is no URL is refused with a sentence', async ({ strip }) => {
  await strip.open('Trace')
  await strip.trace.getByRole('textbox', { name: 'URL' }).fill('edition.cnn.com')
  await strip.trace.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(strip.trace.getByRole('alert')).toContainText('http://')
  await expect(strip.steps).toHaveCount(0)
})
