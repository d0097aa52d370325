/** The whole job by keys alone, and the same by mouse alone; both count what it takes. */
import type { Locator, Page } from '@playwright/test'
import { type Designer, expect, first, test } from './designer'

/** Two namespaces, three hosts, one gateway with mutual TLS inside; TLS is originated for one host. */
async function expectDrawn(designer: Designer): Promise<void> {
  for (const pod of ['w', 'j']) await expect(designer.hop(`sidecar ${pod} to gateway istio-egressgateway, ISTIO_MUTUAL`)).toBeVisible()
  await expect(designer.hop('gateway istio-egressgateway to host a.io, SIMPLE')).toBeVisible()
  for (const host of ['b.io', 'c.io']) await expect(designer.hop(`gateway istio-egressgateway to host ${host}, DISABLE`)).toBeVisible()
  await expect(designer.wires()).toHaveCount(5)
  for (const namespace of ['a', 'b'])
    await expect(designer.canvas.getByRole('region', { name: `Namespace ${namespace}, No guard` })).toBeVisible()
  await designer.expectTextWith('kind: Gateway', 'mode: ISTIO_MUTUAL', 'mode: SIMPLE', '- a.io', '- b.io', '- c.io')
  await expect(designer.yaml).toContainText('No problems')
}

/** Counts keys that are pressed, one for each letter and one for each with Ctrl. */
class Keys {
  count = 0
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.count++
      await this.page.keyboard.press(key)
    }
  }

  /** Letters, which all count. */
  async type(text: string): Promise<void> {
    await this.press(...text)
  }
}

const nameField = (designer: Designer, of: string) => designer.canvas.getByRole('textbox', { name: `Name of ${of}` })

test('two namespaces, three hosts and a gateway are drawn by at most 40 keys', async ({ designer, page }) => {
  const keys = new Keys(page)
  const naming = (of: string) => expect(nameField(designer, of)).toBeFocused()
  /** The mode above the one that the hop has. */
  const above = async (hop: string) => {
    await keys.press('m')
    await expect(designer.canvas.getByRole('option', { name: /^SIMPLE/ })).toBeFocused()
    await keys.press('ArrowUp', 'Enter')
    await expect(designer.hop(hop)).toBeFocused()
  }
  await designer.canvas.focus()
  await keys.press('Control+a', 'Delete', 'p')
  await naming('pod sleep')
  await keys.type('a/w')
  await keys.press('Control+ArrowRight')
  await expect(page.getByRole('menuitem', { name: 'New Gateway' })).toBeFocused()
  await keys.press('Enter')
  await naming('gateway istio-egressgateway')
  await keys.press('Control+ArrowRight')
  await naming('host edition.cnn.com')
  await keys.type('a.io')
  await keys.press('Control+ArrowDown')
  await naming('host edition.cnn.com')
  await keys.type('b.io')
  await keys.press('Enter', 'ArrowLeft')
  await above('gateway istio-egressgateway to host b.io, DISABLE')
  await keys.press('ArrowRight', 'Control+ArrowDown')
  await naming('host edition.cnn.com')
  await keys.type('c.io')
  await keys.press('Enter', 'ArrowLeft')
  await above('gateway istio-egressgateway to host c.io, DISABLE')
  await keys.press('ArrowLeft', 'Control+ArrowLeft')
  await naming('pod sleep')
  await keys.type('b/j')
  await keys.press('Enter')
  await expectDrawn(designer)
  expect(keys.count).toBeLessThanOrEqual(40)
})

/** Counts clicks and drags. */
class Hand {
  count = 0
  private readonly designer: Designer

  constructor(designer: Designer) {
    this.designer = designer
  }

  async click(what: Locator): Promise<void> {
    this.count++
    await what.click()
  }

  /** From the dot of a card to a place of the canvas, where a menu offers what can follow. */
  async goOn(from: string, to: [x: number, y: number], item: string, name: string): Promise<void> {
    this.count++
    await this.designer.dragFrom(this.designer.dot(from), await this.designer.place(...to))
    await this.click(this.designer.page.getByRole('menuitem', { name: item }))
    await this.name(name)
  }

