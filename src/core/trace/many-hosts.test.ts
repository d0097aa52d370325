/** A mesh of a thousand hosts: each is reached by its own way. `npm run bench` tells what a request costs. */
import { expect, test } from 'vitest'
import { labSurroundings } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { trace } from './trace'

const gateway = 'istio-egressgateway.istio-system.svc.cluster.local'

/** What one host needs to go through the gateway: http originated there, https passed through. */
const host = (name: string, id: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${id}, namespace: default}
spec:
  hosts: [${name}]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: https, protocol: HTTPS}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${id}, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - {port: {number: 80, name: https-${id}, protocol: HTTPS}, hosts: [${name}], tls: {mode: ISTIO_MUTUAL}}
  - {port: {number: 443, name: tls-${id}, protocol: TLS}, hosts: [${name}], tls: {mode: PASSTHROUGH}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${id}, namespace: istio-system}
spec:
  host: ${gateway}
  subsets:
  - name: ${id}
    trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL, sni: ${name}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${id}, namespace: default}
spec:
  hosts: [${name}]
  gateways: [mesh, ${id}]
  http:
  - {match: [{gateways: [mesh], port: 80}], route: [{destination: {host: ${gateway}, subset: ${id}, port: {number: 80}}}]}
  - {match: [{gateways: [${id}], port: 80}], route: [{destination: {host: ${name}, port: {number: 80}}}]}
  tls:
  - {match: [{gateways: [mesh], port: 443, sniHosts: [${name}]}], route: [{destination: {host: ${gateway}, subset: ${id}, port: {number: 443}}}]}
  - {match: [{gateways: [${id}], port: 443, sniHosts: [${name}]}], route: [{destination: {host: ${name}, port: {number: 443}}}]}
`

test('a thousand hosts', () => {
  const count = 1000
  const texts = Array.from({ length: count }, (_, at) => host(`h${at}.example.com`, `h${at}`))
  const documents = parse(texts.join('\n---\n')).documents
  const hosts = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `h${at}.example.com`,
      { ports: { 80: 'plain' as const, 443: 'tls' as const }, names: [], impostor: false, redirects: false, addresses: [] },
    ]),
  )
  const around = { ...labSurroundings, hosts }
  const mesh = read(documents)
  const send = (url: string) => trace(mesh, around, { from: 'default/sleep', url, curl: [] })
  for (const scheme of ['http', 'https']) expect(send(`${scheme}://h7.example.com/`).outcome).toMatchObject({ status: 200, hops: [{}, {}] })
  for (let at = 0; at < count; at++) {
    const { outcome } = send(`${at % 2 ? 'http' : 'https'}://h${at}.example.com/`)
    expect(outcome.server?.port, `h${at}`).toBe(at % 2 ? 80 : 443)
    expect(outcome.hops).toHaveLength(2)
  }
}, 60_000)
