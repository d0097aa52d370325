/** How far somebody has come in a lesson, noted in the browser. */
import type { Place } from '../documents/place'

export interface Progress {
  /** The step that was before the learner last, counted from 0. */
  step: number
  done: readonly boolean[]
}

const noteOf = (key: string): string => `lesson.${key}`

/** Nothing is done where nothing is noted, or where the note cannot be read. A lesson that has other steps than then keeps what it can. */
export function progressOf(key: string, steps: number, place: Place | null): Progress {
  const noted = noteIn(place?.browser.read(noteOf(key)) ?? null)
  return { step: Math.min(noted.step, steps - 1), done: Array.from({ length: steps }, (_, index) => noted.done[index] === true) }
}

export const noteProgress = (key: string, progress: Progress, place: Place | null): void =>
  place?.browser.write(noteOf(key), JSON.stringify(progress))

/** What is noted here, with what is done there too. Both are texts of notes. */
export function joinProgress(own: string | null, other: string): string {
  const [here, there] = [noteIn(own), noteIn(other)]
  if (own !== null && there.done.every((done, index) => done !== true || here.done[index] === true)) return own
  const steps = Math.min(mostSteps, Math.max(here.done.length, there.done.length))
  const done = Array.from({ length: steps }, (_, index) => here.done[index] === true || there.done[index] === true)
  return JSON.stringify({ step: own === null ? there.step : here.step, done } satisfies Progress)
}

/** Of a lesson, more than any has. */
const mostSteps = 1000

function noteIn(text: string | null): { step: number; done: readonly unknown[] } {
  try {
    const { step, done } = JSON.parse(text ?? '') as { step: unknown; done: unknown }
    return { step: Number.isInteger(step) && Number(step) > 0 ? Number(step) : 0, done: Array.isArray(done) ? done : [] }
  } catch {
    return { step: 0, done: [] }
  }
}
