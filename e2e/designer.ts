/** What the stories do and look at, by the names that people hear and see. The `test` here opens the app as a new user finds it. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import { expect, inMotion, test as quiet } from './quiet'

export { expect, inMotion }

export const test = quiet.extend<{ designer: Designer }>({
  designer: async ({ page }, use) => {
    const designer = new Designer(page)
    await designer.open()
    await use(designer)
  },
})

/** The nodes and hops of the first visit. */
export const first = {
  pod: 'pod sleep',
  sidecar: 'sidecar sleep',
  gateway: 'gateway istio-egressgateway',
  host: 'host edition.cnn.com',
  app: 'pod sleep to sidecar sleep, HTTP',
  mesh: 'sidecar sleep to gateway istio-egressgateway, ISTIO_MUTUAL',
  outside: 'gateway istio-egressgateway to host edition.cnn.com, SIMPLE',
} as const

/** Each language in each theme, and both in each width: every two of them meet, and nothing that axe looks at depends on all three. */
export const looks = <Width>(wide: Width, narrow: Width) =>
  [
    ['en', 'light', wide],
    ['en', 'dark', narrow],
    ['zh', 'light', narrow],
    ['zh', 'dark', wide],
  ] as const

/** The YAML that the unit tests have written for an example. */
export const golden = (example: string, dialect = 'istio-v1'): string =>
  readFileSync(fileURLToPath(new URL(`../src/examples/golden/${example}.${dialect}.yaml`, import.meta.url)), 'utf8')

export class Designer {
  readonly page: Page
  readonly canvas: Locator
  readonly yaml: Locator
  readonly inspector: Locator
  /** The whole text; Monaco itself draws only the lines that are on the screen. */
  private readonly whole: Locator

  constructor(page: Page) {
    this.page = page
    this.canvas = page.getByRole('region', { name: 'Canvas', exact: true })
    this.yaml = page.getByRole('region', { name: 'YAML', exact: true })
    this.inspector = page.getByRole('region', { name: 'Inspector', exact: true })
    this.whole = this.yaml.locator('pre')
  }

  async open(): Promise<void> {
    await this.page.goto('./')
    await this.ready()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.ready()
  }

  /** Canvas and Monaco are there. */
  async ready(): Promise<void> {
    await expect(this.canvas).toBeVisible()
    await expect(this.yaml.getByRole('code')).toContainText('apiVersion')
  }

  // What is there

  node(name: string): Locator {
    return this.canvas.getByRole('group', { name, exact: true })
  }

  /** All nodes, or those of a kind. */
  nodes(kind = '(pod|sidecar|gateway|host)'): Locator {
    return this.canvas.getByRole('group', { name: new RegExp(`^${kind}( |$)`) })
  }

  hop(name: string): Locator {
    return this.canvas.getByRole('button', { name, exact: true })
  }

  /** The hops between cards; what a pod says to its sidecar is drawn on the card. */
  hops(): Locator {
    return this.canvas.getByRole('button', { name: /^(sidecar|gateway) .* to .*, [A-Z_]+$/ })
  }

  /** The wires themselves, to be counted. */
  wires(): Locator {
    return this.canvas.locator('.react-flow__edge')
  }

  text(): Promise<string> {
    return this.whole.textContent().then(String)
  }

  async expectText(text: string): Promise<void> {
    await expect.poll(() => this.text()).toBe(text)
  }

  async expectTextWith(...parts: (string | RegExp)[]): Promise<void> {
    for (const part of parts) await expect.poll(() => this.text()).toMatch(typeof part === 'string' ? new RegExp(escaped(part)) : part)
  }

  /** The objects in the order of the text. */
  async kinds(): Promise<string[]> {
    return [...(await this.text()).matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => String(kind))
  }

  /** The sentence at the foot of the canvas, which screen readers hear. */
  get notice(): Locator {
    return this.canvas.getByRole('status')
  }

