/** Choosing the TLS of a hop: only what makes sense can be chosen, what cannot says why, and the YAML follows. */
import { expectClean } from './axe'
import { type Designer, expect, first, golden, inMotion, test } from './designer'

test.use(inMotion)

const mutual = 'gateway istio-egressgateway to host edition.cnn.com, MUTUAL'
const passthrough = 'gateway istio-egressgateway to host edition.cnn.com, PASSTHROUGH'
const https = 'pod sleep to sidecar sleep, HTTPS'

test('a click on a hop opens its picker; the choice renames the hop and changes the YAML', async ({ designer }) => {
  await designer.expectTextWith(/mode: SIMPLE/)
  await designer.hop(first.outside).click()
  await expect(designer.picker).toHaveCount(1)
  await expect(designer.picker).toHaveValue('SIMPLE')
  await designer.picker.selectOption('MUTUAL')
  await expect(designer.hop(mutual)).toBeVisible()
  await expect(designer.hop(first.outside)).toHaveCount(0)
  await designer.expectTextWith(/mode: MUTUAL\n/)
  expect(await designer.text()).not.toContain('mode: SIMPLE')
})

test('a click on an entry of the list chooses it', async ({ designer }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await expect(designer.hop('gateway istio-egressgateway to host edition.cnn.com, DISABLE')).toBeVisible()
  await designer.expectText(golden('http-gateway-mtls'))
})

test('MUTUAL asks for a certificate and offers a name for it', async ({ designer }) => {
  await designer.hop(first.outside).click()
  await designer.picker.selectOption('MUTUAL')
  await expect(designer.inspector).toContainText('MUTUAL needs a client certificate')
  await expect(designer.yaml).toContainText('1 error')
  await designer.inspector.getByRole('button', { name: 'Use client-credential' }).click()
  await expect(designer.field('credentialName')).toHaveValue('client-credential')
  await expect(designer.inspector).not.toContainText('MUTUAL needs a client certificate')
  await expect(designer.yaml).toContainText('No problems')
  await designer.expectTextWith(/mode: MUTUAL\n\s+credentialName: client-credential\n/)
})

test('what cannot be chosen stays in the list and says why', async ({ designer }) => {
  await designer.hop(first.outside).click()
  const refused = designer.canvas.getByRole('option', { name: /^PASSTHROUGH/ })
  await expect(refused).toBeDisabled()
  await expect(refused).toContainText('App sends HTTP: no TLS to pass.')
  await expect(designer.canvas.getByRole('option', { name: /^ISTIO_MUTUAL/ })).toBeDisabled()
  for (const mode of [/^DISABLE/, /^SIMPLE/, /^MUTUAL/]) await expect(designer.canvas.getByRole('option', { name: mode })).toBeEnabled()
})

test('on the hop to the gateway only DISABLE and ISTIO_MUTUAL stand', async ({ designer }) => {
  await designer.hop(first.mesh).click()
  for (const mode of [/^SIMPLE/, /^MUTUAL/, /^PASSTHROUGH/])
    await expect(designer.canvas.getByRole('option', { name: mode })).toBeDisabled()
  await designer.picker.selectOption('DISABLE')
  await designer.expectText(golden('tls-origination'))
})

test('what the app sends changes the hop outside with it, as one step', async ({ designer }) => {
  await designer.hop(first.app).click()
  await designer.canvas.getByRole('combobox', { name: 'App sends' }).selectOption('HTTPS')
  await expect(designer.hop(https)).toBeVisible()
  await expect(designer.hop(passthrough)).toBeVisible()
  await designer.expectText(golden('https-passthrough-mtls'))
  await designer.undo.click()
  await expect(designer.hop(first.app)).toBeVisible()
  await expect(designer.hop(first.outside)).toBeVisible()
  await designer.expectText(golden('tls-origination-mtls'))
  await expect(designer.undo).toBeDisabled()
})

test('the inspector offers the way to a mode that is refused, as one step', async ({ designer }) => {
  await designer.selectHop(first.outside)
  await designer.inspector.getByRole('button', { name: 'App sends HTTPS instead: PASSTHROUGH' }).click()
  await expect(designer.hop(passthrough)).toBeVisible()
  await expect(designer.hop(https)).toBeVisible()
  await designer.undo.click()
  await expect(designer.hop(first.outside)).toBeVisible()
  await expect(designer.undo).toBeDisabled()
})

