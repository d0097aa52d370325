import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyDesign } from '../../core/model/design'
import { httpGateway } from '../../lessons/catalog/http-gateway'
import { takenIn } from '../../lessons/one-language'
import { browser } from '../../testing/browser'
import { beginAnew, done, endAll, file, first, kinds, lesson, own, settled, state, url } from '../../testing/lesson'
import { saying } from '../../words/en/saying'
import { addNode, open as openDocument, setName, undo } from '../actions/actions'
import { send } from '../actions/asking'
import { boot } from '../documents/boot'
import { newDesign, openDesign } from '../documents/library'
import { linkOf } from '../documents/share'
import { designOf, draftOf, store } from '../state/store'
import { startDrafting, type } from '../text/drafting'
import { chooseLang } from '../words/choose-lang'
import { spoken } from '../words/saying'
import { check, goTo, leaveLesson, next, showMe, toggleHint } from './lesson'
import { lessonFilesOf } from './lesson-files'
import { lessonHash } from './lesson-link'
import { openLesson, openLessonText } from './lesson-open'

const name = () => designOf(state()).name
const typed = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n'

beforeEach(beginAnew)
afterEach(endAll)

/** Another tab has a store of its own. */
const leaveOpen = () => store.setState({ lesson: null, lessonTrouble: null, panel: null })

describe('the person’s own work', () => {
  test('is not touched by a lesson, and is there again with its history when that is left', async () => {
    const { database, notes, id } = await own()
    const before = state().history
    await openLesson(lesson)
    expect([name(), state().id, state().history.past.length]).toEqual(['A try', 'lesson-try', 0])
    addNode('host')
    await settled()
    expect(database.get('document lesson-try')).toContain('edition.cnn.com')
    expect([database.get(`document ${id}`), notes.get('last')]).toEqual([expect.stringContaining('mine'), id])
    leaveLesson()
    await settled()
    expect([state().id, state().lesson]).toEqual([id, null])
    expect(state().history).toBe(before)
    expect(database.get(`document ${id}`)).toContain('mine')
    undo()
    expect(name()).toBe('example')
  })

  test('an edit a moment before the lesson is saved', async () => {
    const { database, id } = await own()
    setName('in haste')
    await openLesson(lesson)
    await settled()
    expect(database.get(`document ${id}`)).toContain('in haste')
    leaveLesson()
    expect(state().saved).not.toBe('untouched')
    await settled()
    expect([name(), state().saved]).toEqual(['in haste', 'saved'])
  })

  test('a text that is being typed comes back, and the picture follows it then', async () => {
    const end = startDrafting()
    await own()
    type(typed)
    await openLesson(lesson)
    await settled()
    expect(draftOf(state())).toBeNull()
    leaveLesson()
    expect(draftOf(state())).toEqual({ text: typed, is: 'typing' })
    await settled()
    expect(draftOf(state())).toEqual({ text: typed, is: 'drawn' })
    end()
  })

  test('what was never edited is there again too, and stores nothing', async () => {
    const { database, tab } = browser()
    await boot(first, tab().place)
    await openLesson(lesson)
    leaveLesson()
    await settled()
    expect([name(), state().hint, state().saved]).toEqual(['example', true, 'untouched'])
    expect([...database.keys()]).toEqual(['document lesson-try'])
  })

  test('is what the tab of a lesson shows where the address no longer has the lesson', async () => {
    const { tab, old, id } = await own()
    await openLesson(lesson)
    old.close()
    leaveOpen()
    await boot(first, tab(old.tabNotes).place)
    expect([name(), state().id]).toEqual(['mine', id])
  })

  test('is what one comes back to from a lesson after a lesson', async () => {
    const { id } = await own()
    await openLesson(lesson)
    await openLesson({ ...lesson, id: 'another' })
    expect(state().id).toBe('lesson-another')
    leaveLesson()
    expect([name(), state().id]).toEqual(['mine', id])
  })

  test('a new tab begins with it, not with the lesson', async () => {
    const { tab, old, id } = await own()
    await openLesson(lesson)
    addNode('host')
    await settled()
    old.close()
    await boot(first, tab().place)
    expect([name(), state().id]).toEqual(['mine', id])
  })

  test('is held by its tab while that takes a lesson', async () => {
    const { tab, id } = await own()
    await openLesson(lesson)
    leaveOpen()
    await boot(first, tab().place)
    expect([name(), state().id === id]).toEqual(['mine', false])
    expect(state().notice.says).toMatchObject({ word: 'designElsewhere' })
  })
})