  /** The lines that Monaco has on the screen, from top to bottom. */
  shownLines(): Promise<string[]> {
    return this.yaml.getByRole('code').evaluate((code) =>
      [...code.querySelectorAll('.view-line')]
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent.replaceAll('\u00a0', ' ') }))
        .toSorted((a, b) => a.top - b.top)
        .map(({ text }) => text),
    )
  }

  /** Those of them that are highlighted. */
  markedLines(): Promise<string[]> {
    return this.yaml.getByRole('code').evaluate((code) => {
      const tops = new Set(
        [...code.querySelectorAll('.view-overlays .yaml-mark')].map((mark) => Math.round(mark.getBoundingClientRect().top)),
      )
      return [...code.querySelectorAll('.view-line')]
        .filter((line) => tops.has(Math.round(line.getBoundingClientRect().top)))
        .map((line) => line.textContent.replaceAll('\u00a0', ' ').trim())
    })
  }

  /** How many pixels of the canvas one node is right of and below another, whatever the zoom. */
  async offset(of: string, from: string): Promise<{ x: number; y: number }> {
    const [a, b] = [await boxOf(this.node(of)), await boxOf(this.node(from))]
    const zoom = Number.parseInt(String(await this.canvas.getByRole('toolbar').textContent()), 10) / 100
    return { x: Math.round((a.x - b.x) / zoom), y: Math.round((a.y - b.y) / zoom) }
  }

  // What can be done

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  field(name: string): Locator {
    return this.inspector.getByRole('textbox', { name, exact: true })
  }

  get undo(): Locator {
    return this.button('Undo')
  }

  get redo(): Locator {
    return this.button('Redo')
  }

  get picker(): Locator {
    return this.canvas.getByRole('combobox', { name: 'TLS mode' })
  }

  get designName(): Locator {
    return this.page.getByRole('textbox', { name: 'Name of the design' })
  }

  /** Opens the picker of a hop and chooses, as a person does with the mouse. */
  async chooseTls(hop: string, mode: string): Promise<void> {
    await this.hop(hop).click()
    await this.canvas.getByRole('option', { name: new RegExp(`^${mode} `) }).click()
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys)
  }

  /** The header says that the work is kept: what it does not say now is in the page too, unseen. */
  async expectSaved(): Promise<void> {
    await expect(this.page.getByRole('banner').getByText('Saved in this browser')).toBeVisible()
  }

  /** Everything away. */
  async clear(): Promise<void> {
    await this.canvas.focus()
    await this.press('Control+a')
    await this.press('Delete')
    await expect(this.nodes()).toHaveCount(0)
  }

  async addFlows(...lines: string[]): Promise<void> {
    await this.button('Add flow').click()
    const dialog = this.page.getByRole('dialog', { name: 'Add flow' })
    await dialog.getByRole('textbox', { name: 'Flows, one a line' }).fill(lines.join('\n'))
    await dialog.getByRole('button', { name: 'Draw them' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Starts from these flows alone. */
  async drawFlows(...lines: string[]): Promise<void> {
    await this.clear()
    await this.addFlows(...lines)
  }

  async openExample(title: string): Promise<void> {
    await this.button('Gallery').click()
    await this.page
      .getByRole('dialog', { name: 'Gallery' })
      .getByRole('button', { name: `Open “${title}”`, exact: true })
      .click()
  }

  /** The dot at the right of a card, from which a hop is drawn. */
  dot(name: string): Locator {
    return this.canvas.getByTitle(`Connect ${name} to …`)
  }

  /** Takes a card by its head. */
  async dragNode(name: string, by: { x: number; y: number }): Promise<void> {
    const { x, y } = await boxOf(this.node(name))
    const { mouse } = this.page
    await mouse.move(x + 60, y + 18)
    await mouse.down()
    // Where the drag begins is where the card follows from.
    await mouse.move(x + 60, y + 22)
    await mouse.move(x + 60 + by.x / 2, y + 18 + by.y / 2, { steps: 3 })
    await mouse.move(x + 60 + by.x, y + 18 + by.y, { steps: 3 })
    await mouse.up()
  }

  /** Selects a node by a click on the head of its card. */
  async clickNode(name: string, ...modifiers: ('Shift' | 'Control')[]): Promise<void> {
    await this.node(name).click({ position: { x: 60, y: 18 }, modifiers })
  }

  /** Selects a hop without changing it. */
  async selectHop(name: string): Promise<void> {
    await this.hop(name).click()
    await this.press('Escape')
    await expect(this.canvas.getByRole('option').first()).toBeHidden()
    await expect(this.hop(name)).toHaveAttribute('aria-pressed', 'true')
  }

  async dragFrom(start: Locator, to: { x: number; y: number }): Promise<void> {
    const from = await middle(start)
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
    await mouse.move(to.x, to.y, { steps: 4 })
    await mouse.up()
  }

  /** Draws a hop by hand: from the dot of one card onto another card. */
  async drawHop(from: Locator, to: Locator): Promise<void> {
    await this.dragFrom(from, await middle(to))
  }

  /** A place of the canvas, counted from its upper left corner. */
  async place(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await boxOf(this.canvas)
    return { x: box.x + x, y: box.y + y }
  }
}

export async function boxOf(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await of.boundingBox()
  if (!box) throw new Error(`${of} is not on the screen.`)
  return box
}

export async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await boxOf(of)
  return { x: x + width / 2, y: y + height / 2 }
}

/** Positions are whole pixels on the canvas and fractions of them on the screen. */
export function expectNear(actual: { x: number; y: number }, expected: { x: number; y: number }, by = 6): void {
  expect(Math.abs(actual.x - expected.x), `x is ${actual.x}, not about ${expected.x}`).toBeLessThanOrEqual(by)
  expect(Math.abs(actual.y - expected.y), `y is ${actual.y}, not about ${expected.y}`).toBeLessThanOrEqual(by)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
