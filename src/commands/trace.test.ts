import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../command-line'
import type { Input } from './kind'

const lab = new URL('../../e2e/mesh/cases/', import.meta.url)
const input: Input = {
  read: (file) => {
    try {
      return { text: readFileSync(new URL(file, lab), 'utf8') }
    } catch {
      return { problem: `${file} cannot be read: no such file` }
    }
  },
}
const url = 'http://edition.cnn.com/politics'

test('prints numbered steps, the line of YAML that decided each, and what the proxies log', () => {
  const { out, err, code } = run(['trace', 'yaml/c6-originate-mtls.yaml', '--url', url], input)
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^ 1\. {2}pod default\/sleep: The app sends plain HTTP to edition\.cnn\.com:80/)
  expect(out).toMatch(/yaml\/c6-originate-mtls\.yaml:\d+: VirtualService default\/direct-cnn-through-egress-gateway spec\.http\.0/)
  expect(out).toMatch(
    /on the wire: mTLS sni=edition\.cnn\.com peer=spiffe:\/\/cluster\.local\/ns\/default\/sa\/sleep > HTTP edition\.cnn\.com/,
  )
  expect(out).toMatch(/gateway istio-system\/istio-egressgateway {2}200 {2}- {2}via_upstream {2}outbound\|443\|\|edition\.cnn\.com/)
  expect(out).toMatch(/The app sees 200\.\n$/)
})

test('a request that does not arrive exits 1 and says why, in Chinese too', () => {
  const words = ['trace', 'yaml/c6-no-sni.yaml', '--url', url]
  const { out, code } = run(words, input)
  expect(code).toBe(1)
  expect(out).toMatch(/✗ .*\[NR\]/)
  expect(out).toMatch(/The app sees 503: No server of the gateway is for the SNI outbound_\.80_/)
  expect(run([...words, '--lang', 'zh'], input).out).toMatch(/应用看到 503：网关没有服务于 SNI/)
})

test('--json is the lab’s own form, with our sentences beside it', () => {
  const { out, code } = run(
    [
      'trace',
      'yaml/c9-mutual-credential.yaml',
      '--case',
      'c9-mutual-credential.yaml',
      '--url',
      'http://my-nginx.mesh-external.svc.cluster.local/',
      '--json',
    ],
    input,
  )
  const told = JSON.parse(out)
  expect(code).toBe(0)
  expect(told).toMatchObject({ status: 200, exit: 0, from: 'default/sleep', failure: null, unknown: null })
  expect(told.hops.map(({ cluster }: { cluster: string }) => cluster)).toEqual([
    'outbound|443|cnn|istio-egressgateway.istio-system.svc.cluster.local',
    'outbound|443||my-nginx.mesh-external.svc.cluster.local',
  ])
  expect(told.server).toEqual({
    port: 443,
    tls: 'TLS 1.3',
    sni: 'my-nginx.mesh-external.svc.cluster.local',
    clientCert: 'client.example.com',
  })
  expect(told.steps.some(({ because }: { because: { line: number } | null }) => (because?.line ?? 0) > 1)).toBe(true)
})

test('--outbound and --from say what is around the YAML', () => {
  const words = ['trace', 'yaml/c1-http-plain.yaml', '--url', 'http://other.example.com/']
  expect(run(words, input).code).toBe(0)
  const closed = run([...words, '--outbound', 'REGISTRY_ONLY', '--json'], input)
  expect([closed.code, JSON.parse(closed.out).status, JSON.parse(closed.out).failure]).toEqual([1, 502, 'unknown-host'])
  expect(run([...words, '--from', 'default/somebody'], input).code).toBe(0)
  const inCase = [
    'trace',
    '--case',
    'c9-mutual-credential.yaml',
    'yaml/c9-mutual-credential.yaml',
    '--url',
    url,
    '--from',
    'default/nobody',
  ]
  expect(run(inCase, input).out).toMatch(/I do not know: There is no pod default\/nobody/)
})

test.each([
  [['trace', 'yaml/c1-http-plain.yaml'], /Name the --url/],
  [['trace', '--url', url], /Name a FILE/],
  [['trace', 'none.yaml', '--url', url], /cannot be read/],
  [['trace', 'yaml/c1-http-plain.yaml', '--url', url, '--outbound', 'SOME'], /--outbound is ALLOW_ANY/],
  [['trace', 'yaml/c1-http-plain.yaml', '--url', url, '--case', 'none.yaml'], /cannot be read/],
])('bad usage: %j', (words, problem) => {
  const { err, code } = run(words, input)
  expect(code).toBe(2)
  expect(err).toMatch(problem)
})
