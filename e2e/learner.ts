/** What a learner does in the page, act by act, in either language: things are named as on the canvas in English, and found by the words that are shown. */
import type { Locator, Page } from '@playwright/test'
import type { Lang } from '../src/core/base/text'
import type { Field } from '../src/core/model/field'
import { nodeKinds } from '../src/core/model/nodes'
import { tlsKinds } from '../src/core/model/tls'
import type { Asks } from '../src/lessons/kind'
import { first as enFirst } from '../src/words/en/first'
import { rest as enRest } from '../src/words/en/rest'
import type { Words } from '../src/words/kind'
import { first as zhFirst } from '../src/words/zh/first'
import { rest as zhRest } from '../src/words/zh/rest'
import { expect } from './designer'
import type { Act } from './learners/kind'

const catalogues = { en: { ...enFirst, ...enRest }, zh: { ...zhFirst, ...zhRest } }
const allFields: readonly Field[] = [...Object.values(nodeKinds), ...Object.values(tlsKinds)].flatMap(({ fields }) => fields)

export class Learner {
  readonly page: Page
  readonly lang: Lang
  readonly words: Words

  constructor(page: Page, lang: Lang) {
    this.page = page
    this.lang = lang
    this.words = catalogues[lang]
  }

  // Where things are

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  get canvas(): Locator {
    return this.region(this.words.canvas)
  }

  get inspector(): Locator {
    return this.region(this.words.inspector)
  }

  get yaml(): Locator {
    return this.region(this.words.yaml)
  }

  /** `host edition.cnn.com` in the words of the page. */
  named(node: string): string {
    const [kind = '', ...name] = node.split(' ')
    return filled(this.words.nodeLabel, { kind: this.words.kinds[kind as keyof Words['kinds']], name: name.join(' ') })
  }

  node(node: string): Locator {
    return this.canvas.getByRole('group', { name: this.named(node), exact: true })
  }

  /** The hop between two, of a mode or of any. */
  hop([from, to]: readonly [string, string], mode?: string): Locator {
    const name = filled(this.words.hopLabel, { from: this.named(from), to: this.named(to), mode: '\n' })
    const [before = '', after = ''] = name.split('\n').map(escaped)
    return this.canvas.getByRole('button', { name: new RegExp(`^${before}${mode ?? '[A-Z_]+'}${after}$`) })
  }

  // What is done

  async do(acts: readonly Act[]): Promise<void> {
    for (const act of acts) await this.one(act)
  }

  private async one(act: Act): Promise<void> {
    if ('send' in act) return this.send(act.send)
    if ('tls' in act) return this.choose([act.from, act.to], act.tls)
    if ('flow' in act) return this.addFlow(act.flow)
    if ('remove' in act) return this.remove(act.remove)
    if ('connect' in act) return this.connect(act.connect)
    if ('fix' in act) return this.fix(act.fix)
    if ('edit' in act) return this.edit(act.edit, act.by)
    if ('outbound' in act) return this.outbound(act.outbound)
    if ('guard' in act) return this.guard(act.guard)
    return this.field(act.of, act.field, act.value)
  }

  async send({ from, url, curl }: Asks): Promise<void> {
    if (curl) throw new Error('The Trace panel knows no arguments of curl.')
    const trace = await this.tab(this.words.strip.trace)
    await trace.getByRole('combobox', { name: this.words.strip.from, exact: true }).selectOption(from ?? 'default/sleep')
    await trace.getByRole('textbox', { name: this.words.strip.url }).fill(url)
    await this.page.keyboard.press('Enter')
    await expect(trace.getByRole('list', { name: this.words.strip.steps }).getByRole('listitem').first()).toBeVisible()
  }

