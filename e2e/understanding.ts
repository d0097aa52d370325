/** What the stories of understanding share: the strip, its lists, and how YAML comes in. */
import type { Locator, Page } from '@playwright/test'
import { expect, golden } from './designer'

/** The first design's own text with one line less: the hop's SNI. Envoy's answer to it is in the mesh lab as `c6-no-sni`. */
export const withoutSni = (): string => golden('tls-origination-mtls').replace(/\n +sni: edition\.cnn\.com\n/, '\n')

export class Strip {
  readonly page: Page
  readonly problems: Locator
  readonly trace: Locator

  constructor(page: Page) {
    this.page = page
    this.problems = page.getByRole('region', { name: 'Problems', exact: true })
    this.trace = page.getByRole('region', { name: 'Trace', exact: true })
  }

  tab(name: 'Problems' | 'Trace'): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  /** All that judges is loaded: what is listed from now on is all there is. */
  async checked(): Promise<void> {
    await expect(this.page.locator('section.strip[aria-busy="false"]')).toBeVisible()
  }

  async open(name: 'Problems' | 'Trace'): Promise<void> {
    await this.checked()
    await this.tab(name).click()
    await expect(name === 'Problems' ? this.problems : this.trace).toBeVisible()
  }

  /** The rows of the list; a code is a rule's, such as L1. */
  rows(code?: string): Locator {
    const rows = this.problems.getByRole('listitem')
    return code ? rows.filter({ has: this.page.getByText(code, { exact: true }) }) : rows
  }

  get steps(): Locator {
    return this.trace.getByRole('list', { name: 'Steps of the request' }).getByRole('listitem')
  }

  /** Sends, and waits for the last step to be there. */
  async send(url: string, from?: string): Promise<void> {
    await this.open('Trace')
    if (from) await this.trace.getByRole('combobox', { name: 'From' }).selectOption(from)
    await this.trace.getByRole('textbox', { name: 'URL' }).fill(url)
    await this.trace.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(this.steps.first()).toBeVisible()
  }

  get importDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Import' })
  }

  async import(yaml: string): Promise<void> {
    await this.checked()
    await this.page.getByRole('button', { name: 'Import', exact: true }).click()
    await this.importDialog.getByRole('textbox', { name: 'YAML to import' }).fill(yaml)
    await this.importDialog.getByRole('button', { name: 'Read', exact: true }).click()
    await this.importDialog.getByRole('button', { name: 'Accept', exact: true }).click()
    await expect(this.importDialog).toBeHidden()
  }
}
