import { expect, test } from 'vitest'
import { emptyDesign } from '../../core/model/design'
import { addFlow } from '../../core/model/flow'
import { drawn, egress, first, wire } from '../../examples/draw'
import { askedAlong, firstAsked } from './ask-path'

const idOf = (kind: string) => first.nodes.find((node) => node.kind === kind)?.id ?? ''

test('a road asks what its app would: scheme by what it speaks, port where it is not the usual one', () => {
  expect(firstAsked(first)).toEqual({ from: 'default/sleep', url: 'http://edition.cnn.com/' })
  const tls = drawn('x', {
    pod: { name: 'a', namespace: 'shop' },
    call: { speaks: 'HTTPS', port: 8443 },
    host: 'a.b',
    wire: wire('PASSTHROUGH'),
  })
  expect(firstAsked(tls)).toEqual({ from: 'shop/a', url: 'https://a.b:8443/' })
})

test('a wildcard is asked by a name below it', () => {
  const any = drawn('x', { pod: { name: 'a' }, call: { speaks: 'HTTPS' }, host: '*.wikipedia.org', wire: wire('PASSTHROUGH') })
  expect(firstAsked(any)?.url).toBe('https://www.wikipedia.org/')
})

test.each(['pod', 'sidecar', 'gateway', 'host'])('the first road by a %s', (kind) => {
  expect(askedAlong(first, idOf(kind))?.url).toBe('http://edition.cnn.com/')
})

test('of several roads the one along the hop that was asked', () => {
  const two = addFlow(first, {
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: egress('ISTIO_MUTUAL'),
    host: 'api.example.com',
    wire: wire('SIMPLE'),
  })
  const hop = two.hops.find(({ to }) => two.nodes.find(({ id }) => id === to)?.name === 'api.example.com')
  expect(askedAlong(two, hop?.id ?? '')?.url).toBe('http://api.example.com/')
})

test('without a road there is nothing to ask', () => {
  expect(firstAsked(emptyDesign)).toBeNull()
  expect(askedAlong(first, 'nobody')).toBeNull()
})
