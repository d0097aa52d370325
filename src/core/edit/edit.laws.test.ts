/** The law of an edit: it changes what it says and nothing else, or it is asked about first. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { anyEdit } from '../../testing/any-edit'
import { anyRestyled } from '../../testing/any-restyled'
import { appliedOver, brought, harmed, lost, nameOf, newErrors, otherPicture, warned } from '../../testing/edited'
import { runs } from '../../testing/runs'
import { schemas } from '../../testing/schemas'
import { check } from '../model/check'
import { draw } from '../picture/draw'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { writtenBack } from './write-back'

vi.setConfig({ testTimeout: 600_000 })

test('over other people’s YAML', () => {
  const count = { written: 0, asked: 0, refused: 0 }
  fc.assert(
    fc.property(anyRestyled(undefined, 6), anyEdit, anyEdit, anyEdit, ({ text }, ...edits) => {
      const { documents } = parse(text)
      const before = draw(documents, read(documents), null).design
      for (const edit of edits) {
        const after = edit.of(before)
        if (after === before || check(after).some(({ level }) => level === 'error')) continue
        const result = writtenBack(text, before, after, schemas)
        if ('refused' in result) count.refused++
        else if (result.costs.length > 0) count.asked++
        else {
          count.written++
          const edited = { text, before, after, result: result.text }
          expect(
            [
              ...otherPicture(edited),
              ...harmed(edited),
              ...(edit.removes ? brought(edited) : lost(edited)),
              ...newErrors(edited),
              ...warned(edited),
            ],
            edit.name,
          ).toEqual([])
          // What stays in a cluster until somebody deletes it is told.
          const now = parse(result.text).documents
          const left = appliedOver(documents, now).filter((document) => !now.includes(document))
          expect(result.gone.map(nameOf), edit.name).toEqual(left.map(nameOf))
        }
      }
    }),
    runs(60),
  )
  // Counted over 436: 365 written, 47 asked, 24 refused.
  expect(count.written, JSON.stringify(count)).toBeGreaterThan((count.asked + count.refused) * 1.5)
})
