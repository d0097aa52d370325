import { describe, expect, test } from 'vitest'
import { isIP } from '../base/ip'
import { plan } from '../compile/plan/plan'
import { check } from './check'
import { type Design, emptyDesign, type Node } from './design'
import { setFields, setGuard, setIdentity, setWire, setWorld } from './edit'
import { checkHost, checkIP, checkLabel, checkName, checkPath, checkPort, checkServerName, checkServicePort } from './field'
import { readNotation } from './notation'

const read = (text: string): Design => readNotation(text).design
const rules = (design: Design) =>
  [...check(design), ...plan(design).findings].filter((finding) => finding.level !== 'info').map((finding) => finding.rule)
const host = 'host:a.example.com'
const http = read('sleep HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE')
const tcp = read('sleep TCP:5432 -> gate ISTIO_MUTUAL -> a.example.com DISABLE')
const outside = 'gateway:istio-system/gate>host:a.example.com'
const node = (more: Partial<Node>): Node => ({ id: 'x', kind: 'pod', name: 'x', fields: {}, ...more })

test('a sound design has no finding', () => {
  expect(rules(http)).toEqual([])
  expect(rules(setFields(tcp, host, { addresses: ['203.0.113.7'] }))).toEqual([])
})

const cases: [string, Design][] = [
  ['field', setIdentity(http, host, { name: 'https://a.example.com' })],
  ['field', setIdentity(http, 'pod:default/sleep', { name: '' })],
  ['field', setWire(http, outside, { port: 70000 })],
  ['wildcard-gateway', setIdentity(http, host, { name: '*.example.com' })],
  ['wildcard-origination', setIdentity(read('sleep HTTP -> a.example.com SIMPLE'), host, { name: '*.example.com' })],
  ['wildcard-resolution', setFields(read('sleep HTTP -> *.example.com DISABLE'), 'host:*.example.com', { resolution: 'DNS' })],
  ['dynamic-dns', setFields(http, host, { resolution: 'DYNAMIC_DNS' })],
  ['none-gateway', setFields(http, host, { resolution: 'NONE' })],
  ['none-endpoints', setFields(read('sleep HTTP -> a.example.com DISABLE'), host, { resolution: 'NONE', endpoints: ['b.example.com'] })],
  ['none-port', setFields(read('sleep HTTP -> a.example.com SIMPLE'), host, { resolution: 'NONE' })],
  ['static-endpoints', setFields(http, host, { resolution: 'STATIC' })],
  ['static-endpoints', setFields(http, host, { resolution: 'STATIC', endpoints: ['b.example.com'] })],
  ['tcp-addresses', tcp],
  [
    'test-server-once',
    setFields(
      setFields(read('sleep HTTP -> a.example.com DISABLE\nsleep HTTP -> b.example.com DISABLE'), host, { testServer: true }),
      'host:b.example.com',
      { testServer: true },
    ),
  ],
  [
    'mutual-credential',
    {
      ...http,
      hops: http.hops.map((hop) => (hop.id === outside && 'wire' in hop ? { ...hop, wire: { tls: 'MUTUAL', fields: {} } } : hop)),
    },
  ],
  ['mutual-credential', read('sleep HTTP -> a.example.com MUTUAL credentialName=c caCertificates=/etc/ca.crt')],
  ['skip-verify', read('sleep HTTP -> a.example.com SIMPLE insecureSkipVerify caCertificates=/etc/ca.crt')],
  ['duplicate-name', { ...http, nodes: [...http.nodes, node({ id: 'h2', kind: 'host', name: 'a.example.com' })] }],
  ['no-sidecar', { ...emptyDesign, nodes: [node({})] }],
  ['hop-lost', { ...http, nodes: http.nodes.filter((n) => n.kind !== 'host') }],
  [
    'hop-ends',
    {
      ...http,
      hops: [
        ...http.hops,
        { id: 'back', from: host, to: 'gateway:istio-system/gate', wire: { tls: 'DISABLE', fields: {} }, overrides: {}, except: [] },
      ],
    },
  ],
  ['guard-namespace', setGuard(http, 'No Namespace', {})],
  ['guard-blocks', setGuard(read('sleep HTTP -> a.example.com DISABLE'), 'default', {})],
  ['entry-hidden', setWorld(http, { visibility: 'NAMESPACE' })],
  ['root-namespace', setWorld(http, { root: '' })],
  [
    'gateway-ports',
    setFields(http, 'gateway:istio-system/gate', {
      ports: [
        { number: 80, targetPort: 1 },
        { number: 80, targetPort: 2 },
      ],
    }),
  ],
  ['gateway-port-missing', read('sleep HTTP -> gate ISTIO_MUTUAL:9443 -> a.example.com SIMPLE')],
  [
    'gateway-port-taken',
    read('sleep HTTP -> gate ISTIO_MUTUAL:443 -> a.example.com SIMPLE\nsleep HTTP -> gate DISABLE:443 -> b.example.com DISABLE'),
  ],
  [
    'gateway-ports-full',
    read(
      'a HTTP -> gate DISABLE -> a.example.com DISABLE\na HTTPS -> gate DISABLE -> a.example.com PASSTHROUGH\na TCP:5432 -> gate DISABLE -> b.example.com DISABLE\nhost b.example.com addresses=203.0.113.7',
    ),
  ],
  ['host-port-mixed', read('a HTTP -> a.example.com DISABLE\na HTTPS:80 -> a.example.com PASSTHROUGH')],
  ['two-ways', read('a HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE\na HTTP -> a.example.com DISABLE')],
  ['same-labels', read('a HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE\nb HTTP -> a.example.com DISABLE\npod default/b labels=app=a')],
  ['cluster-service-port', read('a HTTP:8080 -> gate ISTIO_MUTUAL -> web.shop.svc.cluster.local DISABLE')],
  [
    'tls-mode',
    {
      ...http,
      hops: http.hops.map((hop) => (hop.id === outside && 'wire' in hop ? { ...hop, wire: { tls: 'PASSTHROUGH', fields: {} } } : hop)),
    },
  ],
]
test.each(cases)('%s is found, and says so in both languages', (rule, design) => {
  const found = [...check(design), ...plan(design).findings].filter((finding) => finding.rule === rule)
  expect(rules(design)).toContain(rule)
  for (const { says } of found) expect([/\w{2,}/.test(says.en), /\p{Script=Han}/u.test(says.zh)]).toEqual([true, true])
})

