import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Design, emptyDesign } from '../../core/model/design'
import { designToJson } from '../../core/model/link'
import { anySoundDesign } from '../../testing/any-design'
import { browser } from '../../testing/browser'
import { runs } from '../../testing/runs'
import { setName } from '../actions/actions'
import { designOf, store } from '../state/store'
import { boot } from './boot'
import { packed } from './packed'
import { isLink, linkOf, readLink } from './share'
import { keepCopy } from './tabs'

const state = () => store.getState()
const named = (name: string): Design => ({ ...emptyDesign, name })
const workOf = (design: Design) => ({ design, draft: null })

test('a link brings back the very design, its text, and what went along', async () => {
  await fc.assert(
    fc.asyncProperty(anySoundDesign, fc.option(fc.string()), async (design, text) => {
      const draft = text === null ? null : { text, is: 'typing' as const }
      const along = {
        view: 'canvas',
        selected: design.nodes.map(({ id }) => id),
        request: { from: 'default/sleep', url: 'http://a.example.com/' },
      } as const
      const link = await linkOf({ design, draft }, along)
      expect(isLink(link) && /^#d1=[\w-]+$/.test(link)).toBe(true)
      const read = await readLink(link)
      expect(read).toEqual({ work: { design, draft }, along })
    }),
    runs(60),
  )
})

describe('what is no link of ours', () => {
  test('any letters behind the number are damaged, never more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^[\w-]{0,200}$/),
          fc.string().map((text) => btoa(encodeURIComponent(text))),
        ),
        async (letters) => {
          expect(await readLink(`#d1=${letters}`)).toBe('damaged')
        },
      ),
      runs(300),
    )
  })

  test('a link that is cut off anywhere, or changed in one letter, is damaged or another design, and never throws', async () => {
    const link = await linkOf(workOf(named('mine')), {})
    for (let end = 4; end < link.length; end++) expect(await readLink(link.slice(0, end))).toBe('damaged')
    for (let at = 4; at < link.length; at++) {
      const read = await readLink(`${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`)
      expect(['string', 'object']).toContain(typeof read)
    }
  })

  test('a bomb is cut off as soon as it is too long', async () => {
    const bomb = await packed(' '.repeat(40_000_000))
    expect(bomb.length).toBeLessThan(60_000)
    expect(await readLink(`#d1=${bomb}`)).toBe('long')
  })

  test('a newer way of writing, and a newer design, are called so', async () => {
    expect(await readLink('#d2=AAAA')).toBe('newer')
    expect(await readLink(`#d1=${await packed(JSON.stringify({ ...JSON.parse(designToJson(named('x'))), version: 99 }))}`)).toBe('newer')
  })

  test('what went along in another shape is left out', async () => {
    const file = { ...JSON.parse(designToJson(named('x'))), along: { view: 'upside down', selected: [1, 'a'], request: { from: 3 } } }
    expect(await readLink(`#d1=${await packed(JSON.stringify(file))}`)).toMatchObject({ along: { selected: ['a'] } })
  })
})

describe('opening one', () => {
  beforeEach(() => {
    store.setState({ ...store.getInitialState(), id: '' })
  })
  afterEach(() => vi.useRealTimers())

  /** A browser with a design of its own. */
  async function own() {
    const world = browser()
    const tab = world.tab()
    await boot(named('example'), tab.place)
    setName('mine')
    await vi.waitFor(() => expect(state().saved).toBe('saved'))
    return { ...world, old: tab, id: state().id }
  }

  test('touches nothing: it is saved once it is kept, and a reload until then opens it again', async () => {
    const { tab, saved, old, id } = await own()
    const link = await linkOf(workOf(named('shared')), { view: 'code' })
    old.close()
    const next = tab(old.tabNotes, link)
    await boot(named('example'), next.place)
    expect([designOf(state()).name, state().linked, state().view, state().saved]).toEqual(['shared', true, 'code', 'untouched'])
    expect([state().id === id, next.bar.hash, saved().length]).toEqual([false, link, 1])
    keepCopy()
    await vi.waitFor(() => expect(state().saved).toBe('saved'))
    expect([state().linked, next.bar.hash, saved().length]).toEqual([false, `#design=${state().id}`, 2])
  })

  test('in a page that is open saves first what was edited there', async () => {
    const { old, saved } = await own()
    setName('mine, edited')
    old.go(await linkOf(workOf(named('shared')), {}))
    await vi.waitFor(() => expect(designOf(state()).name).toBe('shared'))
    await vi.waitFor(() => expect(saved().join('')).toContain('mine, edited'))
    expect(saved()).toHaveLength(1)
  })

  test('that brings nothing leaves what is open as it is, in a page that is open', async () => {
    const { old, id } = await own()
    const { history } = state()
    old.go('#d1=AAAA')
    await vi.waitFor(() => expect(state().notice.says).toMatchObject({ word: 'linkDamaged' }))
    expect([state().id, state().history === history, old.bar.hash]).toEqual([id, true, `#design=${id}`])
  })

  test.each([
    ['#d1=AAAA', 'linkDamaged'],
    ['#d7=AAAA', 'linkNewer'],
  ])('%s says what is wrong with it', async (hash, word) => {
    await boot(named('example'), browser().tab(new Map(), hash).place)
    expect([designOf(state()).name, state().notice.says]).toEqual(['example', expect.objectContaining({ word })])
  })
})
