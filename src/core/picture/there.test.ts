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