  /** A tab of the strip below the canvas, opened. */
  private async tab(name: string): Promise<Locator> {
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${escaped(name)}`) })
    if ((await tab.getAttribute('aria-selected')) !== 'true' || !(await this.region(name).isVisible())) await tab.click()
    await expect(this.region(name)).toBeVisible()
    return this.region(name)
  }

  private async choose(hop: readonly [string, string], mode: string): Promise<void> {
    await this.hop(hop).focus()
    await this.page.keyboard.press('Enter')
    await this.canvas.getByRole('option', { name: new RegExp(`^${mode} `) }).click()
    await expect(this.hop(hop, mode)).toBeVisible()
  }

  private async addFlow(lines: string): Promise<void> {
    await this.button(this.words.addFlow).click()
    const dialog = this.page.getByRole('dialog', { name: this.words.addFlow })
    await dialog.getByRole('textbox', { name: this.words.addFlowLines }).fill(lines)
    await this.page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
  }

  private async select(of: string | readonly [string, string]): Promise<Locator> {
    if (typeof of === 'string') {
      await this.node(of).focus()
      await this.page.keyboard.press('Space')
      return this.node(of)
    }
    await this.hop(of).click()
    await this.page.keyboard.press('Escape')
    await expect(this.canvas.getByRole('option').first()).toBeHidden()
    await expect(this.hop(of)).toHaveAttribute('aria-pressed', 'true')
    return this.hop(of)
  }

  private async remove(of: string | readonly [string, string]): Promise<void> {
    const it = await this.select(of)
    await this.page.keyboard.press('Delete')
    await expect(it).toHaveCount(0)
  }

  /** By the menu of a node; a pod goes on from its sidecar. */
  private async connect([from, to]: readonly [string, string]): Promise<void> {
    await this.node(from).focus()
    await this.page.keyboard.press('Control+ArrowRight')
    await this.page.getByRole('menuitem', { name: this.named(to) }).click()
    await expect(this.hop([from.replace(/^pod /, 'sidecar '), to])).toBeVisible()
  }

  private async fix(code: string): Promise<void> {
    const problems = await this.tab(this.words.strip.problems)
    const [row, before] = [this.row(problems, code), await this.text()]
    await row.getByRole('button', { name: this.words.strip.fix, exact: true }).click()
    await expect.poll(() => this.text()).not.toBe(before)
  }

  /** The first problem with this code. */
  private row(problems: Locator, code: string): Locator {
    return problems
      .getByRole('listitem')
      .filter({ has: this.page.getByText(code, { exact: true }) })
      .first()
  }

  private text(): Promise<string> {
    return this.yaml.locator('pre').textContent().then(String)
  }

  /** The whole text is replaced at once, as one pastes; Ctrl+S has the picture follow. */
  private async edit(piece: string, by: string): Promise<void> {
    const text = await this.text()
    const [before = '', after = '', ...more] = text.split(piece)
    if (!text.includes(piece) || more.length > 0)
      throw new Error(`Stands ${text.split(piece).length - 1} times in the text:\n${piece}\n\n${text}`)
    const wanted = before + by + after
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await this.page.evaluate((all) => navigator.clipboard.writeText(all), wanted)
    await this.yaml.getByRole('textbox').first().focus()
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.press(wanted === '' ? 'Delete' : 'Control+v')
    await this.page.keyboard.press('Control+s')
    await expect.poll(() => this.text()).toBe(wanted)
  }

  private async field(of: string | readonly [string, string], label: string, value: string): Promise<void> {
    await this.select(of)
    const name = this.labelled(label)
    const row = this.inspector.getByLabel(name, { exact: true })
    await expect(row).toBeVisible()
    const kind = await row.evaluate((element) => (element instanceof HTMLInputElement ? element.type : element.localName))
    if (kind === 'select') await row.selectOption(value)
    else if (kind === 'checkbox') {
      if ((await row.isChecked()) !== (value === 'true')) await row.click()
      await expect(row).toBeChecked({ checked: value === 'true' })
    } else await row.fill(value)
  }

  /** A label of the inspector, told in English, as it is shown. */
  private labelled(label: string): string {
    if (label === this.words.port || label === catalogues.en.port) return this.words.port
    return allFields.find(({ title }) => title.en === label)?.title[this.lang] ?? label
  }

  /** What holds for the whole design: the inspector with nothing selected, unfolded. */
  private async unfold(): Promise<void> {
    const form = this.inspector.locator('details')
    if (!(await form.isVisible())) {
      await this.canvas.focus()
      await this.page.keyboard.press('Escape')
    }
    await expect(form).toBeVisible()
    if ((await form.getAttribute('open')) === null) await form.locator('summary').click()
  }

  private async outbound(policy: string): Promise<void> {
    await this.unfold()
    const select = this.inspector.getByRole('combobox', { name: this.words.outboundPolicy })
    await select.selectOption(policy)
    await expect(select).toHaveValue(policy)
  }

  private async guard(namespace: string): Promise<void> {
    await this.unfold()
    const box = this.inspector.getByRole('checkbox', { name: filled(this.words.namespaceOf, { name: namespace }), exact: true })
    // In a text of one's own the change is written first.
    await box.click()
    await expect(box).toBeChecked()
  }
}

const filled = (word: string, values: Record<string, string>): string => word.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place)
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
