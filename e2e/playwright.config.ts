/** The user stories, in a real browser, against the built app behind our own server. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { chromium, flags } from './tools/chromium.mjs'
import { freePort } from './tools/free-port.mjs'

// Workers read this file again and take both from the first one's environment.
process.env.CHROMIUM ??= await browser()
process.env.EGRESS_PORT ??= String(await freePort())
const address = `http://127.0.0.1:${process.env.EGRESS_PORT}/`

export default defineConfig({
  testDir: '.',
  // What measures comes last and alone: beside others it would measure them.
  projects: [
    { name: 'stories', testMatch: '*.spec.ts', testIgnore: 'limits.spec.ts' },
    { name: 'limits', testMatch: 'limits.spec.ts', dependencies: ['stories'], fullyParallel: false, workers: 1 },
  ],
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // Stories compute more than they wait: a third beside two on two cores gains nothing.
  workers: 2,
  // A machine that is busy may lose a race that no person would notice: the second try says so, and `npm test` names it and allows two.
  retries: process.env.CI ? 1 : 0,
  // Limits are for what never ends, not for a machine that is busy with something else.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: process.env.EGRESS_E2E_REPORT ?? join(tmpdir(), 'egress-e2e.json') }]],
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    colorScheme: 'light',
    // A copy of the app for each story would cost more than the story; `offline.spec.ts` has one.
    serviceWorkers: 'block',
    // To paint what moves costs more than all else: `inMotion` is for the stories that look at it.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
    launchOptions: { executablePath: process.env.CHROMIUM, args: flags },
  },
  webServer: {
    command: 'node tools/start.mjs',
    env: { PORT: process.env.EGRESS_PORT },
    url: address,
    reuseExistingServer: false,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 },
  },
})

async function browser(): Promise<string> {
  const found = await chromium()
  if ('missing' in found) throw new Error(found.missing)
  return found.path
}
