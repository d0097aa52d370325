/** No two tabs have the same document: by a lock a document, and where there are no locks (an insecure page, an old browser) by asking the others. */
import type { Id } from '../../core/base/id'
import type { Channel } from './channel'
import { isLessonId } from './entries'
import type { Place } from './place'

interface Held {
  id: Id
  release(): void
}

/** Takes one document for this tab, in place of the one before. The answer lets go of it; null: another tab has it. */
type Take = (id: Id, wait: number, force: boolean) => Promise<(() => void) | null>

/** A tab that is alive answers in this time, in milliseconds. */
const answers = 250

export function claims(channel: Channel): Pick<Place, 'claim' | 'release'> {
  const held: { own?: Held; lesson?: Held } = {}
  const holds = (id: Id) => held.own?.id === id || held.lesson?.id === id
  const take: Take = navigator.locks ? byLock : byAsking(channel, holds)
  const release = (id: Id) => {
    for (const slot of ['own', 'lesson'] as const)
      if (held[slot]?.id === id) {
        held[slot].release()
        delete held[slot]
      }
  }
  return {
    release,
    async claim(id, wait, how) {
      const slot = isLessonId(id) ? 'lesson' : 'own'
      if (held[slot]?.id !== id) {
        const letGo = await take(id, wait, how === 'by force')
        if (!letGo) return false
        held[slot]?.release()
        held[slot] = { id, release: letGo }
      }
      // While it has a lesson open, a tab's own document stays held too.
      if (slot === 'own') {
        held.lesson?.release()
        delete held.lesson
      }
      return true
    },
  }
}

/** From whom a lock is stolen finds at its next save that another tab has saved, and does not write over it. */
const byLock: Take = (id, wait, force) =>
  new Promise((resolve) => {
    const options: LockOptions = force ? { steal: true } : wait > 0 ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true }
    const hold = (lock: Lock | null) => {
      if (!lock) return resolve(null)
      return new Promise<void>((release) => resolve(release))
    }
    navigator.locks.request(`egress-doc-${id}`, options, hold).catch(() => resolve(null))
  })

/** Two that ask at once may both get it: then the second that saves finds what the first saved, and does not write over it. */
function byAsking(channel: Channel, holds: (id: Id) => boolean): Take {
  channel.onTold((message) => {
    if (message.startsWith('who has ') && holds(message.slice(8))) channel.tell(`I have ${message.slice(8)}`)
  })
  const isFree = (id: Id) =>
    new Promise<boolean>((resolve) => {
      const end = channel.onTold((message) => message === `I have ${id}` && answer(false))
      const timer = setTimeout(() => answer(true), answers)
      const answer = (free: boolean) => {
        end()
        clearTimeout(timer)
        resolve(free)
      }
      channel.tell(`who has ${id}`)
    })
  return async (id, wait, force) => {
    if (force) return () => {}
    for (let waited = 0; ; waited += answers) {
      if (await isFree(id)) return () => {}
      if (waited >= wait) return null
      await new Promise((resolve) => setTimeout(resolve, answers))
    }
  }
}
