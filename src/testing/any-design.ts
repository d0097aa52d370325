/** Random sound designs for tests, grown flow by flow so that nothing in them is wrong. */
import fc from 'fast-check'
import type { Labels } from '../core/base/labels'
import { plan } from '../core/compile/plan/plan'
import { isServiceHost, isWildcarded } from '../core/istio/host-name'
import type { TlsMode } from '../core/istio/tls-mode'
import { check } from '../core/model/check'
import {
  type Design,
  emptyDesign,
  type Fields,
  type Node,
  type ServicePort,
  type Speaks,
  type TlsFields,
  type World,
} from '../core/model/design'
import { addFlow, type Flow } from '../core/model/flow'
import type { Finding } from '../core/yaml/finding'

interface App {
  namespace: string
  name: string
  labels?: Labels
  serviceAccount?: string
}
interface Door {
  namespace: string
  name: string
  labels?: Labels
  ports?: ServicePort[]
}
interface Place {
  name: string
  namespace?: string
  fields: Fields
}
/** A flow before its ends are chosen: indexes wrap round whatever there is. */
interface Wish {
  pod: number
  host: number
  door: number | null
  speaks: Speaks
  dial?: number
  mesh: TlsMode
  meshPort?: number
  outside: TlsMode
  port?: number
  fields: TlsFields
}

const namespaces = ['default', 'shop', 'legacy'] as const
/** Something one time in so many, else nothing. */
export const sometimes = <T>(arbitrary: fc.Arbitrary<T>, oneIn = 3): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: oneIn - 1 }, { arbitrary, weight: 1 })

const anyApp: fc.Arbitrary<App> = fc
  .record(
    {
      namespace: fc.constantFrom(...namespaces),
      name: fc.constantFrom('sleep', 'orders', 'batch', 'curl'),
      labels: fc.constantFrom<Labels>({ app: 'client', version: 'v1' }, { app: 'client', version: 'v2' }, { team: 'a' }),
      serviceAccount: fc.constantFrom('robot', 'clerk'),
    },
    { requiredKeys: ['namespace', 'name'] },
  )
  // The same labels are the same workload: they have one account.
  .map((app) => (app.labels ? { ...app, serviceAccount: 'shared' } : app))

const spare: ServicePort[] = [
  { number: 80, targetPort: 8080 },
  { number: 443, targetPort: 8443 },
  { number: 8443, targetPort: 9443 },
  { number: 9000, targetPort: 9000 },
]
const anyPorts = fc.subarray(spare, { minLength: 2 })

/** Istio's own gateway, and a second one with a place, labels and ports of its own. */
const anyDoors: fc.Arbitrary<Door[]> = fc
  .tuple(
    sometimes(fc.constant(spare.slice(0, 3))),
    fc.option(
      fc.record({
        namespace: fc.constantFrom('partner-egress', 'partner-egress', 'shop'),
        name: fc.constantFrom('partner-gateway', 'istio-egressgateway'),
        labels: fc.constantFrom<Labels>({ gateway: 'partner' }, { app: 'partner', istio: 'partner' }),
        ports: anyPorts,
      }),
    ),
  )
  .map(([ports, second]) => [
    { namespace: 'istio-system', name: 'istio-egressgateway', ...(ports && { ports }) },
    ...(second ? [second] : []),
  ])

const hostNames = [
  'edition.cnn.com',
  'api.example.com',
  'a-b.example.com',
  'a.b.example.com',
  'db.example.org',
  'a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com',
  '*.wild.example.net',
  'my-server.servers.svc.cluster.local',
  'nginx.example.com',
] as const
const testServer = 'nginx.example.com'

/** Each host has addresses of its own, so that TCP can tell them apart. */
const fieldsOf = (index: number): fc.Arbitrary<Fields> => {
  const name = hostNames[index] as string
  if (isWildcarded(name)) return fc.constantFrom<Fields>({}, { resolution: 'DYNAMIC_DNS' })
  if (isServiceHost(name)) return fc.constant({})
  const addresses = [`203.0.113.${10 + index}`]
  const endpoints = [`203.0.113.${110 + index}`]
  const origin = [`origin-${index}.example.net`]
  if (name === testServer) return fc.constantFrom<Fields>({ testServer: true }, { testServer: true, addresses })
  return fc.constantFrom<Fields>(
    {},
    {},
    { resolution: 'NONE', addresses },
    { addresses },
    { addresses },
    { resolution: 'DNS_ROUND_ROBIN' },
    { resolution: 'STATIC', addresses },
    { resolution: 'STATIC', endpoints },
    { resolution: 'STATIC', addresses, endpoints },
    { endpoints: origin },
    { addresses, endpoints: origin },
  )
}

