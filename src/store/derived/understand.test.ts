/** What is understood while a person types: a text is read once, a very long one when its author pauses, one of many documents in pieces. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parse } from '../../core/yaml/parse'
import { designOf, draftOf, store } from '../state/store'
import { applyFix, settle, startDrafting, type } from '../text/drafting'
import { dropped, errorSpan } from '../text/following'
import { documentsOf, parsedOf, problemsOf, startUnderstanding, textOf, traceOf } from './understand'

vi.mock('../../core/yaml/parse', async (original) => {
  const real = await original<typeof import('../../core/yaml/parse')>()
  return { ...real, parse: vi.fn<typeof real.parse>(real.parse) }
})

const state = () => store.getState()
const entry = (name: string, more = '') =>
  `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: ${name}}\nspec: {hosts: [${name}.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: NONE}\n${more}`
const count = vi.mocked(parse)
let ends: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  store.setState({ ...store.getInitialState() })
  ends = [startUnderstanding(), startDrafting()]
})
afterEach(() => {
  for (const end of ends) end()
  vi.useRealTimers()
})

test('a keystroke reads its text once, whoever asks for what it says, also when the picture follows', async () => {
  type(entry('one'))
  await vi.advanceTimersByTimeAsync(600)
  count.mockClear()
  type(entry('two'))
  problemsOf(state())
  traceOf(state())
  await vi.advanceTimersByTimeAsync(600)
  problemsOf(state())
  dropped(textOf(state()), designOf(state()))
  errorSpan(textOf(state()))
  expect(draftOf(state())?.is).toBe('drawn')
  expect(count).toHaveBeenCalledTimes(1)
})

test('a very long text is understood when its author pauses', async () => {
  const long = entry('one', `# ${'x'.repeat(60_000)}\n`.repeat(6))
  type(long)
  expect(parsedOf(state()).text).toBe(long)
  for (const letter of ['a', 'b', 'c']) {
    type(`${long}# ${letter}\n`)
    await vi.advanceTimersByTimeAsync(100)
    expect(parsedOf(state()).text).toBe(long)
  }
  const id = documentsOf(state())[0]?.id
  if (!id) throw new Error('no document')
  applyFix({ says: { en: '', zh: '' }, changes: [{ set: { of: id, path: ['spec', 'resolution'] }, value: 'DNS' }] })
  expect(state().notice.says).toMatchObject({ word: 'changedSince' })
  await vi.advanceTimersByTimeAsync(300)
  expect(parsedOf(state()).text).toBe(`${long}# c\n`)
  applyFix({ says: { en: '', zh: '' }, changes: [{ set: { of: id, path: ['spec', 'resolution'] }, value: 'DNS' }] })
  expect(textOf(state())).toContain('resolution: DNS')
  type(entry('short'))
  expect(parsedOf(state()).text).toBe(entry('short'))
})

test('many documents are judged in pieces, and whoever shows them is told', async () => {
  // Long work waits for its turn in real time: begun over feigned time it would never come.
  vi.useRealTimers()
  const text = Array.from({ length: 1600 }, (_, index) => entry(`h${index}`)).join('---\n')
  type(`${text}---\n${entry('bad').replace('hosts: [bad.example.com], ', '')}`)
  settle()
  expect(documentsOf(state())).toHaveLength(1601)
  const before = problemsOf(state()).filter(({ by }) => by === 'schema').length
  let told = 0
  const end = store.subscribe((now, was) => {
    if (now.made !== was.made) told++
  })
  await vi.waitFor(() => expect(told).toBeGreaterThan(0), { timeout: 100_000 })
  end()
  expect(before).toBe(0)
  expect(problemsOf(state()).filter(({ by }) => by === 'schema').length).toBeGreaterThan(0)
})
