/**
 * The service worker: all files of one build, fetched quietly after the first visit and answered from then on without the network. The build puts
 * their list in (`e2e/tools/offline.mjs`).
 *
 * A new version waits until somebody asks for it. What the version before had is kept as long as any other tab is open: a tab that was loaded from
 * it still finds its parts. It is let go of when a page opens beside no other.
 */
import { PrecacheController } from 'workbox-precaching'
import { renew } from './messages'

/** `integrity`: a file of another build is refused, so that no copy is ever made of two. */
interface Entry {
  url: string
  revision: string | null
  integrity: string
}
declare const builtFiles: readonly Entry[]

/** What this file needs of a service worker's global scope; TypeScript's own types of it contradict those of a page. */
interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface Asked extends Lasting {
  request: Request
  replacesClientId?: string
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  registration: ServiceWorkerRegistration
  clients: { claim(): Promise<void>; matchAll(of: object): Promise<readonly { id: string }[]> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', run: (event: Lasting) => void): void
  addEventListener(type: 'fetch', run: (event: Asked) => void): void
  addEventListener(type: 'message', run: (event: MessageEvent) => void): void
}
const scope = self as unknown as Scope

const copy = new PrecacheController()
copy.addToCacheList([...builtFiles])

scope.addEventListener('install', (event) => void copy.install(event as never))

scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

scope.addEventListener('message', ({ data }) => {
  if (data === renew) void scope.skipWaiting()
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(scope.registration.scope)) return
  if (request.mode === 'navigate') event.waitUntil(forgetBefore(event))
  const key = copy.getCacheKeyForURL(fileOf(request.url))
  // What is of no build is the network's; a file of the version before is still in the copy.
  if (key ?? /\/assets\/[^/]+$/.test(request.url)) event.respondWith(answerTo(request, key ?? request.url))
})

/** The copy first. What the browser has thrown away of it is asked for again. */
async function answerTo(request: Request, key: string): Promise<Response> {
  const files = await caches.open(copy.strategy.cacheName)
  // Whichever way it was packed, it is the same file.
  return (await files.match(key, { ignoreVary: true })) ?? fetch(request)
}

/** A folder is its `index.html`; what follows `?` is the page's own business. */
function fileOf(address: string): string {
  const url = new URL(address)
  url.search = ''
  url.hash = ''
  return url.pathname.endsWith('/') ? `${url.href}index.html` : url.href
}

/** Lets go of older versions where no other tab may still need them, and no newer one is on its way into the same copy. */
async function forgetBefore(event: Asked): Promise<void> {
  const open = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (open.some(({ id }) => id !== event.replacesClientId)) return
  if (scope.registration.waiting || scope.registration.installing) return
  await copy.activate(event as never)
}
