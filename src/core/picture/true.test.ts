/** The picture is true: what is drawn of other people's YAML is what their requests do, and nothing that leaves the mesh is left out. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { leaves, requestAlong, roadOf } from '../../testing/along'
import { anyRestyled, type Restyled, restyled, rewritings } from '../../testing/any-restyled'
import { runs } from '../../testing/runs'
import { defaultDialect } from '../compile/default-dialect'
import { type DialectId, dialectIds } from '../compile/dialects'
import { sees } from '../istio/export-to'
import { hostBelow, isServiceHost } from '../istio/host-name'
import { originatesTls } from '../istio/tls-mode'
import { type Design, namespaceOf } from '../model/design'
import { readNotation } from '../model/notation'
import { type Path, pathsOf } from '../model/path'
import { read } from '../read/read'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { draw } from './draw'
import { familyOf } from './draw/ways'
import { surroundingsOf } from './drawn-surroundings'

vi.setConfig({ testTimeout: 600_000 })

const titled = (path: Path): string => `${path.pod.namespace}/${path.pod.name} ${roadOf(path)}`
/** Straight to a Service of the cluster nothing has to be written. */
const isWritten = (path: Path): boolean => path.gateway !== null || !isServiceHost(path.host.name) || originatesTls(path.outside.tls)

/** Each drawn path is sent and traced along what is drawn; each path of the design is drawn, or what is not drawn says why. */
function untrue({ design, text }: Pick<Restyled, 'design' | 'text'>): string[] {
  const { documents } = parse(text)
  const mesh = read(documents)
  const { design: drawn, notDrawn } = draw(documents, mesh, null)
  const around = surroundingsOf(drawn)
  const roads = new Set(pathsOf(drawn).map(roadOf))
  const isSaid = ({ host, dialled, speaks }: Path) =>
    notDrawn.some(({ call }) => call?.host === host.name && call.port === dialled && call.speaks === speaks)
  return [
    ...pathsOf(drawn).flatMap((path) => {
      const isSaidNameless = notDrawn.some(({ why }) => why.en.startsWith(`${path.host.name}:${path.dialled}: bytes have no Host header`))
      const wrong = leaves(path, trace(mesh, around, requestAlong(path))).filter(
        (line) => !isSaidNameless || !line.startsWith('sni outside'),
      )
      return wrong.length > 0 ? [titled(path), ...wrong.map((line) => `  ${line}`)] : []
    }),
    ...pathsOf(design).flatMap((path) =>
      !isWritten(path) || roads.has(roadOf(path)) || isSaid(path) ? [] : [`not drawn: ${titled(path)}`],
    ),
  ]
}

/**
 * Requests of each pod, and of one that no rule names, to each port of each ServiceEntry, that leave the mesh and whose road nobody's path shows:
 * their call must be listed, or an object that decides them.
 */
function silent({ text }: Pick<Restyled, 'text'>): string[] {
  const { documents } = parse(text)
  const mesh = read(documents)
  const { design, notDrawn } = draw(documents, mesh, null)
  const own = surroundingsOf(design, mesh)
  const unnamed = [...new Set(own.pods.map(({ namespace }) => namespace))].map((namespace) => ({
    ...(own.pods[0] as (typeof own.pods)[number]),
    namespace,
    name: 'unnamed',
    labels: {},
  }))
  const around = { ...own, pods: [...own.pods, ...unnamed] }
  const shown = new Set(surroundingsOf(design).pods.map(({ namespace }) => namespace))
  const left = new Set(notDrawn.filter(({ call }) => !call).map(({ of }) => of.key))
  return mesh.serviceHosts
    .filter(({ by }) => by === 'ServiceEntry')
    .flatMap((entry) =>
      entry.hosts.flatMap((host) => entry.ports.map((port) => ({ entry, host, number: port.number, speaks: familyOf(port.protocol) }))),
    )
    .flatMap(({ entry, host, number, speaks }) =>
      around.pods.flatMap(({ namespace, name }) => {
        // The text says nothing of what a workload elsewhere does that does not see the entry.
        if (!shown.has(namespace) && !sees(namespace, entry)) return []
        const url = `${speaks === 'HTTPS' ? 'https' : 'http'}://${hostBelow(host, 'one')}:${number}/`
        const traced = trace(mesh, around, { from: `${namespace}/${name}`, url, curl: [] })
        if (!speaks || traced.unknown || traced.failure !== null || traced.outcome.exit !== 0) return []
        const alike = pathsOf(design).filter((path) => path.host.name === host && path.dialled === number && path.speaks === speaks)
        const isDrawn = alike.some((path) => leaves({ ...path, pod: { ...path.pod, namespace, name } }, traced).length === 0)
        const isListed =
          notDrawn.some(({ call }) => call?.host === host && call.port === number && call.speaks === speaks) ||
          traced.steps.some(({ because }) => because && left.has(because.of.key))
        return isDrawn || isListed ? [] : [`neither drawn nor listed: ${url} from ${namespace}/${name}`]
      }),
    )
}

