import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readNotation } from '../../core/model/notation'
import { beginAnew, done, endAll, kinds, lesson, own, settled, state, url } from '../../testing/lesson'
import { saying } from '../../words/en/saying'
import { addNode, edit, move, undo } from '../actions/actions'
import { send } from '../actions/asking'
import { here } from '../documents/place'
import { designOf, draftOf, store } from '../state/store'
import { settle, type } from '../text/drafting'
import { spoken } from '../words/saying'
import { back, check, goTo, next, reset, showMe, toggleHint } from './lesson'
import { look } from './lesson-live'
import { openLesson } from './lesson-open'
import { progressOf } from './lesson-progress'

beforeEach(beginAnew)
afterEach(endAll)

describe('a step', () => {
  beforeEach(async () => {
    await own()
    await openLesson(lesson)
  })

  test('is done once its goals have held, and stays so', async () => {
    await settled()
    expect([state().lesson?.met, done()]).toEqual([[false], [false, false, false]])
    next()
    expect(state().lesson?.step).toBe(0)
    send({ from: 'default/sleep', url })
    await settled()
    expect([state().lesson?.met, done(), state().lesson?.verdict?.done]).toEqual([[true], [true, false, false], true])
    expect(state().notice.says).toEqual({ word: 'stepDone', values: { step: 1, title: 'First' } })
    send({ from: 'default/sleep', url: 'http://elsewhere.com/' })
    await settled()
    expect([state().lesson?.met, done()]).toEqual([[false], [true, false, false]])
  })

  test('what was sent in the step before counts for that alone', async () => {
    send({ from: 'default/sleep', url })
    await settled()
    goTo(1)
    goTo(2)
    await settled()
    expect(done()).toEqual([true, false, false])
    send({ from: 'default/sleep', url })
    await settled()
    expect(done()).toEqual([true, false, true])
  })

  test('Check says what is lacking, which wrong way was taken, and how the request ends', async () => {
    goTo(1)
    openWith('sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE')
    await check()
    const verdict = state().lesson?.verdict
    expect([verdict?.done, verdict?.lacks, verdict?.wrong]).toEqual([false, [1], [0]])
    expect(verdict?.ends.map((says) => spoken(saying, 'en', says))).toEqual([
      expect.stringMatching(/^`http:\/\/edition.cnn.com\/politics` now: .*200/),
    ])
  })

  test('Check reads first what is being typed; a text that cannot be read meets nothing', async () => {
    goTo(1)
    type('kind: [')
    await check()
    expect(draftOf(state())?.is).toBe('broken')
    expect(state().lesson?.verdict).toMatchObject({ done: false, broken: true, wrong: [], ends: [] })
    expect(state().lesson?.met.some(Boolean)).toBe(false)
  })

  test('Check waits for an edit that is still being written into a text', async () => {
    goTo(1)
    type('# mine\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n')
    settle()
    edit('flow', (design) => readNotation('sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE', design).design)
    await check()
    expect(state().question).toBeNull()
    expect(state().lesson?.verdict?.wrong).toEqual([0])
  })

  test('half a word is not judged', async () => {
    goTo(1)
    showMe()
    look()
    expect(done()).toEqual([false, true, false])
    type('kind')
    look()
    expect(state().lesson?.met).toEqual([true, true])
    settle()
    look()
    expect(state().lesson?.met).toEqual([false, false])
  })

  test('Show me is one step of the history, keeps what is there, and sends', async () => {
    goTo(1)
    move({ [designOf(state()).nodes[0]?.id ?? '']: { x: 300, y: 700 } })
    const pod = designOf(state()).nodes[0]
    addNode('pod', { name: 'other', at: { x: 5, y: 900 } })
    const nodes = designOf(state()).nodes.length
    showMe()
    await settled()
    expect(kinds()).toBe('pod sidecar gateway host')
    expect(designOf(state()).nodes[0]).toEqual(pod)
    expect(done()).toEqual([false, true, false])
    undo()
    expect(designOf(state()).nodes.length).toBe(nodes)
    goTo(2)
    showMe()
    await settled()
    expect([state().sent, done()?.[2]]).toEqual([{ from: 'default/sleep', url }, true])
  })

  test('one that was not reached begins with its scene; back goes with what is there', async () => {
    goTo(2)
    expect(kinds()).toBe('pod sidecar gateway host')
    expect(state().history.past).toHaveLength(1)
    toggleHint()
    back()
    expect([state().lesson?.step, state().lesson?.hint]).toEqual([1, false])
    goTo(7)
    expect(state().lesson?.step).toBe(1)
  })

  test('the one after a done one goes on with the learner’s own work, also where the lesson was begun in its midst', async () => {
    goTo(1)
    showMe()
    await settled()
    addNode('pod')
    next()
    expect([state().lesson?.step, kinds()]).toEqual([2, 'pod sidecar gateway host pod sidecar'])
  })

  test('Reset begins anew, in one step of the history, and forgets what was done', async () => {
    send({ from: 'default/sleep', url })
    await settled()
    next()
    addNode('gateway')
    reset()
    await settled()
    expect([state().lesson?.step, kinds(), done()]).toEqual([0, 'pod sidecar host', [false, false, false]])
    expect(progressOf('try', 3, here())).toEqual({ step: 0, done: [false, false, false] })
    undo()
    expect(kinds()).toBe('pod sidecar host gateway')
  })
})

/** Draws these flows alone, in the lesson's document. */
function openWith(flows: string): void {
  const { lesson: open } = state()
  if (open)
    store.setState({
      lesson: { ...open, lesson: { ...open.lesson, steps: open.lesson.steps.map((step) => ({ ...step, show: { flows } })) } },
    })
  showMe()
  if (open) store.setState({ lesson: open })
}
