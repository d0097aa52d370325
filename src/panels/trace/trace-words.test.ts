import { expect, test } from 'vitest'
import { deathOf } from '../../core/trace/death'
import type { HopLine, Layer } from '../../core/trace/outcome'
import { layerStyle } from './Layers'
import { factsOf, whoOf } from './trace-words'

test.each([
  ['pod default/sleep', { kind: 'pod', name: 'default/sleep' }],
  ['gateway istio-system/gw', { kind: 'gateway', name: 'istio-system/gw' }],
  ['host a.b', { kind: 'host', name: 'a.b' }],
  ['nothing-known', { kind: 'host', name: 'nothing-known' }],
])('%s', (at, who) => expect(whoOf(at)).toEqual(who))

const mesh: Layer = { is: 'mTLS', sni: 'outer', peer: 'spiffe://cluster.local/ns/a/sa/b' }
const http: Layer = { is: 'HTTP', host: 'a.b' }

test('facts are the names on the wire, outermost first, and where it goes', () => {
  const facts = factsOf({ wire: [mesh, { is: 'TLS', sni: 'inner', peer: '' }, http], to: { host: 'a.b', port: 443 } })
  expect(facts.map(({ word, value }) => `${word.en} ${value}`)).toEqual([
    'SNI outer › inner',
    'peer spiffe://cluster.local/ns/a/sa/b',
    'Host a.b',
    'to a.b:443',
  ])
  expect(factsOf({ wire: [], to: null })).toEqual([])
})

test.each<[Layer | undefined, string]>([
  [mesh, 'istio-mutual'],
  [{ is: 'mTLS', sni: '', peer: 'CN=client' }, 'mutual'],
  [{ is: 'TLS', sni: '', peer: '' }, 'simple'],
  [http, 'disable'],
  [undefined, 'disable'],
])('%o looks as the hop that carries it', (layer, style) => expect(layerStyle(layer)).toBe(style))

const line = (more: Partial<HopLine>): HopLine => ({
  proxy: 'gateway a/b',
  code: 0,
  flags: '-',
  details: '-',
  tls: '-',
  sni: '',
  peer: '-',
  cluster: '-',
  ...more,
})

test('a death has Envoy’s flag and details, else what the app sees', () => {
  const outcome = { status: 503, exit: 0, hops: [line({ flags: 'NR', details: 'filter_chain_not_found' })], server: null }
  expect(deathOf({ at: 'gateway a/b', flag: 'NR' }, { outcome })).toBe('NR filter_chain_not_found')
  expect(deathOf({ at: 'gateway a/b' }, { outcome })).toBe('NR filter_chain_not_found')
  expect(deathOf({ at: 'host x' }, { outcome })).toBe('503')
  expect(deathOf({ at: 'host x' }, { outcome: { ...outcome, status: 0, exit: 35 } })).toBe('curl 35')
})