/** Which of several accounts that may read Secrets in a namespace a client has, no YAML says. */
function tellsAccounts(design: Design): boolean {
  const reading = pathsOf(design).flatMap(({ pod, gateway, outside }) => (!gateway && outside.fields.credentialName ? [pod] : []))
  const accountOf = ({ fields, name }: Path['pod']) => fields.serviceAccount || name
  return reading.every((pod) =>
    reading.every((other) => namespaceOf(other) !== namespaceOf(pod) || other === pod || accountOf(pod) === pod.name),
  )
}
const told = ({ design }: Restyled): boolean => tellsAccounts(design)

test.each(rewritings.map(({ name }) => name))('%s', (name) =>
  fc.assert(
    fc.property(anyRestyled([name], 1).filter(told), (one) => {
      expect(untrue(one)).toEqual([])
    }),
    runs(4),
  ),
)

test('many at once', () =>
  fc.assert(
    fc.property(anyRestyled().filter(told), (one) => {
      expect(untrue(one)).toEqual([])
    }),
    runs(100),
  ))

test('what leaves the mesh is drawn or listed, whoever asks', () =>
  fc.assert(
    fc.property(anyRestyled().filter(told), (one) => {
      expect(silent(one)).toEqual([])
    }),
    runs(80),
  ))

