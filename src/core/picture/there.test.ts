/** What a text says to be there is there: an entry is drawn and traced alike, whoever makes its surroundings, also where it is for a Service. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aroundYaml } from '../../commands/around'
import { leaves, requestAlong } from '../../testing/along'
import { runs } from '../../testing/runs'
import { labSurroundings } from '../istio/surroundings'
import { pathsOf } from '../model/path'
import { read } from '../read/read'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { draw } from './draw'
import { surroundingsOf } from './drawn-surroundings'

const anyEntry = fc
  .record({
    host: fc.constantFrom('api.example.com', 'kubernetes.default.svc.cluster.local'),
    protocol: fc.constantFrom('HTTP', 'HTTPS', 'TLS', 'TCP', 'GRPC'),
    number: fc.constantFrom(80, 443, 8000, 5432),
    resolution: fc.constantFrom('NONE', 'STATIC', 'DNS'),
    address: fc.constantFrom('', '203.0.113.9', '203.0.113.9/32', '203.0.113.0/28'),
    endpoint: fc.constantFrom('', '203.0.113.77'),
    own: fc.constantFrom(0, 9443),
    targetPort: fc.constantFrom(0, 8443),
  })
  // The webhook refuses STATIC without endpoints, and NONE with one; TLS on a port of plain HTTP is another law's.
  .filter(({ resolution, endpoint }) => (resolution === 'NONE') === (endpoint === '') || resolution === 'DNS')
  .filter(({ resolution, targetPort }) => resolution !== 'NONE' || targetPort === 0)
  .filter(({ number, protocol }) => number !== 443 || protocol === 'HTTPS' || protocol === 'TLS')
  .filter(({ number, protocol }) => number !== 80 || protocol === 'HTTP')

const textOf = ({
  host,
  protocol,
  number,
  resolution,
  address,
  endpoint,
  own,
  targetPort,
}: typeof anyEntry extends fc.Arbitrary<infer T> ? T : never) =>
  JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'entry', namespace: 'shop' },
    spec: {
      hosts: [host],
      ...(address && { addresses: [address] }),
      ports: [{ number, name: 'port', protocol, ...(targetPort && { targetPort }) }],
      resolution,
      ...(endpoint && { endpoints: [{ address: endpoint, ...(own && { ports: { port: own } }) }] }),
    },
  })

test('an entry of any kind', () =>
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const { documents } = parse(textOf(entry))
      const mesh = read(documents)
      const { design, notDrawn } = draw(documents, mesh, null)
      const paths = pathsOf(design)
      expect([paths.length > 0, notDrawn.map(({ why }) => why.en)]).toEqual([true, []])
      for (const around of [surroundingsOf(design, mesh), { ...labSurroundings, ...aroundYaml(documents, mesh, {}) }])
        for (const path of paths) expect(leaves(path, trace(mesh, around, requestAlong(path)))).toEqual([])
    }),
    runs(60),
  ))

const workload = (name: string, labels: object, container = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { template: { metadata: { labels }, spec: { serviceAccountName: 'shopper', containers: [{ name: 'app', ...container }] } } },
})
const route = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'route', namespace: 'shop' },
  spec: { hosts: ['api.example.com'], http: [{ route: [{ destination: { host: 'backend.shop.svc.cluster.local' } }] }] },
}
const backend = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'backend', namespace: 'shop' },
  spec: { selector: { app: 'backend' }, ports: [{ port: 80 }] },
}

test('workloads of the text are pods that may ask, in the app as on the command line: not those that are led to, nor gateways', () => {
  const objects = [
    workload('client', { app: 'client' }),
    workload('quiet', { app: 'quiet', 'sidecar.istio.io/inject': 'false' }),
    workload('backend', { app: 'backend' }),
    workload('own-gateway', { app: 'own' }, { image: 'auto' }),
    backend,
    route,
  ]
  const { documents } = parse(objects.map((each) => JSON.stringify(each)).join('\n---\n'))
  const mesh = read(documents)
  const shown = surroundingsOf(draw(documents, mesh, null).design, mesh).pods
  expect(shown.map(({ name, sidecar, serviceAccount }) => `${name} ${sidecar} ${serviceAccount}`)).toEqual([
    'client true shopper',
    'quiet false shopper',
  ])
  expect(aroundYaml(documents, mesh, {}).pods).toEqual(shown)
  expect(aroundYaml(documents, mesh, { from: 'shop/backend' }).pods.at(-1)?.serviceAccount).toBe('shopper')
})