describe('the document of a lesson', () => {
  test('a reload comes back to the step, with the learner’s own state', async () => {
    const { tab, old } = await own()
    await openLessonText(file, 'try.yaml')
    send({ from: 'default/sleep', url })
    await settled()
    next()
    addNode('gateway')
    await settled()
    const { id } = state()
    expect(old.bar.hash).toBe(lessonHash(state().lesson?.address ?? '', 1))
    old.close()
    leaveOpen()
    await boot(first, tab(old.tabNotes, old.bar.hash).place)
    expect([state().id, state().lesson?.step, kinds(), done()]).toEqual([id, 1, 'pod sidecar host gateway', [true, false, false]])
    leaveLesson()
    expect([name(), old.bar.hash === '']).toEqual(['mine', false])
  })

  test('a reload finds what was edited a moment before it too, and the own work stays the last of the browser', async () => {
    const { database, tab, old } = await own()
    await openLessonText(file, 'try.yaml')
    await settled()
    const last = database.get('last')
    old.place.database.set = () => new Promise(() => {})
    addNode('gateway')
    old.leave()
    old.close()
    leaveOpen()
    await boot(first, tab(old.tabNotes, old.bar.hash).place)
    expect([state().lesson?.step, kinds().endsWith('gateway'), database.get('last')]).toEqual([0, true, last])
  })

  test('a second tab gets a copy and says so; neither writes over the other', async () => {
    const { database, tab } = await own()
    await openLesson(lesson)
    addNode('gateway')
    await settled()
    const before = database.get('document lesson-try')
    leaveOpen()
    const second = tab()
    await boot(first, second.place)
    await openLesson(lesson)
    expect([state().id, kinds()]).toEqual([expect.stringMatching(/^lesson-try~/), 'pod sidecar host gateway'])
    expect(state().notice.says).toMatchObject({ word: 'lessonElsewhere' })
    addNode('pod')
    await settled()
    expect(database.get('document lesson-try')).toBe(before)
  })

  test('is opened again where the learner was, and from its beginning once all is done', async () => {
    await own()
    await openLesson(lesson)
    goTo(1)
    leaveLesson()
    await openLesson(lesson)
    expect([state().lesson?.step, kinds()]).toEqual([1, 'pod sidecar host'])
    showMe()
    await settled()
    goTo(0)
    send({ from: 'default/sleep', url })
    await settled()
    goTo(2)
    send({ from: 'default/sleep', url })
    await settled()
    expect(done()).toEqual([true, true, true])
    leaveLesson()
    await openLesson(lesson)
    expect([state().lesson?.step, kinds(), done()]).toEqual([0, 'pod sidecar host', [true, true, true]])
  })

  test('at a step that is asked for it begins with that step’s scene; undo brings the own state back', async () => {
    await own()
    await openLesson(lesson)
    addNode('host')
    await settled()
    leaveLesson()
    await openLesson(lesson, 2)
    expect([state().lesson?.step, kinds()]).toEqual([2, 'pod sidecar gateway host'])
    undo()
    expect(kinds()).toBe('pod sidecar host host')
  })

  test('without any storage it works as long as the page', async () => {
    const { tab } = browser()
    const { place } = tab()
    const no = () => Promise.reject(new Error('no'))
    const memo = { read: () => null, write: () => {}, remove: () => {}, keys: () => [] }
    await boot(first, { ...place, database: { get: no, set: no, keys: no, list: no, clear: no, change: no }, tab: memo, browser: memo })
    await openLesson(lesson)
    send({ from: 'default/sleep', url })
    await settled()
    expect(done()).toEqual([true, false, false])
    next()
    leaveLesson()
    expect(name()).toBe('example')
  })
})

describe('a lesson file', () => {
  test('is opened, kept, and in the address as a whole', async () => {
    const { old } = await own()
    await openLessonText(file, 'try.json')
    expect(state().lesson?.key).toMatch(/^file-/)
    expect(lessonFilesOf(old.place).map(({ title }) => title.en)).toEqual(['A try'])
    const link = old.bar.hash
    // Another browser, which knows nothing of it.
    const other = browser().tab(new Map(), link)
    leaveOpen()
    await boot(first, other.place)
    expect([state().lesson?.lesson.title, state().lesson?.step, kinds()]).toEqual(['A try', 0, 'pod sidecar host'])
  })

  test('one that is wrong says where, and the own work stays', async () => {
    await own()
    await openLessonText('lesson: 1\nid: A b\n', 'wrong.yaml')
    expect([state().lesson, state().panel, state().lessonTrouble?.name, name()]).toEqual([null, 'lessons', 'wrong.yaml', 'mine'])
    expect(state().lessonTrouble?.says.map((says) => spoken(saying, 'en', says))).toContainEqual(
      expect.stringMatching(/^id (?:is missing|has to be) /),
    )
  })

  test.each(['#lesson=nothing', '#lesson-file=AAAA', '#lesson-file=%', '#lesson-file='])(
    'a link such as %s says what is wrong with it, and the own work stays',
    async (hash) => {
      const { tab, old } = await own()
      old.close()
      leaveOpen()
      const again = tab(old.tabNotes, hash)
      await boot(first, again.place)
      expect([state().lesson, name(), again.bar.hash]).toEqual([null, 'mine', ''])
      expect(state().lessonTrouble?.says).toHaveLength(1)
    },
  )

  test('a link that is opened in a page that is there opens its lesson', async () => {
    const { old } = await own()
    old.go('#lesson=http-gateway&step=2')
    await vi.waitFor(() => expect(state().lesson?.key).toBe('http-gateway'), { timeout: 60_000 })
    expect(state().lesson?.step).toBe(1)
    leaveLesson()
    expect([name(), old.bar.hash]).toEqual(['mine', `#design=${state().id}`])
  })
})

