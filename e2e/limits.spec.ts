/** A thousand hosts, ten thousand documents, a hundred edits: the page does them as it does few. `npm run bench` tells what they cost. */
import { boxOf, type Designer, expect, first, test } from './designer'

const many = 1000
const lines = Array.from(
  { length: many },
  (_, index) => `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> host-${index}.example.com SIMPLE`,
)

const patience = { timeout: 240_000 }

test.describe.configure({ timeout: 600_000 })

test('a thousand flows are pasted at once; a host is renamed in the inspector; a card is dragged as one step', async ({
  designer,
  page,
}) => {
  await designer.drawFlows(...lines)
  await expect.poll(() => designer.text(), patience).toContain('host-999.example.com')
  await expect(designer.yaml).toContainText('No problems')

  const card = await comeClose(designer)
  await page.mouse.click(card.x, card.y)
  const field = designer.field('Host name')
  await expect(field).toHaveValue(card.host)
  await field.press('Home')
  for (const letter of 'abc') await designer.press(letter)
  await expect(field).toHaveValue(`abc${card.host}`)
  await expect.poll(() => designer.text(), patience).toContain(`abc${card.host}`)

  const dragged = designer.node(`host abc${card.host}`)
  const before = await boxOf(dragged)
  await page.mouse.move(card.x, card.y)
  await page.mouse.down()
  for (let step = 1; step <= 20; step++) await page.mouse.move(card.x + step, card.y + step)
  await page.mouse.up()
  await expect.poll(async () => Math.round((await boxOf(dragged)).y - before.y)).toBeGreaterThan(5)
  await designer.undo.click()
  await expect.poll(async () => Math.round((await boxOf(dragged)).y - before.y)).toBe(0)
})

test('ten thousand documents are read and drawn in pieces, with progress', async ({ designer: { page } }) => {
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Import' })
  const yaml = Array.from({ length: 2500 }, (_, index) => fourDocuments(`host-${index}.example.com`, index)).join('---\n')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'all.yaml', mimeType: 'text/yaml', buffer: Buffer.from(yaml) })
  await expect(dialog).toContainText(/Reading documents: [\d,]+ of 10,000/)
  await expect(dialog).toContainText('Drawn: 1 client, 1 gateway, 2500 hosts.', patience)
})

test('undo after a hundred edits goes all the way back', async ({ designer }) => {
  const before = await designer.text()
  await designer.clickNode(first.host)
  for (let edits = 0; edits < 100; edits++) await designer.press(edits % 2 ? 'Alt+ArrowUp' : 'Alt+ArrowDown')
  await designer.button('Add Host').click()
  for (let edits = 0; edits < 101; edits++) await designer.press('Control+z')
  await expect(designer.undo).toBeDisabled()
  expect(await designer.text()).toBe(before)
  await expect(designer.nodes('host')).toHaveCount(1)
})

/** C6 for one host, with objects of its own (istio/README 3.1). */
const fourDocuments = (host: string, index: number): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: h${index}, namespace: default }
spec:
  hosts: [${host}]
  ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: https, protocol: HTTPS }]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g${index}, namespace: default }
spec:
  selector: { istio: egressgateway }
  servers: [{ port: { number: 80, name: https, protocol: HTTPS }, hosts: [${host}], tls: { mode: ISTIO_MUTUAL } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: d${index}, namespace: istio-system }
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets: [{ name: s${index}, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: ISTIO_MUTUAL, sni: ${host} } }] } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v${index}, namespace: default }
spec:
  hosts: [${host}]
  gateways: [mesh, g${index}]
  http:
  - match: [{ gateways: [mesh], port: 80 }]
    route: [{ destination: { host: istio-egressgateway.istio-system.svc.cluster.local, subset: s${index}, port: { number: 80 } } }]
  - match: [{ gateways: [g${index}], port: 80 }]
    route: [{ destination: { host: ${host}, port: { number: 443 } } }]
`

/** Zooms in until cards can be read; tells of one of a host where its head is. */
async function comeClose({ page, canvas }: Designer): Promise<{ host: string; x: number; y: number }> {
  await page.getByRole('button', { name: 'Show all' }).click()
  const zoom = async () => Number.parseInt(String(await canvas.getByRole('toolbar').textContent()), 10)
  expect(await zoom()).toBeLessThan(10)
  for (let step = 0; step < 30 && (await zoom()) < 50; step++) await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect(canvas.getByRole('toolbar')).toContainText(/[5-9]\d%/)
  const { x, y, width, height } = await boxOf(canvas)
  const cards = await canvas.getByRole('group', { name: /^host / }).evaluateAll((nodes) =>
    nodes.map((node) => ({
      host: String(node.ariaLabel).replace('host ', ''),
      x: node.getBoundingClientRect().x + 40,
      y: node.getBoundingClientRect().y + 12,
    })),
  )
  const card = cards.find((card) => card.x > x + 20 && card.y > y + 80 && card.x < x + width - 100 && card.y < y + height - 200)
  if (!card) throw new Error('No host is in view.')
  return card
}