  async connect(from: string, to: Locator): Promise<void> {
    this.count++
    await this.designer.drawHop(this.designer.dot(from), to)
  }

  /** A new node begins with its name. */
  async name(name: string): Promise<void> {
    const field = this.designer.canvas.getByRole('textbox', { name: /^Name of / })
    await expect(field).toBeFocused()
    await field.fill(name)
    await this.designer.press('Enter')
    await expect(field).toHaveCount(0)
  }
}

test('the same is drawn by at most 20 clicks and drags', async ({ designer, page }) => {
  const hand = new Hand(designer)
  const disable = async (host: string) => {
    await hand.click(designer.hop(`gateway istio-egressgateway to host ${host}, SIMPLE`))
    await hand.click(designer.canvas.getByRole('option', { name: /^DISABLE / }))
  }
  await hand.click(designer.button('Designs'))
  await hand.click(page.getByRole('dialog').getByRole('button', { name: 'New design' }))
  await expect(designer.nodes()).toHaveCount(0)
  await hand.click(designer.button('Add Pod'))
  await hand.name('a/w')
  await hand.goOn('w', [420, 160], 'New Gateway', 'istio-egressgateway')
  for (const [host, y] of [
    ['a.io', 90],
    ['b.io', 230],
    ['c.io', 370],
  ] as const)
    await hand.goOn('istio-egressgateway', [760, y], 'New Host', host)
  await disable('b.io')
  await disable('c.io')
  await hand.click(designer.button('Add Pod'))
  await hand.name('b/j')
  await hand.connect('j', designer.node(first.gateway))
  await expectDrawn(designer)
  expect(hand.count).toBeLessThanOrEqual(20)
})

test('Tab reads the canvas as a path; arrows walk along it; what has the focus is selected', async ({ designer, page }) => {
  const path = [first.pod, first.app, first.sidecar, first.mesh, first.gateway, first.outside, first.host]
  const thing = (name: string) => designer.canvas.getByRole('group', { name, exact: true }).or(designer.hop(name))
  await designer.canvas.focus()
  for (const name of path) {
    await designer.press('Tab')
    await expect(thing(name)).toBeFocused()
  }
  await expect(designer.field('Host name')).toHaveValue('edition.cnn.com')
  for (const name of path.slice(0, -1).toReversed()) {
    await designer.press('ArrowLeft')
    await expect(thing(name)).toBeFocused()
  }
  await designer.press('ArrowLeft')
  await expect(designer.notice).toHaveText('Nothing is drawn in that direction.')
  await designer.press('Shift+Tab')
  await expect(page.locator('.rail button').last()).toBeFocused()
  await designer.press('Tab')
  await expect(thing(first.pod)).toBeFocused()
})

test('a name is edited on its card: F2, a double click, Escape one step back; what is removed leaves the focus to what is nearest', async ({
  designer,
}) => {
  await designer.node(first.host).focus()
  await designer.press('F2')
  await nameField(designer, first.host).fill('https://edition.cnn.com/politics')
  await designer.press('Enter')
  await expect(designer.canvas.getByRole('alert')).toHaveText(/edition\.cnn\.com/)
  await designer.press('Escape')
  await expect(designer.node(first.host)).toBeFocused()
  await designer.node(first.host).getByText('edition.cnn.com', { exact: true }).dblclick()
  await nameField(designer, first.host).fill('api.example.org')
  await designer.press('Enter')
  await expect(designer.node('host api.example.org')).toBeFocused()
  await designer.field('Host name').focus()
  await designer.press('Escape')
  await expect(designer.node('host api.example.org')).toBeFocused()
  await designer.press('Delete')
  await expect(designer.node(first.gateway)).toBeFocused()
  await designer.press('Escape')
  await expect(designer.canvas).toBeFocused()
  await expect(designer.inspector).toContainText('Outbound policy')
})