/** Several pods of a host start TLS by rules of which one hides another, and a pod that no rule selects is left over. */
const hidden: { notation: string; dialect: DialectId | undefined; steps: string[] }[] = [
  {
    notation: `shop/batch HTTPS:9443 -> partner-egress/istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH
shop/sleep HTTPS:9443 -> partner-egress/istio-egressgateway DISABLE -> api.example.com PASSTHROUGH
orders TCP:5432 -> edition.cnn.com MUTUAL clientCertificate=/etc/certs-of-client/tls.crt privateKey=/etc/certs-of-client/tls.key caCertificates=/etc/certs-of-client/ca.crt
shop/batch HTTP:8000 -> partner-egress/istio-egressgateway ISTIO_MUTUAL -> api.example.com SIMPLE sni=other.example.net
shop/batch HTTPS -> partner-egress/istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com PASSTHROUGH
sleep HTTPS -> istio-egressgateway ISTIO_MUTUAL -> my-server.servers.svc.cluster.local PASSTHROUGH
shop/sleep HTTP -> api.example.com DISABLE
shop/sleep HTTP:8000 -> edition.cnn.com SIMPLE caCertificates=/etc/certs-of-client/ca.crt
shop/sleep HTTP:8080 -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE sni=other.example.net insecureSkipVerify
pod shop/batch labels=app=client,version=v1 serviceAccount=shared
gateway partner-egress/istio-egressgateway labels=gateway=partner ports=80:8080,443:8443
host edition.cnn.com namespace=shop addresses=203.0.113.10 endpoints=origin-0.example.net
pod shop/sleep labels=team=a serviceAccount=shared
host api.example.com resolution=STATIC endpoints=203.0.113.111
pod default/orders serviceAccount=robot
pod default/sleep labels=app=client,version=v1 serviceAccount=shared
outbound REGISTRY_ONLY`,
    dialect: dialectIds[1],
    steps: ['origination-without-subset', 'fuller-selector', 'separators'],
  },
  {
    notation: `shop/batch HTTP:8000 -> shop/istio-egressgateway ISTIO_MUTUAL -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com SIMPLE
legacy/orders HTTPS:9443 -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com:443 PASSTHROUGH
orders HTTPS -> shop/istio-egressgateway DISABLE:443 -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com PASSTHROUGH
orders HTTP -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com MUTUAL credentialName=client-credential
orders HTTP:8000 -> istio-egressgateway ISTIO_MUTUAL:80 -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com MUTUAL clientCertificate=/etc/certs-of-client/tls.crt privateKey=/etc/certs-of-client/tls.key subjectAltNames=other.example.net
shop/batch HTTP -> istio-egressgateway ISTIO_MUTUAL -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com MUTUAL clientCertificate=/etc/certs-of-client/tls.crt privateKey=/etc/certs-of-client/tls.key caCertificates=/etc/certs-of-client/ca.crt
shop/batch HTTPS -> a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com PASSTHROUGH
pod shop/batch labels=team=a serviceAccount=shared
gateway shop/istio-egressgateway labels=app=partner,istio=partner ports=443:8443,8443:9443
host a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com namespace=shop addresses=203.0.113.15 endpoints=origin-5.example.net
pod legacy/orders labels=app=client,version=v2 serviceAccount=shared
pod default/orders labels=app=client,version=v2 serviceAccount=shared`,
    dialect: dialectIds[1],
    steps: ['server-hosts-with-namespace', 'headers', 'policy-above-subset', 'ingress', 'gateways-split', 'separators', 'subsets-renamed'],
  },
  {
    notation: `shop/orders HTTP -> shop/istio-egressgateway DISABLE -> db.example.org:443 MUTUAL credentialName=client-credential
shop/orders HTTP:8080 -> istio-egressgateway DISABLE -> db.example.org SIMPLE sni=sent.example.net subjectAltNames=checked.example.net caCertificates=/etc/certs-of-client/ca.crt
legacy/orders HTTPS:9443 -> db.example.org PASSTHROUGH
legacy/sleep HTTP:8080 -> db.example.org MUTUAL clientCertificate=/etc/certs-of-client/tls.crt privateKey=/etc/certs-of-client/tls.key sni=other.example.net caCertificates=/etc/certs-of-client/ca.crt
legacy/orders HTTP -> db.example.org DISABLE
legacy/sleep HTTP -> shop/istio-egressgateway ISTIO_MUTUAL -> db.example.org SIMPLE
legacy/curl HTTPS -> shop/istio-egressgateway ISTIO_MUTUAL -> db.example.org PASSTHROUGH
pod shop/orders serviceAccount=clerk
gateway shop/istio-egressgateway labels=app=partner,istio=partner ports=80:8080,443:8443,8443:9443
host db.example.org namespace=shop resolution=STATIC addresses=203.0.113.14 endpoints=203.0.113.114
pod legacy/orders labels=team=a serviceAccount=shared
pod legacy/sleep labels=app=client,version=v2 serviceAccount=shared
pod legacy/curl labels=team=a serviceAccount=shared
outbound REGISTRY_ONLY`,
    dialect: dialectIds[0],
    steps: [
      'subsets-renamed',
      'carriage-returns',
      'ingress',
      'outlier-detection',
      'gateways-split',
      'gateways-merged',
      'gateway-installation',
    ],
  },
]

test.each(hidden)('who obeys which of several rules: $steps', ({ notation, dialect = defaultDialect, steps }) => {
  const { design } = readNotation(notation)
  const one = restyled(
    design,
    dialect,
    steps.map((name) => ({ name, seed: 1 })),
  )
  expect(untrue(one)).toEqual([])
})
