/** What is said to have changed is what has changed, whoever wrote the text. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../core/compile/compile'
import { dialects } from '../../core/compile/dialects'
import { print, textOf } from '../../core/compile/print'
import type { Design } from '../../core/model/design'
import { anySoundDesign } from '../../testing/any-design'
import { anyEdit } from '../../testing/any-edit'
import { runs } from '../../testing/runs'
import { changedBetween, changesBetween, chosenOf } from './changed'

const docsOf = (design: Design) => print(compile(design, dialects['istio-v1']), dialects['istio-v1'], { comments: true, lang: 'en' })

test('lines that are not told of were there before, in printed documents as in a text of one’s own', () => {
  fc.assert(
    fc.property(anySoundDesign, anyEdit, (before, edit) => {
      const [was, is] = [docsOf(before), docsOf(edit.of(before))]
      const changed = changedBetween(was, is)
      expect(changedBetween(textOf(was), textOf(is))).toEqual(changed)
      const told = new Set(changed.come.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)))
      const left = new Map<string, number>()
      for (const line of textOf(was).split('\n')) left.set(line, (left.get(line) ?? 0) + 1)
      const fresh = textOf(is)
        .split('\n')
        .filter((line, index) => {
          if (told.has(index + 1) || line === '---' || line === '') return false
          left.set(line, (left.get(line) ?? 0) - 1)
          return (left.get(line) ?? 0) < 0
        })
      expect(fresh).toEqual([])
      const names = (docs: typeof was) => new Set(docs.map(({ text }) => text))
      const [old, now] = [names(was), names(is)]
      const differing = [...old].filter((text) => !now.has(text)).length + [...now].filter((text) => !old.has(text)).length
      expect(changed.objects === 0).toBe(differing === 0)
      expect(changed.lines).toBeGreaterThanOrEqual(changed.objects)
      expect(changed.objects).toBeLessThanOrEqual(differing)
    }),
    runs(60),
  )
})

const entry = (host: string, port: number) => `kind: ServiceEntry\nmetadata:\n  name: ${host}\nspec:\n  port: ${port}\n`

test('a line that says something else counts once, an object that goes with all of its lines', () => {
  const [a, b] = [entry('a', 80), entry('b', 80)]
  expect(changedBetween(`${a}---\n${b}`, `${a}---\n${entry('b', 443)}`)).toEqual({ objects: 1, lines: 1, come: [{ from: 11, to: 11 }] })
  expect(changedBetween(`${a}---\n${b}`, a)).toEqual({ objects: 1, lines: 5, come: [] })
  expect(changedBetween(a, `${b}---\n${a}`)).toEqual({ objects: 1, lines: 5, come: [{ from: 1, to: 5 }] })
  expect(changedBetween(`${a}---\n${b}`, `${entry('c', 80)}---\n${b}`)).toEqual({ objects: 1, lines: 1, come: [{ from: 3, to: 3 }] })
  expect(changedBetween('', '')).toEqual({ objects: 0, lines: 0, come: [] })
  expect(changedBetween('', a)).toEqual({ objects: 1, lines: 5, come: [{ from: 1, to: 5 }] })
})

test('what is left out of a change is as it was, and all of it is the new text', () => {
  fc.assert(
    fc.property(anySoundDesign, anyEdit, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (before, edit, picks) => {
      const [was, is] = [textOf(docsOf(before)), textOf(docsOf(edit.of(before)))]
      const changes = changesBetween(was, is)
      const wanted = (index: number) => picks[index % picks.length] ?? true
      expect(chosenOf(was, is, () => true)).toBe(is)
      const objects = (text: string) => text.split('---\n').filter(Boolean).toSorted()
      expect(objects(chosenOf(was, is, () => false))).toEqual(objects(was))
      // Of each object that differs the one side or the other is there.
      const left = objects(chosenOf(was, is, wanted))
      for (const [index, change] of changes.entries()) {
        const text = wanted(index) ? change.after : change.before
        if (text !== '') expect(left).toContain(text)
      }
      expect(changesBetween(was, chosenOf(was, is, wanted)).length).toBe(changes.filter((_, index) => wanted(index)).length)
    }),
    runs(60),
  )
})

test('objects are found again by kind and name, in JSON too', () => {
  const json = '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"x"},"spec":{"port":1}}\n'
  expect(changesBetween(json, json.replace(':1}', ':2}'))).toMatchObject([{ is: 'changed', name: 'Service a' }])
  expect(changesBetween('', json)).toMatchObject([{ is: 'new', name: 'Service a', before: '' }])
  expect(changesBetween(`${entry('a', 80)}---\n# only a remark\n`, entry('a', 80))).toMatchObject([{ is: 'gone', name: '# only a remark' }])
})
