/** When the app says that it has a copy, and when a newer version may take over. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renew } from '../../offline/messages'
import { store } from '../state/store'
import { keepOffline, offline, reload } from './offline'

class Worker extends EventTarget {
  readonly heard: unknown[] = []
  postMessage(message: unknown) {
    this.heard.push(message)
  }
}
class Registration extends EventTarget {
  installing: Worker | null = null
  waiting: Worker | null = null
  active: Worker | null = null
}
class Workers extends EventTarget {
  controller: Worker | null = null
  readonly registration = new Registration()
  register = async (): Promise<unknown> => this.registration
  getRegistration = async () => this.registration
}
let workers: Workers
let reloads = 0
const now = () => offline.of(store.getState())

beforeEach(() => {
  workers = new Workers()
  reloads = 0
  store.setState({ parts: {}, saved: 'saved' })
  vi.stubGlobal('navigator', { serviceWorker: workers, onLine: true })
  vi.stubGlobal('document', Object.assign(new EventTarget(), { baseURI: 'http://localhost/a/' }))
  vi.stubGlobal('location', { origin: 'http://localhost', reload: () => reloads++ })
})
afterEach(() => void vi.unstubAllGlobals())

test.each([
  ['has none', () => vi.stubGlobal('navigator', {})],
  ['refuses', () => (workers.register = () => Promise.reject(new Error('refused')))],
  ['answers with nothing', () => (workers.register = async () => undefined)],
])('a browser that %s is told nothing of', async (_, become) => {
  become()
  await keepOffline('./sw.js')
  expect(now()).toBe(null)
})

test('a script that is none of ours is not started', async () => {
  await keepOffline('https://evil.example.com/sw.js')
  await keepOffline('./other.js')
  expect(now()).toBe(null)
})

test('a first copy is ready once it is active, and is nothing newer; what waits after it is', async () => {
  const { registration } = workers
  const first = new Worker()
  registration.installing = first
  await keepOffline('./sw.js')
  expect(now()).toEqual({ ready: false, newer: false })
  Object.assign(registration, { installing: null, active: first })
  first.dispatchEvent(new Event('statechange'))
  expect(now()).toEqual({ ready: true, newer: false })

  const second = new Worker()
  registration.installing = second
  registration.dispatchEvent(new Event('updatefound'))
  Object.assign(registration, { installing: null, waiting: second })
  second.dispatchEvent(new Event('statechange'))
  expect(now()).toEqual({ ready: true, newer: true })
  // In another tab somebody has agreed: this one goes on, and may still reload.
  Object.assign(registration, { waiting: null, active: second })
  workers.dispatchEvent(new Event('controllerchange'))
  expect(now()).toEqual({ ready: true, newer: true })
  expect(reloads).toBe(0)
})

test('who agrees gets the newer version once all is saved, and not before', async () => {
  const second = new Worker()
  workers.registration.waiting = second
  const done = reload()
  await vi.waitFor(() => expect(second.heard).toEqual([renew]))
  store.setState({ saved: 'saving' })
  workers.dispatchEvent(new Event('controllerchange'))
  await Promise.resolve()
  store.setState({ saved: 'full' })
  expect(reloads).toBe(0)
  store.setState({ saved: 'saved' })
  await done
  expect(reloads).toBe(1)
})