const anyPlaces: fc.Arbitrary<Place[]> = fc.subarray([...hostNames.keys()], { minLength: 1, maxLength: 5 }).chain((indexes) =>
  fc.tuple(
    ...indexes.map((index) =>
      fc
        .record({
          name: fc.constant(hostNames[index] as string),
          fields: fieldsOf(index),
          namespace: sometimes(fc.constantFrom('infra', 'shop', 'istio-system'), 4),
        })
        .map(({ namespace, ...place }) => ({
          ...place,
          ...(namespace && { namespace }),
        })),
    ),
  ),
)

const outsideOf: Record<Speaks, readonly TlsMode[]> = {
  HTTP: ['DISABLE', 'SIMPLE', 'SIMPLE', 'MUTUAL'],
  HTTPS: ['PASSTHROUGH'],
  TCP: ['DISABLE', 'SIMPLE', 'MUTUAL'],
}
const dialsOf: Record<Speaks, readonly (number | undefined)[]> = {
  HTTP: [undefined, undefined, 80, 8080, 8000],
  HTTPS: [undefined, undefined, 443, 9443],
  TCP: [27017, 5432, 9000],
}

const names: fc.Arbitrary<TlsFields> = fc.constantFrom<TlsFields>(
  {},
  {},
  {},
  { sni: 'other.example.net' },
  { subjectAltNames: ['other.example.net'] },
  { sni: 'sent.example.net', subjectAltNames: ['checked.example.net'] },
)
const files = { clientCertificate: '/etc/certs-of-client/tls.crt', privateKey: '/etc/certs-of-client/tls.key' }
const ca = { caCertificates: '/etc/certs-of-client/ca.crt' }

function anyFields(tls: TlsMode): fc.Arbitrary<TlsFields> {
  const merged = (...choices: TlsFields[]) =>
    fc.tuple(names, fc.constantFrom(...choices)).map(([checked, more]) => ({ ...checked, ...more }))
  const unchecked = fc.constantFrom<TlsFields>({ insecureSkipVerify: true }, { insecureSkipVerify: true, sni: 'other.example.net' })
  if (tls === 'SIMPLE') return fc.oneof({ arbitrary: merged({}, {}, ca), weight: 6 }, { arbitrary: unchecked, weight: 1 })
  if (tls === 'MUTUAL') {
    const credentials = merged({ credentialName: 'client-credential' }, { credentialName: 'client-credential' }, { ...files, ...ca }, files)
    return fc.oneof({ arbitrary: credentials, weight: 8 }, { arbitrary: unchecked.map((fields) => ({ ...fields, ...files })), weight: 1 })
  }
  return fc.constant({})
}

const anyWish: fc.Arbitrary<Wish> = fc
  .constantFrom<Speaks>('HTTP', 'HTTP', 'HTTP', 'HTTPS', 'HTTPS', 'TCP')
  .chain((speaks) => fc.tuple(fc.constant(speaks), fc.constantFrom(...outsideOf[speaks])))
  .chain(([speaks, outside]) =>
    fc.record({
      pod: fc.nat(11),
      host: fc.nat(59),
      door: fc.constantFrom(null, 0, 0, 1, 1),
      speaks: fc.constant(speaks),
      dial: fc.constantFrom(...dialsOf[speaks]),
      mesh: fc.constantFrom<TlsMode>('DISABLE', 'ISTIO_MUTUAL', 'ISTIO_MUTUAL'),
      meshPort: sometimes(fc.constantFrom(80, 443, 8443), 5),
      outside: fc.constant(outside),
      port: sometimes(fc.constantFrom(443, 8443, 8080), 5),
      fields: anyFields(outside),
    }),
  )

export const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

/** Nobody but its own CA vouches for the test server, and it asks for a certificate. */
const suitsTestServer = ({ outside, fields }: Wish): boolean => outside === 'MUTUAL' && !!(fields.credentialName || fields.caCertificates)

/** What else a Service of the cluster has for ports, and how it names them, nobody knows. */
const suitsService = ({ speaks, dial, port }: Wish): boolean =>
  speaks !== 'TCP' && (dial === undefined || dial === 80 || dial === 443) && !port