test('a link to another step of the lesson that is open goes there, with its history', async () => {
  const { old } = await own()
  old.go('#lesson=http-gateway&step=1')
  await vi.waitFor(() => expect(state().lesson?.step).toBe(0), { timeout: 60_000 })
  addNode('gateway')
  old.go('#lesson=http-gateway&step=2')
  await vi.waitFor(() => expect(state().lesson?.step).toBe(1), { timeout: 60_000 })
  expect(state().history.past).toHaveLength(2)
  const before = state().history
  await openLesson(httpGateway)
  expect([state().history === before, state().lesson?.step]).toEqual([true, 1])
})

test('a document that is opened over a lesson is not taken for it', async () => {
  const { database } = await own()
  await openLesson(lesson)
  await settled()
  openDocument('elsewhere', { ...emptyDesign, name: 'linked' })
  await settled()
  expect(database.get('document lesson-try')).not.toContain('linked')
})

test.each(['a design of the list', 'a new one', 'a link'])('%s is opened in place of the own work: the lesson is left', async (what) => {
  const { id, old } = await own()
  await newDesign()
  setName('another')
  await settled()
  await openLesson(lesson)
  if (what === 'a design of the list') await openDesign(id)
  else if (what === 'a new one') await newDesign()
  else old.go(await linkOf({ design: { ...emptyDesign, name: 'linked' }, draft: null }, {}))
  await vi.waitFor(() => expect(state().lesson).toBeNull())
  await vi.waitFor(() => expect(name()).toBe({ 'a design of the list': 'mine', 'a new one': 'egress', 'a link': 'linked' }[what]))
})

test('what a lesson saves says nothing of the own work, which another tab has', async () => {
  const { tab, id } = await own()
  beginAnew()
  const second = tab()
  await boot(first, second.place)
  expect(state().elsewhere).toBe(id)
  await openLesson(lesson)
  addNode('gateway')
  await settled()
  expect(state().saved).toBe('saved')
  leaveLesson()
  expect([name(), state().elsewhere]).toEqual(['mine', id])
})

describe('the language of the page', () => {
  test('changes under an open lesson, and nothing of it is lost', async () => {
    await own()
    await openLesson('http-gateway', 1)
    await check()
    addNode('gateway')
    toggleHint()
    const before = state().lesson
    await chooseLang('zh')
    await vi.waitFor(() => expect(state().lesson?.lesson.lang).toBe('zh'), { timeout: 60_000 })
    expect(state().lang).toBe('zh')
    expect(state().lesson?.lesson).toEqual(takenIn(httpGateway, 'zh'))
    expect({ ...state().lesson, lesson: null }).toEqual({ ...before, lesson: null })
    expect(kinds()).toBe('pod sidecar host gateway')
    await chooseLang('en')
    await vi.waitFor(() => expect(state().lesson?.lesson).toEqual(before?.lesson), { timeout: 60_000 })
  })

  test('is that of a lesson file too, which has both', async () => {
    await own()
    const { part: _, ...data } = httpGateway
    await openLessonText(JSON.stringify({ lesson: 1, ...data }), 'mine.json')
    expect(state().lesson?.lesson.title).toBe(httpGateway.title.en)
    await chooseLang('zh')
    await vi.waitFor(() => expect(state().lesson?.lesson).toEqual({ ...takenIn(httpGateway, 'zh'), part: 'file' }), { timeout: 60_000 })
  })

  test('that was chosen last is shown, whatever loads first', async () => {
    await own()
    await openLesson('http-gateway')
    await Promise.all([chooseLang('zh'), chooseLang('en')])
    expect([state().lang, state().lesson?.lesson.lang]).toEqual(['en', 'en'])
  })
})
