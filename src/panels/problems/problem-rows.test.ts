import { expect, test } from 'vitest'
import { both } from '../../core/base/text'
import type { Trace } from '../../core/trace/outcome'
import type { DocumentId, Fix } from '../../core/yaml/document'
import { finding, found } from '../../core/yaml/finding'
import { filtered, fixAllOf, neighbour, rowsOf } from './problem-rows'

const of = { group: 'g', kind: 'Gateway', namespace: 'n', version: 'v1', name: 'gw', key: 'gw' } satisfies DocumentId
const fix: Fix = { says: both('Set it.', '填上。'), changes: [{ set: { of, path: ['a'] }, value: 1 }] }
const findings = [
  found('rule', 'L1', 'error', { of, path: ['a'] }, both('The sni is missing.', '缺少 sni。'), fix),
  found('rule', 'L1', 'error', { of, path: ['a'] }, both('The sni is missing.', '缺少 sni。'), fix),
  finding('name', 'warning', 'host:a', both('Odd name.', '名称异常。')),
]
const trace: Trace = {
  request: { from: 'a/b', url: 'http://x', curl: [] },
  steps: [
    {
      at: { kind: 'pod', namespace: 'a', name: 'b' },
      stage: 'app',
      ok: false,
      says: both('', ''),
      to: null,
      wire: [],
      because: { of, path: ['b'] },
    },
  ],
  outcome: { status: 503, exit: 0, hops: [], server: null },
  failure: 'no-chain',
  says: both('It dies.', '中断。'),
  unknown: null,
}
const rows = rowsOf(findings, trace, [{ of, why: both('No picture for it.', '没有对应的图形。') }])

test('every row has a key of its own, and the failure of the trace comes first', () => {
  expect(rows.map(({ code }) => code)).toEqual(['no-chain', 'L1', 'L1', 'name', 'not-drawn'])
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  expect(rows[0]?.at?.path).toEqual(['b'])
  expect(rows.at(-1)).toMatchObject({
    level: 'info',
    says: { en: 'Gateway gw: not drawn, kept unchanged in the text. No picture for it.' },
  })
})

test.each(['O7', 'L26', 'L27'])('what %s tells as not drawn is told once', (rule) => {
  const why = both('No picture for it.', '没有对应的图形。')
  const other = { ...of, name: 'other', key: 'other' }
  const told = found('rule', rule, 'warning', { of, path: ['kind'] }, both('Kept, not drawn.', '保留，不画出。'))
  expect(rowsOf([told], null, [{ of, why }]).map(({ code }) => code)).toEqual([rule])
  expect(rowsOf([told], null, [{ of: other, why }]).map(({ code }) => code)).toEqual([rule, 'not-drawn'])
})

test('a value that a finding offers comes with its field', () => {
  const says = both('Choose DNS.', '请选择 DNS。')
  const offerOf = (more: object) => rowsOf([finding('none-gateway', 'error', 'h', says, more)], null, [])[0]?.offer
  expect(offerOf({ field: 'resolution', offer: 'DNS' })).toEqual({ on: 'h', field: 'resolution', value: 'DNS' })
  expect(offerOf({ field: 'resolution' })).toBeNull()
  expect(offerOf({ offer: 'DNS' })).toBeNull()
})

test('a request that arrives is no problem', () => {
  expect(rowsOf([], { ...trace, failure: null }, [])).toEqual([])
})

test.each([
  [{ level: null, text: '' }, 5],
  [{ level: 'error', text: '' }, 3],
  [{ level: 'warning', text: '' }, 1],
  [{ level: null, text: ' SNI ' }, 2],
  [{ level: null, text: 'gateway' }, 4],
  [{ level: 'warning', text: 'sni' }, 0],
] as const)('the filter %o leaves %i rows', (filter, count) => expect(filtered(rows, filter, 'en')).toHaveLength(count))

test('the text is looked for in the language that is read', () => {
  expect(filtered(rows, { level: null, text: '名称' }, 'zh')).toHaveLength(1)
  expect(filtered(rows, { level: null, text: '名称' }, 'en')).toHaveLength(0)
})

test('next and previous go round', () => {
  const [first, last] = [rows[0]?.key, rows.at(-1)?.key]
  expect(neighbour(rows, null, 1)?.key).toBe(first)
  expect(neighbour(rows, null, -1)?.key).toBe(last)
  expect(neighbour(rows, last ?? '', 1)?.key).toBe(first)
  expect(neighbour([], null, 1)).toBeNull()
})

test('what can be mended twice can be mended at once', () => {
  expect(fixAllOf(rows, 'L1', both('', ''))).toMatchObject({ of: [{}, {}], fix: { changes: [{}, {}] } })
  expect(fixAllOf(rows, 'name', both('', ''))).toBeNull()
})
