import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Channel } from './channel'
import { claims } from './claims'

/** Tabs that hear each other, a moment later. */
function tabs() {
  const ears = new Map<object, Set<(message: string) => void>>()
  return (): Channel => {
    const own = new Set<(message: string) => void>()
    const self = {}
    ears.set(self, own)
    return {
      tell: (message) => {
        for (const [other, heard] of ears) if (other !== self) for (const run of heard) setTimeout(() => run(message), 5)
      },
      onTold: (run) => {
        own.add(run)
        return () => own.delete(run)
      },
    }
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  // An insecure page has none.
  vi.stubGlobal('navigator', {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const within = async <T>(answer: Promise<T>, time: number): Promise<T> => {
  await vi.advanceTimersByTimeAsync(time)
  return answer
}

describe('without locks', () => {
  test('a document has one tab, until that lets go of it or takes another', async () => {
    const tab = tabs()
    const [first, second] = [claims(tab()), claims(tab())]
    expect(await within(first.claim('a', 0), 300)).toBe(true)
    expect(await within(second.claim('a', 0), 300)).toBe(false)
    expect(await within(second.claim('b', 0), 300)).toBe(true)
    first.release('a')
    expect(await within(second.claim('a', 0), 300)).toBe(true)
    expect(await within(first.claim('b', 0), 300)).toBe(true)
    expect(await within(first.claim('a', 0), 300)).toBe(false)
  })

  test('who waits gets it once it is free, and by force at once', async () => {
    const tab = tabs()
    const [first, second] = [claims(tab()), claims(tab())]
    await within(first.claim('a', 0), 300)
    const waits = second.claim('a', 2000)
    await vi.advanceTimersByTimeAsync(600)
    first.release('a')
    expect(await within(waits, 1500)).toBe(true)
    expect(await first.claim('a', 0, 'by force')).toBe(true)
  })

  test('a tab in a lesson goes on holding its own document', async () => {
    const tab = tabs()
    const [first, second] = [claims(tab()), claims(tab())]
    await within(first.claim('a', 0), 300)
    await within(first.claim('lesson-x', 0), 300)
    expect(await within(second.claim('a', 0), 300)).toBe(false)
    expect(await within(second.claim('lesson-x', 0), 300)).toBe(false)
    await within(first.claim('a', 0), 300)
    expect(await within(second.claim('lesson-x', 0), 300)).toBe(true)
  })
})
