import { expect, test } from 'vitest'
import { clusterName, outbound } from '../istio/cluster-ref'
import { accessLine } from './access-log'
import type { HopLine, Request } from './outcome'

const request: Request = { from: 'default/sleep', url: 'http://edition.cnn.com/politics', curl: [] }
const hop = (proxy: string, more: Partial<HopLine>): HopLine => ({
  proxy:
    proxy === 'S'
      ? { kind: 'sidecar', namespace: 'default', name: 'sleep' }
      : { kind: 'gateway', namespace: 'istio-system', name: 'istio-egressgateway' },
  code: 0,
  flags: '-',
  details: '-',
  tls: '-',
  sni: '',
  peer: '-',
  cluster: null,
  ...more,
})
const toGateway = (port: number) => outbound('istio-egressgateway.istio-system.svc.cluster.local', 'cnn', port)
const toHost = outbound('edition.cnn.com', '', 80)
const http = { code: 200, details: 'via_upstream' }
const before = hop('S', { ...http, cluster: toGateway(80) })

/** Lines that the lab recorded (istio/README 10); `…` stands for one word that differs from run to run. */
test.each<[string, HopLine, HopLine | null, string]>([
  [
    'C1, sidecar',
    before,
    null,
    `[now] "GET /politics HTTP/1.1" 200 - via_upstream - "-" 0 131 3 3 "-" "curl/8" "id" "edition.cnn.com" "10.44.0.3:8080" ${clusterName(toGateway(80))} 10.44.0.2:42224 198.51.100.1:80 10.44.0.2:45780 - -`,
  ],
  [
    'C1, gateway',
    hop('G', { ...http, cluster: toHost }),
    before,
    `[now] "GET /politics HTTP/2" 200 - via_upstream - "-" 0 131 0 0 "10.44.0.2" "curl/8" "id" "edition.cnn.com" "198.51.100.1:80" ${clusterName(toHost)} 10.44.0.3:51300 10.44.0.3:8080 10.44.0.2:42224 - -`,
  ],
  [
    'C3, sidecar',
    hop('S', { cluster: toGateway(443), sni: 'edition.cnn.com' }),
    null,
    `[now] "- - -" 0 - - - "-" 767 1321 8 - "-" "-" "-" "-" "10.44.0.3:8443" ${clusterName(toGateway(443))} 10.44.0.2:59252 198.51.100.1:443 10.44.0.2:52252 edition.cnn.com -`,
  ],
  [
    'A1, blocked',
    hop('S', { code: 502, details: 'direct_response' }),
    null,
    '[now] "GET /politics HTTP/1.1" 502 - direct_response - "-" 0 0 0 - "-" "curl/8" "id" "edition.cnn.com" "-" - - 198.51.100.1:80 10.44.0.2:45762 - block_all',
  ],
  [
    'A1, TLS',
    hop('S', { flags: 'UH', cluster: { name: 'BlackHoleCluster' } }),
    null,
    '[now] "- - -" 0 UH - - "-" 0 0 0 - "-" "-" "-" "-" "-" BlackHoleCluster - 198.51.100.1:443 10.44.0.2:52238 - -',
  ],
  [
    'no filter chain',
    hop('G', { flags: 'NR', details: 'filter_chain_not_found', sni: 'outbound_.80_.cnn_.gw' }),
    before,
    '[now] "- - -" 0 NR filter_chain_not_found - "-" 0 0 0 - "-" "-" "-" "-" "-" - - 10.44.0.3:8080 10.44.0.2:41390 outbound_.80_.cnn_.gw -',
  ],
  [
    'no cluster',
    hop('S', { code: 503, flags: 'NC', details: 'cluster_not_found' }),
    null,
    '[now] "GET /politics HTTP/1.1" 503 NC cluster_not_found - "-" 0 0 0 - "-" "curl/8" "id" "edition.cnn.com" "-" - - 198.51.100.1:80 10.44.0.2:45844 - -',
  ],
  [
    'TLS where HTTP is read',
    hop('G', { code: 400, flags: 'DPE', details: 'http1.codec_error' }),
    before,
    '[now] "- - HTTP/1.1" 400 DPE http1.codec_error - "-" 0 11 0 - "-" "-" "-" "-" "-" - - 10.44.0.3:8080 10.44.0.2:45358 - -',
  ],
])('%s: as Envoy printed it', (_, line, from, real) => {
  const words = accessLine(line, from, request)
  const pattern = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^ ]*')
  expect(real).toMatch(new RegExp(`^${pattern}$`))
})

test('method, path and Host are those of the request', () => {
  const asked = { ...request, url: 'http://a.b:8080?x=1', curl: ['-X', 'POST', '-H', 'Host: c.d'] }
  expect(accessLine(before, null, asked)).toContain('"POST /?x=1 HTTP/1.1"')
  expect(accessLine(before, null, asked)).toContain('"c.d"')
  expect(accessLine(before, null, { ...request, url: 'http://a.b:8080/' })).toContain('"a.b:8080"')
})
