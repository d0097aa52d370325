/** The `test` of every spec: a page that logs an error, throws, breaks the policy or asks a foreign origin fails its test. */
import { type BrowserContext, test as base, type ConsoleMessage, expect, type Request, type WebError } from '@playwright/test'
import { Kept } from './kept'

export { expect }

/** For `test.use`: things move, as most people see them. */
export const inMotion = { contextOptions: { reducedMotion: 'no-preference' } } as const

interface Story {
  /** A browser window of its own, for a story that changes what every later page of a context has: init scripts, JavaScript. */
  fresh: boolean
  /** The story makes noise itself, and looks whether it is heard. */
  loud: boolean
  /** What was heard so far. */
  noise: string[]
  quiet: void
}

export const test = base.extend<Story, { kept: Kept }>({
  fresh: [false, { option: true }],
  loud: [false, { option: true }],

  kept: [
    async ({ browser }, use) => {
      const kept = new Kept(browser)
      await use(kept)
      await kept.close()
    },
    { scope: 'worker' },
  ],

  context: async (
    { browser, kept, fresh, locale, javaScriptEnabled, contextOptions, colorScheme, viewport, permissions, actionTimeout },
    use,
  ) => {
    if (!fresh) {
      const { reducedMotion, ...others } = contextOptions
      const kind = JSON.stringify([locale, javaScriptEnabled, others])
      return use((await kept.next(kind, { viewport, colorScheme, reducedMotion, permissions, actionTimeout })).context())
    }
    await kept.close()
    const context = await browser.newContext()
    await use(context)
    await context.close()
  },

  page: async ({ context, fresh }, use) => {
    const [kept] = context.pages()
    await use(fresh || !kept ? await context.newPage() : kept)
  },

  noise: async ({ context, baseURL }, use) => {
    const { noise, stop } = await listen(context, new URL(String(baseURL)).origin)
    await use(noise)
    await stop()
  },

  quiet: [
    async ({ noise, loud }, use) => {
      await use()
      if (!loud) expect(noise).toEqual([])
    },
    { auto: true },
  ],
})

/** All pages of the context count: a second tab is no place to be loud in. */
async function listen(context: BrowserContext, own: string): Promise<{ noise: string[]; stop: () => Promise<void> }> {
  const noise: string[] = []
  const logged = (message: ConsoleMessage) => {
    if (message.type() === 'error') noise.push(`console: ${message.text()} (${message.location().url})`)
  }
  const thrown = (error: WebError) => noise.push(`error: ${error.error().message}`)
  const asked = (request: Request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== own && protocol !== 'data:' && protocol !== 'blob:') noise.push(`foreign request: ${request.url()}`)
  }
  context.on('console', logged)
  context.on('weberror', thrown)
  context.on('request', asked)
  const told = await context.exposeBinding('egressViolation', (_, what: string) => noise.push(`policy: ${what}`))
  const script = await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = Reflect.get(globalThis, 'egressViolation') as (what: string) => void
      tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  const stop = async () => {
    context.off('console', logged)
    context.off('weberror', thrown)
    context.off('request', asked)
    await Promise.all([told.dispose(), script.dispose()])
  }
  return { noise, stop }
}
