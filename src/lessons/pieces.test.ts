/** A lesson loads alone, in one language: what the app loads of it holds no sentence of another lesson, and none of the other language. */
import { load } from 'virtual:lessons'
import { describe, expect, test } from 'vitest'
import type { Lang, Text } from '../core/base/text'
import { comparisonsOf, idAfter, isShipped, lessonOf, listOf } from './apart'
import { lessons } from './catalog'
import { comparedIn, takenIn } from './one-language'

/** So long is a sentence that nobody else says by chance. */
const sentence = 24

const textsOf = (value: unknown): Text[] => {
  if (typeof value !== 'object' || value === null) return []
  const { en, zh } = value as Partial<Text>
  return typeof en === 'string' && typeof zh === 'string' ? [{ en, zh }] : Object.values(value).flatMap(textsOf)
}

/** What is said in a lesson apart from its comparisons. */
const saidIn = (lang: Lang) =>
  new Map(lessons.map(({ id, title, story, steps }) => [id, textsOf([title, story, steps]).map((text) => text[lang])] as const))
const said = { en: saidIn('en'), zh: saidIn('zh') }

test('the pieces are the list, the lessons and their comparisons, in each language', () => {
  const each = lessons.flatMap(({ id, comparisons }) => [`lesson/${id}`, ...(comparisons ? [`compared/${id}`] : [])])
  expect(Object.keys(load).toSorted()).toEqual(
    ['en', 'zh'].flatMap((lang) => [`${lang}/list`, ...each.map((name) => `${lang}/${name}`)]).toSorted(),
  )
})

describe.each(['en', 'zh'] as const)('in %s', (lang) => {
  const other = lang === 'en' ? 'zh' : 'en'

  test.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s is whole, and alone', async (id, lesson) => {
    const piece = await lessonOf(id, lang)
    expect(piece).toEqual(takenIn(lesson, lang))
    const text = JSON.stringify(piece)
    for (const one of said[lang].get(id) ?? []) expect(text).toContain(JSON.stringify(one).slice(1, -1))
    const foreign = [...said[other].values(), ...[...said[lang]].flatMap(([whose, all]) => (whose === id ? [] : [all]))].flat()
    const own = said[lang].get(id)?.join('\n') ?? ''
    const there = foreign.filter((one) => one.length >= sentence && !own.includes(one) && text.includes(JSON.stringify(one).slice(1, -1)))
    expect(there).toEqual([])
    if (lesson.comparisons) expect(await comparisonsOf(id, lang)).toEqual(comparedIn(lesson, lang))
    for (const { today, reasons } of lesson.comparisons ?? []) {
      for (const { says } of reasons) expect(text).not.toContain(JSON.stringify(says[lang]).slice(1, -1))
      expect(today.length).toBeGreaterThan(sentence)
    }
  })

  test('the list holds titles and stories alone', async () => {
    const list = await listOf(lang)
    expect(list).toEqual(
      lessons.map(({ id, part, title, story, steps }) => ({ id, part, title: title[lang], story: story[lang], steps: steps.length })),
    )
  })
})

test('lessons come one after another; what is not shipped has none after it and is refused', async () => {
  expect(lessons.map(({ id }) => idAfter(id))).toEqual([...lessons.slice(1).map(({ id }) => id), null])
  expect([isShipped('http-gateway'), isShipped('toString'), idAfter('toString')]).toEqual([true, false, null])
  await expect(lessonOf('toString', 'en')).rejects.toThrow('no such piece')
})
