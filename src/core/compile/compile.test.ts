import { describe, expect, test } from 'vitest'
import { type Design, emptyDesign } from '../model/design'
import { setFields, setGuard, setTls } from '../model/edit'
import { addFlow, type Flow } from '../model/flow'
import { readNotation } from '../model/notation'
import { compile } from './compile'
import { dialects } from './dialects'
import type { Resource } from './resource'

const today = dialects['istio-v1']
const tutorial = dialects['istio-v1alpha3']

function designOf(text: string): Design {
  const { design, findings } = readNotation(text)
  expect(findings).toEqual([])
  return design
}
/** Just enough of the specs for what is looked at here. */
interface Spec {
  [key: string]: unknown
  servers: { port: object; tls?: object }[]
  ports: object[]
  http: { match: object[]; route: { destination: object }[] }[]
  tls: object[]
  tcp: { match: object[] }[]
  subsets: { trafficPolicy: { portLevelSettings: { tls: object }[] } }[]
  trafficPolicy?: { portLevelSettings: object[] }
  egress: { to: { namespaceSelector: { matchLabels: Record<string, string> } }[]; ports?: { protocol: string }[] }[]
}

function spec(resources: readonly Resource[], kind: string, name?: string): Spec {
  const found = resources.find((resource) => resource.kind === kind && (name === undefined || resource.name === name))
  if (!found) throw new Error(`no ${kind} ${name ?? ''}`)
  return found.body.spec as Spec
}
const names = (resources: readonly Resource[]) => resources.map((r) => `${r.kind} ${r.namespace}/${r.name}`)

describe('Istio today', () => {
  test('origination through the gateway is five objects, each in its place', () => {
    expect(names(compile(designOf('team/sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE'), today))).toEqual([
      'ServiceEntry team/edition-cnn-com',
      'Gateway team/istio-egressgateway',
      'DestinationRule istio-system/istio-egressgateway',
      'DestinationRule team/originate-edition-cnn-com',
      'VirtualService team/edition-cnn-com',
    ])
  })

  test('TLS in TLS: a tcp route on the gateway leg, behind a server of kind TLS', () => {
    const resources = compile(designOf('sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH'), today)
    expect(spec(resources, 'Gateway').servers[0]).toMatchObject({ port: { number: 443, protocol: 'TLS' }, tls: { mode: 'ISTIO_MUTUAL' } })
    expect(spec(resources, 'VirtualService').tls).toHaveLength(1)
    expect(spec(resources, 'VirtualService').tcp[0]?.match).toEqual([{ gateways: ['istio-egressgateway'], port: 443 }])
  })

  test('origination never touches the app’s own HTTPS: a subset that only the gateway’s route names', () => {
    const resources = compile(
      designOf('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> a.example.com SIMPLE\nsleep HTTPS -> a.example.com PASSTHROUGH'),
      today,
    )
    const rule = spec(resources, 'DestinationRule', 'originate-a-example-com')
    expect(rule).toMatchObject({ exportTo: ['istio-system'], subsets: [{ name: 'originate' }] })
    expect(rule.trafficPolicy).toBeUndefined()
  })

  test('origination at the sidecar: a target port, and settings on the port that the app dials', () => {
    const resources = compile(designOf('sleep HTTP -> edition.cnn.com SIMPLE'), today)
    expect(spec(resources, 'ServiceEntry').ports).toEqual([
      { number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 },
      { number: 443, name: 'https', protocol: 'HTTPS' },
    ])
    expect(spec(resources, 'DestinationRule').trafficPolicy?.portLevelSettings).toEqual([{ port: { number: 80 }, tls: { mode: 'SIMPLE' } }])
    expect(names(resources)).toHaveLength(2)
  })

  test('one port of a ServiceEntry has one target: with others on port 80, the route names the port instead', () => {
    const resources = compile(designOf('sleep HTTP -> a.example.com SIMPLE\nteam/cart HTTP -> a.example.com DISABLE'), today)
    expect(spec(resources, 'ServiceEntry').ports[0]).not.toHaveProperty('targetPort')
    const [sleep, others] = spec(resources, 'VirtualService').http
    expect(sleep?.match).toEqual([{ port: 80, sourceNamespace: 'default' }])
    expect(sleep?.route[0]?.destination).toEqual({ host: 'a.example.com', subset: 'originate', port: { number: 443 } })
    expect(others).toMatchObject({ match: [{ gateways: ['mesh'], port: 80 }], route: [{ destination: { port: { number: 80 } } }] })
  })

  test('a sidecar that reads a Secret gets a rule of its own, and the right to list Secrets', () => {
    const resources = compile(designOf('a/sleep HTTP -> b.example.com MUTUAL credentialName=client-credential'), today)
    expect(names(resources)).toContain('Role a/sleep-reads-secrets')
    expect(names(resources)).toContain('RoleBinding a/sleep-reads-secrets')
    expect(spec(resources, 'DestinationRule').workloadSelector).toEqual({ matchLabels: { app: 'sleep' } })
  })

  test('sni alone would switch the name check off: subjectAltNames come with it, for TCP by themselves', () => {
    const tls = (text: string) =>
      spec(compile(designOf(text), today), 'DestinationRule', 'originate-a-example-com').subsets[0]?.trafficPolicy.portLevelSettings[0]?.tls
    expect(tls('sleep HTTP -> istio-egressgateway DISABLE -> a.example.com SIMPLE')).toEqual({ mode: 'SIMPLE' })
    expect(tls('sleep HTTP -> istio-egressgateway DISABLE -> a.example.com SIMPLE sni=b.example.com')).toEqual({
      mode: 'SIMPLE',
      sni: 'b.example.com',
      subjectAltNames: ['b.example.com'],
    })
    expect(tls('sleep TCP:5432 -> istio-egressgateway DISABLE -> a.example.com SIMPLE\nhost a.example.com addresses=203.0.113.1')).toEqual({
      mode: 'SIMPLE',
      sni: 'a.example.com',
      subjectAltNames: ['a.example.com'],
    })
    expect(tls('sleep HTTP -> istio-egressgateway DISABLE -> a.example.com SIMPLE insecureSkipVerify=true')).toEqual({
      mode: 'SIMPLE',
      insecureSkipVerify: true,
    })
  })

  test('a Service of the cluster needs no ServiceEntry, and its rule lies beside the gateway', () => {
    const resources = compile(
      designOf(
        'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL:443 -> my-nginx.mesh-external.svc.cluster.local MUTUAL credentialName=client-credential',
      ),
      today,
    )
    expect(names(resources)).not.toContain(expect.stringContaining('ServiceEntry'))
    expect(names(resources)).toContain('DestinationRule istio-system/originate-my-nginx-mesh-external-svc-cluster-local')
  })

  test('a guard keeps DNS, istiod and the gateway’s namespace reachable', () => {
    const resources = compile(setGuard(designOf('sleep HTTP -> egress/door ISTIO_MUTUAL -> a.example.com SIMPLE'), 'default', {}), today)
    const { egress } = spec(resources, 'NetworkPolicy')
    expect(egress.map((rule) => rule.to[0]?.namespaceSelector.matchLabels['kubernetes.io/metadata.name'])).toEqual([
      'kube-system',
      'istio-system',
      'egress',
    ])
    expect(egress[0]?.ports?.map((port) => port.protocol)).toEqual(['UDP', 'TCP'])
  })

  test('hosts whose names would become one name keep two', () => {
    const resources = compile(designOf('sleep HTTP -> a-b.example.com DISABLE\nsleep HTTP -> a.b.example.com DISABLE'), today)
    expect(new Set(names(resources)).size).toBe(2)
  })

  test('a long host is cut to a DNS label', () => {
    const resources = compile(
      designOf(`sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> ${'long-name.'.repeat(9)}example.com SIMPLE`),
      today,
    )
    for (const { name } of resources) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
  })
})

