/**
 * The page that a worker keeps from story to story. To start a window and a process, and to compile the app there, costs three times what the app
 * itself does until it is ready; a page that goes on in the same process has all that behind it. What a story left is swept away before the next
 * begins, so that each finds the browser as a new user's: a new document, nothing stored, no permission, no route, no other tab.
 */
import type { Browser, Page, ViewportSize } from '@playwright/test'

/** What a story asks of its browser, and can be changed while that runs. */
export interface Asked {
  viewport: ViewportSize | null | undefined
  colorScheme: 'light' | 'dark' | 'no-preference' | null | undefined
  reducedMotion: 'reduce' | 'no-preference' | null | undefined
  permissions: string[] | undefined
  actionTimeout: number | undefined
}

/** A picture, of the app's own origin and without a script: from here storage can be reached, and the process stays. */
const blank = './favicon.svg'

export class Kept {
  private readonly browser: Browser
  private page: Page | undefined
  private made = ''

  constructor(browser: Browser) {
    this.browser = browser
  }

  /** The page, swept; a new one where the last story had a browser of another kind or closed it. `kind`: all that cannot be changed afterwards. */
  async next(kind: string, asked: Asked): Promise<Page> {
    if (this.page && (this.made !== kind || this.page.isClosed())) await this.close()
    const page = this.page ?? (await (await this.browser.newContext()).newPage())
    page.addInitScript = () => {
      throw new Error('The page is kept, and would keep this script too: a story that needs one says `test.use({ fresh: true })`.')
    }
    this.page = page
    this.made = kind
    await sweep(page)
    await ready(page, asked)
    return page
  }

  async close(): Promise<void> {
    await this.page?.context().close()
    this.page = undefined
  }
}

async function sweep(page: Page): Promise<void> {
  const context = page.context()
  for (const other of context.pages()) if (other !== page) await other.close()
  await Promise.all([context.unrouteAll(), page.unrouteAll(), context.clearCookies(), context.clearPermissions()])
  await page.goto(blank)
  const left = await page.evaluate(async () => {
    const ended = (request: IDBOpenDBRequest) =>
      new Promise((done, fail) => {
        request.addEventListener('success', done)
        request.addEventListener('error', fail)
      })
    localStorage.clear()
    sessionStorage.clear()
    window.name = ''
    for (const { name } of await indexedDB.databases()) await ended(indexedDB.deleteDatabase(String(name)))
    const [bases, caching, workers, locks] = await Promise.all([
      indexedDB.databases(),
      caches.keys(),
      navigator.serviceWorker.getRegistrations(),
      navigator.locks.query(),
    ])
    return [bases, caching, workers, locks.held ?? [], locks.pending ?? []].flat().length
  })
  if (left > 0) throw new Error(`The story before has left ${left} things in the browser that are not swept away.`)
}

async function ready(page: Page, { viewport, colorScheme, reducedMotion, permissions, actionTimeout }: Asked): Promise<void> {
  const context = page.context()
  context.setDefaultTimeout(actionTimeout ?? 0)
  if (permissions?.length) await context.grantPermissions(permissions)
  if (viewport) await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme: colorScheme ?? 'light', reducedMotion: reducedMotion ?? 'no-preference' })
  await page.mouse.move(0, 0)
}