function flowOf(wish: Wish, apps: readonly App[], doors: readonly Door[], places: readonly Place[]): Flow | null {
  const pod = at(apps, wish.pod)
  const host = at(places, wish.host).name
  // Behind a gateway, and where TLS starts, a host needs one name.
  const many = isWildcarded(host)
  if (host === testServer && !suitsTestServer(wish)) return null
  if (isServiceHost(host) && !suitsService(wish)) return null
  const door = wish.door === null || many ? null : at(doors, wish.door)
  return {
    pod: { namespace: pod.namespace, name: pod.name },
    call: { speaks: wish.speaks, ...(wish.dial !== undefined && { port: wish.dial }) },
    ...(door && {
      gateway: { namespace: door.namespace, name: door.name, tls: wish.mesh, ...(wish.meshPort !== undefined && { port: wish.meshPort }) },
    }),
    host,
    wire: {
      tls: many && wish.speaks !== 'HTTPS' ? 'DISABLE' : wish.outside,
      ...(wish.port !== undefined && { port: wish.port }),
      fields: wish.fields,
    },
  }
}

/** What a sound design must not have. TCP without addresses takes what is meant for others, and a host that a proxy does not know is not as drawn, so they count. */
const unsound = ({ level, rule }: Finding): boolean => level === 'error' || rule === 'tcp-addresses' || rule === 'entry-hidden'

export const isSound = (design: Design): boolean =>
  ![...check(design), ...plan(design).findings, ...plan(design, { preferRoute: true }).findings].some(unsound)

/** A node that a flow brought in gets what its app, door or place says. */
function dressed(design: Design, apps: readonly App[], doors: readonly Door[], places: readonly Place[]): Design {
  const dress = (node: Node): Node => {
    const same = (other: { namespace: string; name: string }) => other.name === node.name && other.namespace === node.namespace
    if (node.kind === 'host') {
      const place = places.find((other) => other.name === node.name)
      return place ? { ...node, ...(place.namespace && { namespace: place.namespace }), fields: place.fields } : node
    }
    const {
      namespace: _,
      name: __,
      ...fields
    } = (node.kind === 'gateway' ? doors.find(same) : node.kind === 'pod' ? apps.find(same) : undefined) ?? { namespace: '', name: '' }
    return { ...node, fields }
  }
  return { ...design, nodes: design.nodes.map(dress) }
}

/** Adds one flow after the other and leaves out each that would make something wrong. */
function grown(wishes: readonly Wish[], apps: readonly App[], doors: readonly Door[], places: readonly Place[], start: Design): Design {
  return wishes.reduce((design, wish) => {
    const flow = flowOf(wish, apps, doors, places)
    const next = flow ? dressed(addFlow(design, flow), apps, doors, places) : design
    return isSound(next) ? next : design
  }, start)
}

/** Guards each namespace that nothing leaves directly. */
function guarded(design: Design, wished: readonly string[]): Design {
  return wished.reduce((before, namespace) => {
    const after: Design = { ...before, guards: [...before.guards, { kind: 'NetworkPolicy', namespace, dns: true }] }
    const has = before.nodes.some((node) => node.kind === 'pod' && node.namespace === namespace)
    return has && isSound(after) ? after : before
  }, design)
}

/** A design without an error: several pods, gateways and hosts, in every legal combination of modes. It has at least one path. */
export const anySoundDesign: fc.Arbitrary<Design> = fc
  .record({
    apps: fc.uniqueArray(anyApp, { minLength: 1, maxLength: 4, selector: (app) => `${app.namespace}/${app.name}` }),
    doors: anyDoors,
    places: anyPlaces,
    wishes: fc.array(anyWish, { minLength: 3, maxLength: 14, size: 'max' }),
    outbound: fc.constantFrom<World['outbound']>('ALLOW_ANY', 'ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'),
    visibility: sometimes(fc.constant<World['visibility']>('NAMESPACE'), 6),
    guards: fc.subarray([...namespaces]),
  })
  .map(({ apps, doors, places, wishes, outbound, visibility = emptyDesign.world.visibility, guards }) => {
    const start: Design = { ...emptyDesign, name: 'random', world: { ...emptyDesign.world, outbound, visibility } }
    return guarded(grown(wishes, apps, doors, places, start), guards)
  })
  .filter((design) => design.hops.length > 0)
