import { expect, test } from 'vitest'
import { both } from '../core/base/text'
import type { DocumentId, Place } from '../core/yaml/document'
import { type Finding, finding, found } from '../core/yaml/finding'
import { findingsAt, markersOf, mostMarks } from './markers'

const of = {} as DocumentId
const at = (path: Place['path']): Place => ({ of, path })
const spans: Record<string, { from: number; to: number }> = { a: { from: 2, to: 5 }, all: { from: 0, to: 20 }, end: { from: 20, to: 20 } }
const spanOf = (place: Place) => spans[String(place.path[0])] ?? null
const says = both('Wrong.', '有误。')
const one = (path: string, more: Partial<Finding> = {}): Finding => ({ ...found('rule', 'L1', 'error', at([path]), says), ...more })

test('a finding is marked over the whole of its place, in one language', () => {
  expect(markersOf([one('a')], spanOf, 20, 'en')).toEqual([{ level: 'error', code: 'L1', says: 'Wrong.', from: 2, to: 5 }])
  expect(markersOf([one('a')], spanOf, 20, 'zh')[0]?.says).toBe('有误。')
})

test('what has no place is not marked, and what is said twice is marked once', () => {
  expect(markersOf([finding('x', 'error', 'host:a', says), one('nowhere')], spanOf, 20, 'en')).toEqual([])
  expect(markersOf([one('a'), one('a', { rule: 'L2' })], spanOf, 20, 'en')).toHaveLength(1)
})

test('a mark is never empty and never outside of the text', () => {
  expect(markersOf([one('end')], spanOf, 20, 'en')).toMatchObject([{ from: 19, to: 20 }])
  expect(markersOf([one('x', { span: { from: 50, to: 60 } })], spanOf, 20, 'en')).toMatchObject([{ from: 19, to: 20 }])
})

test('at a stretch of the text are the findings that touch it, the nearest first', () => {
  const [wide, near] = [one('all'), one('a')]
  expect(findingsAt([wide, near], spanOf, 3, 3)).toEqual([near, wide])
  expect(findingsAt([wide, near], spanOf, 9, 12)).toEqual([wide])
})

test('a text with thousands of findings is marked where the first of them are', () => {
  let asked = 0
  const many = Array.from({ length: 5000 }, (_, index) => one('a', { rule: `L${index}`, says: both(`${index}`, '') }))
  const marks = markersOf(many, (place) => (asked++, spanOf(place)), 20, 'en')
  expect(marks).toHaveLength(mostMarks)
  expect(asked).toBe(mostMarks)
})

test('an empty text has nothing to be marked', () => {
  expect(markersOf([one('a', { span: { from: 0, to: 0 } })], spanOf, 0, 'en')).toEqual([])
})
