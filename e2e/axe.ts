/** What axe finds on a page. */
import type { Page } from '@playwright/test'
import axe, { type AxeResults, type ContextObject, type RunOptions } from 'axe-core'
import { expect } from './quiet'

interface Looked {
  /** Parts that are left out. */
  but?: readonly string[]
  /** One part alone. */
  within?: string
  /** All that axe knows, in place of the rules of WCAG 2.1 A and AA. */
  all?: boolean
}

/**
 * Nothing is found. Axe is read once a page, and writes down only what it finds: to name the thousand nodes that are well costs more than to look at
 * them. We have no frames.
 */
export async function expectClean(page: Page, { but = [], within, all = false }: Looked = {}): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  // Playwright works out the type of what it sends: that of axe's own words has no end.
  const asked: { context: object; options: object } = {
    context: { include: [within ?? 'html'], ...(but.length > 0 && { exclude: [...but] }) } satisfies ContextObject,
    options: {
      resultTypes: ['violations'],
      ...(!all && { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] } }),
    } satisfies RunOptions,
  }
  const found = await page.evaluate(async ({ context, options }) => {
    const { run } = Reflect.get(globalThis, 'axe') as { run(context: object, options: object): Promise<AxeResults> }
    const { violations } = await run(context, options)
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, any }) => ({ target: target.join(' '), says: any[0]?.message })),
    }))
  }, asked)
  expect(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, says }) => `${target} ${says ?? ''}`).join(' | ')}`)).toEqual([])
}
