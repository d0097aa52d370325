import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { type Design, emptyDesign } from '../model/design'
import { addFlow } from '../model/flow'
import { compile } from './compile'
import { dialects } from './dialects'
import { objectOf, print, rangeOf, textOf } from './print'

const today = dialects['istio-v1']
const options = { comments: true, lang: 'en' } as const
const flow = (host: string, pod = 'sleep') => ({
  pod: { name: pod },
  call: { speaks: 'HTTP' as const },
  gateway: { name: 'istio-egressgateway', tls: 'ISTIO_MUTUAL' as const },
  host,
  wire: { tls: 'SIMPLE' as const, fields: {} },
})
const designOf = (...hosts: string[]): Design => hosts.reduce((design, host) => addFlow(design, flow(host)), emptyDesign)
const many = designOf(...Array.from({ length: 60 }, (_, n) => `h${n}.example.com`))

/** Every path into a value, to its last leaf. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, child]) => pathsIn(child, [...path, key]))]
}

describe('rangeOf', () => {
  const objects: [string, unknown][] = [
    ['nested lists and maps', { a: 1, b: { c: [{ d: 1, e: [1, 2] }, { d: 2 }], f: {} }, g: [], h: 'x' }],
    ['a list in a list', { a: [[1, 2], [3]], b: 2 }],
    ['text of several lines', { a: { text: 'one\ntwo\nthree\n', b: 1 }, c: 2 }],
    [
      'a gateway',
      {
        spec: {
          servers: [
            { port: { number: 80, name: 'http' }, hosts: ['a'], tls: { mode: 'X' } },
            { port: { number: 443 }, hosts: ['b'] },
          ],
        },
      },
    ],
  ]
  test.each(objects)('%s: each part stands on the lines that it tells', async (_, object) => {
    const { dump } = await import('js-yaml')
    const lines = dump(object, { lineWidth: -1, noRefs: true, seqNoIndent: true }).trimEnd().split('\n')
    for (const path of pathsIn(object)) {
      const range = rangeOf(object, path)
      const key = path.at(-1)
      if (typeof key === 'string') expect(lines[range?.from ?? -1], path.join('.')).toMatch(new RegExp(`^[\\s-]*${key}:`))
      else expect(lines[range?.from ?? -1], path.join('.')).toContain('- ')
    }
    const whole = pathsIn(object).map((path) => rangeOf(object, path)?.to ?? 0)
    expect(Math.max(...whole)).toBe(lines.length - 1)
  })

  test('what is not there has no lines', () => {
    expect(rangeOf({ a: [1] }, ['a', 1])).toBeNull()
    expect(rangeOf({ a: [1] }, ['b'])).toBeNull()
  })
})

describe('print', () => {
  test('a long list is put together to the same text as a short one is written', () => {
    for (const resource of compile(many, today)) {
      const [doc] = print([resource], today, { comments: false, lang: 'en' })
      expect(load(doc?.text ?? '')).toEqual(JSON.parse(JSON.stringify(objectOf(resource, today.version(resource.group)))))
    }
  })

  test('marks lie inside of the document and name what it comes from', () => {
    for (const doc of print(compile(many, today), today, options)) {
      expect(doc.lines).toBe(doc.text.split('\n').length - 1)
      expect(doc.marks.length).toBeGreaterThan(0)
      for (const mark of doc.marks) expect(mark.from >= 0 && mark.from <= mark.to && mark.to < doc.lines, JSON.stringify(mark)).toBe(true)
    }
  })

  test('a hop’s lines are its server, its subset and its routes', () => {
    const design = designOf('a.example.com', 'b.example.com')
    const docs = print(compile(design, today), today, options)
    const hop = 'sidecar:default/sleep>gateway:istio-system/istio-egressgateway'
    const marked = docs.flatMap((doc) =>
      doc.marks.filter((mark) => mark.ids.includes(hop)).map((mark) => doc.text.split('\n')[mark.from]?.trim()),
    )
    expect(marked).toEqual(['- port:', '- port:', '- name: a-example-com', '- name: b-example-com', '- match:', '- match:'])
  })

  test('an unchanged resource keeps its document', () => {
    const before = compile(designOf('a.example.com', 'b.example.com'), today)
    const after = compile(designOf('a.example.com', 'b.example.com', 'c.example.com'), today, before)
    const docs = [print(before, today, options), print(after, today, options)] as const
    const entry = (list: (typeof docs)[number]) => list.find((doc) => doc.of.kind === 'ServiceEntry' && doc.of.name === 'a-example-com')
    expect(entry(docs[1])).toBe(entry(docs[0]))
    expect(docs[1].find((doc) => doc.of.kind === 'Gateway')).not.toBe(docs[0].find((doc) => doc.of.kind === 'Gateway'))
  })

  test('documents are separated, end with one newline and speak the chosen language', () => {
    const design = designOf('a.example.com')
    const text = textOf(print(compile(design, today), today, { comments: true, lang: 'zh' }))
    expect(text.startsWith('# 让网格认识 a.example.com。\napiVersion: networking.istio.io/v1\n')).toBe(true)
    expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true)
    expect(text.split('\n---\n')).toHaveLength(5)
    expect(textOf(print(compile(design, today), today, { comments: false, lang: 'zh' }))).not.toContain('#')
    expect(textOf([])).toBe('')
  })
})
