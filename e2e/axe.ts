/** What axe finds on a page. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
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
 * Nothing is found. Axe's usual way is for pages with frames: it opens a second page to put together what each frame gave, which costs more
 * than the look itself. We have no frames.
 */
export async function expectClean(page: Page, { but = [], within, all = false }: Looked = {}): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (!all) axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
  if (within) axe.include(within)
  for (const part of but) axe.exclude(part)
  const { violations } = await axe.analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join(' | ')}`),
  ).toEqual([])
}
