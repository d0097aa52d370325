/** A lesson of three steps, a tab to take it in, and a page that begins anew: for tests of what a learner does. */
import { vi } from 'vitest'
import { both } from '../core/base/text'
import { type Design, emptyDesign } from '../core/model/design'
import type { Lesson, Step } from '../lessons/kind'
import { setName } from '../store/actions/actions'
import { loadSchemas } from '../store/derived/schemas'
import { boot } from '../store/documents/boot'
import { leaveLesson } from '../store/lesson/lesson'
import { designOf, store } from '../store/state/store'
import { browser } from './browser'

export const url = 'http://edition.cnn.com/politics'
const direct = 'sleep HTTP -> edition.cnn.com DISABLE'
const through = 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE'
export const same = (word: string) => both(word, word)
const asked = (title: string): Step => ({
  title: same(title),
  says: same('Send it.'),
  goals: [{ says: same('It was sent'), is: { sent: { url } } }],
  hint: same('In the Trace panel.'),
  sends: { url },
  after: same('It left.'),
})
const drawn: Step = {
  title: same('Through the gateway'),
  says: same('Put it between.'),
  goals: [
    { says: same('It passes the gateway'), is: { request: { url }, ends: { gateway: 'any' } } },
    { says: same('It arrives at 80'), is: { request: { url }, ends: { arrives: true, server: { port: 80 } } } },
  ],
  wrong: [{ is: { request: { url }, ends: { gateway: 'any', server: { tls: true } } }, says: same('That is TLS.') }],
  hint: same('Add flow.'),
  show: { flows: through },
  after: same('Four objects.'),
}
export const lesson: Lesson = {
  id: 'try',
  part: 'tutorial',
  title: same('A try'),
  story: same('Once.'),
  start: { flows: direct },
  steps: [asked('First'), drawn, asked('Again')],
}
const { part: _, ...data } = lesson
/** The same as a file. */
export const file = JSON.stringify({ lesson: 1, ...data })

export const first: Design = { ...emptyDesign, name: 'example' }

export const state = () => store.getState()
export const kinds = () =>
  designOf(state())
    .nodes.map(({ kind }) => kind)
    .join(' ')
export const done = () => state().lesson?.done
/** Long enough for everything that waits. */
export const settled = () => vi.advanceTimersByTimeAsync(700)

/** Before each test: time is still, and nothing is open. */
export async function beginAnew(): Promise<void> {
  const schemas = await loadSchemas()
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', () => 0)
  leaveLesson()
  store.setState({ ...store.getInitialState(), id: '', schemas })
}

export function endAll(): void {
  vi.useRealTimers()
  vi.unstubAllGlobals()
}

/** A tab with a design of one’s own, saved. */
export async function own(world = browser()) {
  const tab = world.tab()
  await boot(first, tab.place)
  setName('mine')
  await settled()
  return { ...world, old: tab, id: state().id }
}