describe('as in the tutorials', () => {
  test('their names and places where one gateway serves one host of one namespace', () => {
    const resources = compile(designOf('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE'), tutorial)
    expect(names(resources)).toEqual([
      'ServiceEntry default/cnn',
      'Gateway default/istio-egressgateway',
      'DestinationRule default/egressgateway-for-cnn',
      'DestinationRule default/originate-tls-for-edition-cnn-com',
      'VirtualService default/direct-cnn-through-egress-gateway',
    ])
    expect(
      resources
        .find((r) => r.kind === 'Gateway')
        ?.notes.map((note) => note.en)
        .join(),
    ).toContain('/etc/certs')
  })

  test('a second client namespace moves the hop’s rule beside the gateway, and says so', () => {
    const resources = compile(
      designOf(
        'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE\nb/sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE',
      ),
      tutorial,
    )
    const rule = resources.find((r) => r.kind === 'DestinationRule')
    expect([rule?.namespace, rule?.notes.length]).toEqual(['istio-system', 1])
  })

  test('the app’s own HTTPS beside origination: today’s subset, and says so', () => {
    const resources = compile(
      designOf(
        'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE\nsleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH',
      ),
      tutorial,
    )
    const rule = resources.find((r) => r.name.startsWith('originate'))
    expect(spec(resources, 'DestinationRule', rule?.name).subsets).toHaveLength(1)
    expect(rule?.notes).toHaveLength(1)
  })

  test('no namespace of a gateway but one that every client sees: two gateways for one host', () => {
    const design = designOf(
      'a/sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> x.example.com SIMPLE\nb/cart HTTP -> egress/second ISTIO_MUTUAL -> x.example.com SIMPLE',
    )
    const [first, last] = spec(compile(design, today), 'VirtualService').http
    expect(first?.match[0]).toEqual({ port: 80, sourceNamespace: 'a' })
    expect(last?.match[0]).toEqual({ gateways: ['mesh'], port: 80 })
  })
})

describe('what did not change', () => {
  const flow = (host: string): Flow => ({
    pod: { name: 'sleep' },
    call: { speaks: 'HTTP' },
    gateway: { name: 'istio-egressgateway', tls: 'ISTIO_MUTUAL' },
    host,
    wire: { tls: 'SIMPLE', fields: {} },
  })
  const design = ['a.example.com', 'b.example.com'].map(flow).reduce(addFlow, emptyDesign)

  test('is the very object of before, in each dialect', () => {
    for (const dialect of Object.values(dialects)) {
      const before = compile(design, dialect)
      expect(compile(design, dialect, before).every((resource, index) => resource === before[index])).toBe(true)
      const hop = design.hops.find((h) => h.to === 'host:b.example.com')?.id as string
      const after = compile(setTls(design, hop, 'DISABLE'), dialect, before)
      expect(
        after
          .filter((resource) => !before.includes(resource))
          .every((resource) => !resource.name.includes('a-example') && resource.name !== 'a'),
      ).toBe(true)
    }
  })

  test('the same design gives the same objects, whatever was compiled in between', () => {
    const first = JSON.stringify(compile(design, today))
    compile(setFields(design, 'host:a.example.com', { addresses: ['203.0.113.7'] }), today)
    expect(JSON.stringify(compile(design, today))).toBe(first)
  })
})