test('keys alone do it: Tab to the hop, Enter, arrow, Enter', async ({ designer }) => {
  await tabTo(designer, first.outside)
  await designer.press('Enter')
  await expect(designer.canvas.getByRole('option', { name: /^SIMPLE/ })).toBeFocused()
  await designer.press('ArrowDown')
  await expect(designer.canvas.getByRole('option', { name: /^MUTUAL/ })).toBeFocused()
  await designer.press('Enter')
  await expect(designer.hop(mutual)).toBeVisible()
  await designer.expectTextWith(/mode: MUTUAL\n/)
})

test('Escape leaves the list and changes nothing', async ({ designer }) => {
  await tabTo(designer, first.outside)
  await designer.press('Enter')
  await designer.press('ArrowDown')
  await designer.press('Escape')
  await expect(designer.canvas.getByRole('option', { name: /^MUTUAL/ })).toBeHidden()
  await expect(designer.hop(first.outside)).toBeVisible()
  await expect(designer.undo).toBeDisabled()
})

async function tabTo(designer: Designer, name: string): Promise<void> {
  const hop = designer.hop(name)
  for (let presses = 0; presses < 60; presses++) {
    if (await hop.evaluate((element) => element === document.activeElement)) return
    await designer.press('Tab')
  }
  throw new Error(`Tab never reaches ${name}.`)
}

test.describe('what another pod on the same hop stands against', () => {
  const [shared, own] = ['SIMPLE', 'PASSTHROUGH'].map((mode) => `gateway istio-egressgateway to host api.example.com, ${mode}`) as [
    string,
    string,
  ]

  test.beforeEach(async ({ designer }) => {
    await designer.drawFlows(
      'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> api.example.com SIMPLE',
      'billing HTTP -> istio-egressgateway ISTIO_MUTUAL -> api.example.com SIMPLE',
    )
    await designer.hop('pod sleep to sidecar sleep, HTTP').click()
    await expect(designer.canvas.getByRole('option', { name: /^HTTPS / })).toBeDisabled()
    await designer.press('Escape')
    await expect(designer.inspector).toContainText('billing says HTTP over the same hop to api.example.com.')
  })

  test('a hop of its own, as one step, and no card moves', async ({ designer }) => {
    await designer.dragNode('host api.example.com', { x: 30, y: 90 })
    await expect(designer.undo).toHaveAttribute('title', /move/)
    await designer.hop('pod sleep to sidecar sleep, HTTP').click()
    await designer.press('Escape')
    const place = await designer.offset('host api.example.com', 'pod sleep')
    await designer.inspector.getByRole('button', { name: 'Give sleep a hop of its own to api.example.com' }).click()
    await expect(designer.hop(own)).toBeVisible()
    await expect(designer.hop(shared)).toBeVisible()
    await expect(designer.hop('pod sleep to sidecar sleep, HTTPS')).toBeVisible()
    await expect(designer.hop('pod billing to sidecar billing, HTTP')).toBeVisible()
    expect(await designer.offset('host api.example.com', 'pod sleep')).toEqual(place)
    await designer.undo.click()
    await expect(designer.hop(own)).toHaveCount(0)
    await expect(designer.hop('pod sleep to sidecar sleep, HTTP')).toBeVisible()
  })

  test('the same for both, as one step', async ({ designer }) => {
    await expectClean(designer.page, { within: '.inspector' })
    await designer.inspector.getByRole('button', { name: 'sleep and billing send HTTPS to api.example.com' }).click()
    await expect(designer.hop(own)).toBeVisible()
    await expect(designer.hop(shared)).toHaveCount(0)
    await expect(designer.hop('pod billing to sidecar billing, HTTPS')).toBeVisible()
    await designer.hop(own).click()
    await designer.press('Escape')
    await designer.inspector.getByRole('button', { name: 'All of them send HTTP instead: SIMPLE' }).click()
    await expect(designer.hop(shared)).toBeVisible()
    await expect(designer.hop('pod sleep to sidecar sleep, HTTP')).toBeVisible()
    await designer.undo.click()
    await expect(designer.hop(own)).toBeVisible()
  })
})
