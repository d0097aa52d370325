/** Undo takes back what was done before another design was opened. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { emptyDesign } from '../../core/model/design'
import { browser } from '../../testing/browser'
import { setName, undo } from '../actions/actions'
import { designOf, store } from '../state/store'
import { boot } from './boot'
import { newDesign, openDesign, rename } from './library'

const state = () => store.getState()
const name = () => designOf(state()).name
const settled = async () => {
  await vi.advanceTimersByTimeAsync(400)
}

beforeEach(() => {
  vi.useFakeTimers()
  store.setState({ ...store.getInitialState(), id: '' })
})
afterEach(() => vi.useRealTimers())

/** A design that was called twice, and another one beside it. */
async function two(): Promise<{ first: string; second: string }> {
  await boot({ ...emptyDesign, name: 'begun' }, browser().tab().place)
  setName('orders')
  await settled()
  const first = state().id
  await newDesign()
  setName('payments')
  await settled()
  return { first, second: state().id }
}

test('who comes back to a design undoes in it what was done there, and nothing of the other', async () => {
  const { first, second } = await two()
  await openDesign(first)
  await settled()
  expect([name(), state().saved]).toEqual(['orders', 'saved'])
  undo()
  expect(name()).toBe('begun')
  await settled()
  await openDesign(second)
  expect(name()).toBe('payments')
  undo()
  expect(name()).toBe(emptyDesign.name)
  await settled()
  await openDesign(first)
  expect([name(), state().history.future.length]).toEqual(['begun', 1])
})

test('what was changed meanwhile has a history of its own', async () => {
  const { first } = await two()
  expect(await rename(first, 'renamed elsewhere')).toBe(true)
  await openDesign(first)
  expect([name(), state().history.past.length]).toEqual(['renamed elsewhere', 0])
})

test('a design that is opened is not saved again', async () => {
  const { first } = await two()
  await openDesign(first)
  expect(state().saved).toBe('saved')
  await settled()
  expect(state().saved).toBe('saved')
})
