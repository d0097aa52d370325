/** The `test` of every spec: a page that logs an error, throws, breaks the policy or asks a foreign origin fails its test. */
import { type BrowserContext, test as base, expect } from '@playwright/test'

export { expect }

export const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ context, baseURL }, use) => {
      const noise = await listen(context, new URL(String(baseURL)).origin)
      await use()
      expect(noise).toEqual([])
    },
    { auto: true },
  ],
})

/** All pages of the context count: a second tab is no place to be loud in. */
async function listen(context: BrowserContext, own: string): Promise<string[]> {
  const noise: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') noise.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => noise.push(`error: ${error.error().message}`))
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== own && protocol !== 'data:' && protocol !== 'blob:') noise.push(`foreign request: ${request.url()}`)
  })
  await context.exposeBinding('egressViolation', (_, what: string) => noise.push(`policy: ${what}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = Reflect.get(globalThis, 'egressViolation') as (what: string) => void
      tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return noise
}
