import { expect, test } from 'vitest'
import { deathOf } from '../../core/trace/death'
import type { HopLine, Layer } from '../../core/trace/outcome'
import { layerStyle } from './Layers'
import { factsOf } from './trace-words'

const words = { peer: 'peer', to: 'to' }
const mesh: Layer = { is: 'mTLS', sni: 'outer', peer: 'spiffe://cluster.local/ns/a/sa/b' }
const http: Layer = { is: 'HTTP', host: 'a.b' }

test('facts are the names on the wire, outermost first, and where it goes', () => {
  const facts = factsOf({ wire: [mesh, { is: 'TLS', sni: 'inner', peer: '' }, http], to: { host: 'a.b', port: 443 } }, words)
  expect(facts.map(({ word, value }) => `${word} ${value}`)).toEqual([
    'SNI outer › inner',
    'peer spiffe://cluster.local/ns/a/sa/b',
    'Host a.b',
    'to a.b:443',
  ])
  expect(factsOf({ wire: [], to: null }, words)).toEqual([])
})

test.each<[Layer | undefined, string]>([
  [mesh, 'istio-mutual'],
  [{ is: 'mTLS', sni: '', peer: 'CN=client' }, 'mutual'],
  [{ is: 'TLS', sni: '', peer: '' }, 'simple'],
  [http, 'disable'],
  [undefined, 'disable'],
])('%o looks as the hop that carries it', (layer, style) => expect(layerStyle(layer)).toBe(style))

const gateway = { kind: 'gateway', namespace: 'a', name: 'b' } as const
const host = { kind: 'host', name: 'x' } as const

const line = (more: Partial<HopLine>): HopLine => ({
  proxy: gateway,
  code: 0,
  flags: '-',
  details: '-',
  tls: '-',
  sni: '',
  peer: '-',
  cluster: null,
  ...more,
})

test('a death has Envoy’s flag and details, else what the app sees', () => {
  const outcome = { status: 503, exit: 0, hops: [line({ flags: 'NR', details: 'filter_chain_not_found' })], server: null }
  expect(deathOf({ at: gateway, flag: 'NR' }, { outcome })).toBe('NR filter_chain_not_found')
  expect(deathOf({ at: gateway }, { outcome })).toBe('NR filter_chain_not_found')
  expect(deathOf({ at: host }, { outcome })).toBe('503')
  expect(deathOf({ at: host }, { outcome: { ...outcome, status: 0, exit: 35 } })).toBe('curl 35')
})
