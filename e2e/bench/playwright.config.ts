/** The bench's part in a browser: alone, one after the other, so that it measures nothing else. */
import type { PlaywrightTestConfig } from '@playwright/test'
import stories from '../playwright.config'

const bench: PlaywrightTestConfig = {
  ...stories,
  testDir: '.',
  outputDir: '../../test-results',
  projects: [{ name: 'bench', testMatch: '*.bench.ts' }],
  fullyParallel: false,
  workers: 1,
  reporter: [['line']],
  webServer: { ...(stories.webServer as { command: string }), command: 'node ../tools/start.mjs' },
}

export default bench
