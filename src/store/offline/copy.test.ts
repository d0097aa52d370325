/** The copy of the app is counted and let go of; what another page of the same server keeps is not ours. */
import { afterEach, expect, test, vi } from 'vitest'
import { copyNow, dropCopy } from './copy'

afterEach(() => vi.unstubAllGlobals())

function browser(names: string[]) {
  const kept = new Set(names)
  const unregister = vi.fn<() => void>()
  vi.stubGlobal('document', { baseURI: 'http://host/app/index.html' })
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => ({ unregister }) } })
  vi.stubGlobal('caches', {
    keys: async () => [...kept],
    open: async () => ({ keys: async () => ['/a', '/b'], match: async (file: string) => new Response(file.repeat(5)) }),
    delete: async (name: string) => kept.delete(name),
  })
  return { kept, unregister }
}

const ours = 'workbox-precache-v2-http://host/app/'
const others = ['workbox-precache-v2-http://host/', 'workbox-precache-v2-http://host/app/other/', 'mine']

test('only ours is counted, and goes', async () => {
  const { kept, unregister } = browser([ours, ...others])
  expect(await copyNow()).toEqual({ files: 2, bytes: 20 })
  await dropCopy()
  expect([...kept]).toEqual(others)
  expect(unregister).toHaveBeenCalledOnce()
  expect(await copyNow()).toEqual({ files: 0, bytes: 0 })
})

test('a browser without service workers and caches has none', async () => {
  vi.stubGlobal('document', { baseURI: 'http://host/app/' })
  vi.stubGlobal('navigator', {})
  await dropCopy()
  expect(await copyNow()).toEqual({ files: 0, bytes: 0 })
})