describe('values of fields', () => {
  const values: [string, (value: string) => { offer?: string } | null, [string, string | undefined][]][] = [
    [
      'names',
      checkName,
      [
        ['', undefined],
        ['Sleep', 'sleep'],
        ['my pod', 'my-pod'],
        ['a'.repeat(70), 'a'.repeat(63)],
        ['-a', 'a'],
      ],
    ],
    [
      'hosts',
      checkHost,
      [
        ['https://edition.cnn.com/politics', 'edition.cnn.com'],
        ['edition.cnn.com/x', 'edition.cnn.com'],
        ['edition.cnn.com:443', 'edition.cnn.com'],
        ['Edition.CNN.com', 'edition.cnn.com'],
        ['cnn', 'cnn.example.com'],
        ['10.0.0.1', undefined],
        ['::1', undefined],
        ['*', undefined],
        ['a b.com', undefined],
      ],
    ],
    [
      'ports',
      checkPort,
      [
        ['0', undefined],
        ['65536', undefined],
        ['http', undefined],
        ['-1', undefined],
        ['1.5', undefined],
      ],
    ],
    [
      'addresses',
      checkIP,
      [
        ['1.2.3', undefined],
        ['256.1.1.1', undefined],
      ],
    ],
    ['server names', checkServerName, [['*.example.com', undefined]]],
    [
      'paths',
      checkPath,
      [
        ['etc/ca.crt', '/etc/ca.crt'],
        ['', undefined],
      ],
    ],
    [
      'labels',
      checkLabel,
      [
        ['app', undefined],
        ['a=b=c', undefined],
        ['-a=b', undefined],
      ],
    ],
    [
      'ports of a Service',
      checkServicePort,
      [
        ['80:x', undefined],
        ['x', undefined],
        ['1:2:3', undefined],
      ],
    ],
  ]
  for (const [what, checkValue, wrong] of values)
    test.each(wrong)(`${what}: "%s" is refused`, (value, offer) =>
      expect(checkValue(value)).toMatchObject(offer === undefined ? { says: expect.anything() } : { offer }),
    )

  test('what is right is let through', () => {
    for (const [checkValue, value] of [
      [checkName, 'a-1'],
      [checkHost, 'edition.cnn.com'],
      [checkHost, '*.example.com'],
      [checkPort, '65535'],
      [checkIP, '2001:db8::1'],
      [checkPath, '/etc/x'],
      [checkLabel, 'example.com/app=a.b_c'],
      [checkServicePort, '80:8080'],
      [checkServicePort, '443'],
    ] as const)
      expect(checkValue(value), value).toBeNull()
    expect(['1.2.3.4', '::', 'fe80::1', '1:2:3:4:5:6:7:8'].every(isIP)).toBe(true)
    expect(['1.2.3', 'a.b', '1::2::3', '01.2.3.4', ''].some(isIP)).toBe(false)
  })
})
