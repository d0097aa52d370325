import { expect, test } from 'vitest'
import { type Design, isWireHop, nodeOf } from '../../core/model/design'
import { checkHost, checkIP, type Field } from '../../core/model/field'
import { first } from '../../examples/draw'
import { open, setFields, undo } from '../../store/actions/actions'
import { findingsOf } from '../../store/derived/select'
import { designOf, store } from '../../store/state/store'
import { rowsOf } from '../problems/problem-rows'
import { mended, offered } from './offered'

const now = (): Design => designOf(store.getState())
const field = (type: Field['type'], check?: Field['check']): Field => ({
  id: type,
  title: { en: '', zh: '' },
  help: { en: '', zh: '' },
  type,
  ...(check && { check }),
})

test.each([
  [field('choice'), 'NONE', 'DNS', 'DNS'],
  [field('number'), 80, '443', 443],
  [field('text', checkHost), 'https://a.example.com/x', 'a.example.com', 'a.example.com'],
  [field('list', checkIP), ['192.0.2.1'], '192.0.2.2', ['192.0.2.1', '192.0.2.2']],
])('%o: the offer takes its place', (of, before, offer, after) => expect(mended(of, before, offer)).toEqual({ value: after }))

test('a number takes no word', () => expect(mended(field('number'), 80, 'x')).toBeNull())

test('what a finding offers is set as one step', () => {
  open('test', first)
  const host = now().nodes.find(({ kind }) => kind === 'host')?.id as string
  setFields(host, { resolution: 'NONE' })
  const row = rowsOf(findingsOf(store.getState()), null, []).find(({ code }) => code === 'none-gateway')
  if (!row?.offer) throw new Error('nothing is offered')
  offered(now(), row.offer)?.()
  expect(nodeOf(now(), host)?.fields.resolution).toBe('DNS')
  expect(findingsOf(store.getState())).toEqual([])
  undo()
  expect(nodeOf(now(), host)?.fields.resolution).toBe('NONE')
})

test('a hop takes a port, and nothing that it has no field for', () => {
  open('test', first)
  const hop = now().hops.find(isWireHop)?.id as string
  offered(now(), { on: hop, field: 'port', value: '8443' })?.()
  expect(now().hops.find(isWireHop)?.wire.port).toBe(8443)
  expect(offered(now(), { on: hop, field: 'port', value: 'x' })).toBeNull()
  expect(offered(now(), { on: hop, field: '__proto__', value: 'x' })).toBeNull()
  expect(offered(now(), { on: 'nowhere', field: 'name', value: 'x' })).toBeNull()
})
