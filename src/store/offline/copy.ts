/** The copy of the app in this browser: how large it is, and how it is let go of. */
import { offline } from './offline'

export interface Copy {
  files: number
  bytes: number
}

/** Nothing where this browser keeps none, or does not let it be looked at. */
export async function copyNow(): Promise<Copy> {
  const copy = { files: 0, bytes: 0 }
  for (const name of await names()) {
    const files = await caches.open(name)
    for (const request of await files.keys()) {
      copy.files++
      copy.bytes += (await (await files.match(request))?.blob())?.size ?? 0
    }
  }
  return copy
}

/** Lets go of it, and of the worker that keeps it. Another visit makes it anew. */
export async function dropCopy(): Promise<void> {
  for (const name of await names()) await caches.delete(name)
  await (await navigator.serviceWorker?.getRegistration())?.unregister()
  offline.bring({ ready: false, newer: false })
}

/** Workbox calls its caches by the page that they are of: others on the same server are not ours. */
async function names(): Promise<string[]> {
  if (typeof caches === 'undefined') return []
  const scope = new URL('.', document.baseURI).href
  return (await caches.keys()).filter((name) => name.startsWith('workbox-precache-') && name.endsWith(`-${scope}`))
}
