import { describe, expect, test } from 'vitest'
import { cursorAt } from './cursor'

/** `|` is the cursor. */
const at = (marked: string) => {
  const offset = marked.indexOf('¦')
  return cursorAt(marked.replace('¦', ''), offset)
}
const brief = (marked: string) => {
  const cursor = at(marked)
  return (
    cursor &&
    `${cursor.at} ${cursor.path.join('.')} "${cursor.typed}"${cursor.present.length > 0 ? ` beside ${cursor.present.join(',')}` : ''}`
  )
}

const head = 'apiVersion: networking.istio.io/v1\nkind: Gateway\n'

describe('a cursor', () => {
  test.each<[string, string, string | null]>([
    ['at the top', 'ki¦', 'key  "ki"'],
    ['of an empty text', '¦', 'key  ""'],
    ['under a key', 'spec:\n  ¦', 'key spec ""'],
    ['beside other keys', 'spec:\n  a: 1\n  se¦\n  b: 2\nx: 1', 'key spec "se" beside a,b'],
    ['in the first key of an entry', 'spec:\n  servers:\n  - po¦\n    name: x', 'key spec.servers.0 "po" beside name'],
    [
      'in a later key of an entry',
      'spec:\n  servers:\n  - port:\n      number: 1\n  - hosts:\n    - a\n    t¦',
      'key spec.servers.1 "t" beside hosts',
    ],
    ['with indented dashes', 'spec:\n  servers:\n    - port:\n        number: 1\n      ¦', 'key spec.servers.0 "" beside port'],
    ['deeper', 'spec:\n  servers:\n    - port:\n        nu¦', 'key spec.servers.0.port "nu"'],
    ['in an entry that is a word', 'spec:\n  hosts:\n  - a\n  - b¦', 'key spec.hosts.1 "b"'],
    ['after a bare dash', 'spec:\n  hosts:\n  - ¦', 'key spec.hosts.0 ""'],
    ['at a value', 'spec:\n  tls:\n    mode: IST¦', 'value spec.tls.mode "IST"'],
    ['at an empty value', 'spec:\n  tls:\n    mode: ¦', 'value spec.tls.mode ""'],
    ['at a value that is there', 'spec:\n  mode: SIM¦PLE # x', 'value spec.mode "SIM"'],
    ['at a value in an entry', 'spec:\n  servers:\n  - port: {}\n  - name: ¦', 'value spec.servers.1.name ""'],
    ['in a flow list', 'spec:\n  exportTo: [".", ¦]', 'value spec.exportTo.1 ""'],
    ['in a flow map', 'spec:\n  tls: {mode: SIMPLE, sn¦}', 'key spec.tls "sn" beside mode'],
    ['at a value in a flow map', 'spec:\n  tls: { mode: ¦}', 'value spec.tls.mode ""'],
    ['in lists of lists', 'a:\n- - x: 1\n    y¦', 'key a.0.0 "y" beside x'],
    ['behind quotes', '"a b":\n  \'c\': ¦', 'value a b.c ""'],
    ['with keys of labels', 'labels:\n  app.kubernetes.io/name: ¦', 'value labels.app.kubernetes.io/name ""'],
    ['in the second document', 'spec:\n  a: 1\n---\nmetadata:\n  ¦', 'key metadata ""'],
    ['before the next document', 'spec:\n  ¦\n---\nmetadata:\n  name: x', 'key spec ""'],
    ['in the third document of many', 'a: 1\n---\nb: 2\n---\nspec:\n  c¦\n---\nd: 1', 'key spec "c"'],
    ['below a line of dashes that is no separator', 'spec:\n  x: y\n----\n  c¦', 'key spec "c"'],
    ['on a separator', 'a: 1\n---¦\nb: 2', null],
    ['below a separator at the very top', '---\na: 1\nb¦', 'key  "b" beside a'],
    ['right below a separator', 'a: 1\n---\n¦', 'key  ""'],
    ['in a comment', 'spec: # mo¦', null],
    ['in a block of text', 'data:\n  x: |\n    mode: ¦', null],
    ['behind a block of text', 'data:\n  x: |\n    mode\n  y¦', 'key data "y" beside x'],
    ['with Windows line ends', 'spec:\r\n  tls:\r\n    mo¦\r\n', 'key spec.tls "mo"'],
  ])('%s', (_, marked, wanted) => expect(brief(marked)).toBe(wanted))

  test('knows the kind of its document', () => {
    expect(at(`kind: Pod\n---\n${head}spec:\n  ¦`)).toMatchObject({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway' })
  })

  test('knows its word', () => {
    expect(at('spec:\n  ho¦sts:\n  - a')).toMatchObject({ from: 8, to: 13, typed: 'ho', colon: true, column: 2 })
    expect(at('spec:\n  mode: SI¦MPLE')).toMatchObject({ from: 14, to: 20, typed: 'SI' })
  })

  test('is never lost: every offset of any text has an answer', () => {
    const odd = '\t- {[:\n- -\n  "x\n: y\n#\n|\n  >-\n\n---\n--- a\n? b\n  - : -'
    for (let offset = 0; offset <= odd.length; offset++) expect(() => cursorAt(odd, offset)).not.toThrow()
  })
})
