import { expect, test } from 'vitest'
import { besideOf } from './beside'
import { cursorAt } from './cursor'

const host = (marked: string): string | undefined => {
  const text = marked.replace('¦', '')
  const cursor = cursorAt(text, marked.indexOf('¦'))
  return cursor ? besideOf(text, cursor)('host') : 'no cursor'
}

test.each<[string, string, string | undefined]>([
  ['above', 'route:\n- destination:\n    host: a.b\n    subset: ¦', 'a.b'],
  ['below', 'route:\n- destination:\n    subset: ¦\n    host: "a.b"', 'a.b'],
  ['beside the port of a number', 'destination:\n  host: a.b\n  port:\n    number: ¦', 'a.b'],
  ['not that of another map', 'route:\n- destination:\n    host: a.b\n- destination:\n    subset: ¦', undefined],
  ['not that of another document', 'destination:\n  host: a.b\n---\ndestination:\n  subset: ¦', undefined],
  ['in a flow map', 'destination: {host: a.b, subset: ¦}', 'a.b'],
])('the host %s', (_, marked, wanted) => expect(host(marked)).toBe(wanted))
