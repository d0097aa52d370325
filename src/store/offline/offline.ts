/** The copy of the app that works without a network: made quietly once the page is there, and renewed only when a person says so. */
import { renew } from '../../offline/messages'
import { part } from '../state/part'
import { scriptAddress } from '../state/script-address'
import { type State, store } from '../state/store'

export interface Offline {
  /** All of the app is in this browser. */
  ready: boolean
  /** A newer version is ready, and waits for a word. */
  newer: boolean
}

/** Null: this browser keeps no copy, or none yet. */
export const offline = part<Offline>('offline')

/** Nothing would be lost by a reload: all that was edited is saved. */
export const isSafe = ({ saved, incoming, question }: State): boolean =>
  (saved === 'saved' || saved === 'untouched') && incoming === null && question === null

/**
 * Begins to keep a copy. Where the browser has no service workers (plain http on a name, some private windows) or refuses, everything works as
 * long as there is a network, and nothing is said.
 */
export async function keepOffline(script: string): Promise<void> {
  const registration = await registered(script)
  if (!registration) return
  // What this page was loaded from; on a first visit, what is made of the same build.
  let own = navigator.serviceWorker.controller ?? registration.active
  const look = () => {
    const { active, waiting } = registration
    own ??= active
    offline.bring({ ready: active !== null, newer: own !== null && (waiting !== null || active !== own) })
  }
  const follow = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', look)
  registration.addEventListener('updatefound', () => follow(registration.installing))
  for (const worker of [registration.installing, registration.waiting, registration.active]) follow(worker)
  // Another tab may have said the word.
  navigator.serviceWorker.addEventListener('controllerchange', look)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && navigator.onLine) registration.update().catch(() => {})
  })
  look()
}

async function registered(script: string): Promise<ServiceWorkerRegistration | undefined> {
  try {
    // It may be answered with nothing where somebody has taken the browser's own function away.
    return await navigator.serviceWorker.register(scriptAddress(script), { updateViaCache: 'none' })
  } catch {
    return undefined
  }
}

/** Goes on with the version that waits, once all that was edited is saved. Other tabs stay as they are. */
export async function reload(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  await new Promise<void>((done) => {
    if (!registration?.waiting) return done()
    navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true })
    registration.waiting.postMessage(renew, [])
  })
  if (!isSafe(store.getState()))
    await new Promise<void>((done) => {
      const end = store.subscribe((state) => {
        if (!isSafe(state)) return
        end()
        done()
      })
    })
  location.reload()
}
