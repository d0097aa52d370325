/** Random designs for tests: sound ones, grown flow by flow so that nothing in them is wrong, and ones that hold anything. */
import fc from 'fast-check'
import { check } from '../core/check'
import { type Design, emptyDesign, type Fields, isWildcard, type Labels, type Node, type ServicePort, type Speaks, type TlsFields, type TlsMode } from '../core/design'
import type { Finding } from '../core/finding'
import { addFlow, type Flow } from '../core/flow'
import { plan } from '../core/plan/plan'

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
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, oneIn = 3): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: oneIn - 1 }, { arbitrary, weight: 1 })

const anyApp: fc.Arbitrary<App> = fc.record(
  {
    namespace: fc.constantFrom(...namespaces),
    name: fc.constantFrom('sleep', 'orders', 'batch', 'curl'),
    labels: fc.constantFrom<Labels>({ app: 'client', version: 'v1' }, { app: 'client', version: 'v2' }, { team: 'a' }),
    serviceAccount: fc.constantFrom('robot', 'clerk'),
  },
  { requiredKeys: ['namespace', 'name'] },
)

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
  .map(([ports, second]) => [{ namespace: 'istio-system', name: 'istio-egressgateway', ...(ports && { ports }) }, ...(second ? [second] : [])])

const hostNames = [
  'edition.cnn.com',
  'api.example.com',
  'a-b.example.com',
  'a.b.example.com',
  'db.example.org',
  'a-very-long-first-label-of-a-host-that-nobody-would-type.and-a-second-one.example.com',
  '*.wild.example.net',
] as const

/** Each host has addresses of its own, so that TCP can tell them apart. */
const fieldsOf = (index: number): fc.Arbitrary<Fields> => {
  const addresses = [`203.0.113.${10 + index}`]
  const endpoints = [`203.0.113.${110 + index}`]
  const origin = [`origin-${index}.example.net`]
  return fc.constantFrom<Fields>(
    {},
    {},
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

const anyPlaces: fc.Arbitrary<Place[]> = fc
  .subarray([...hostNames.keys()], { minLength: 1, maxLength: 5 })
  .chain((indexes) =>
    fc.tuple(
      ...indexes.map((index) =>
        fc.record({ name: fc.constant(hostNames[index] as string), fields: fieldsOf(index), namespace: sometimes(fc.constantFrom('infra', 'shop', 'istio-system'), 4) }).map(({ namespace, ...place }) => ({
          ...place,
          ...(isWildcard(place.name) && { fields: {} }),
          ...(namespace && { namespace }),
        })),
      ),
    ),
  )

const outsideOf: Record<Speaks, readonly TlsMode[]> = { HTTP: ['DISABLE', 'SIMPLE', 'SIMPLE', 'MUTUAL'], HTTPS: ['PASSTHROUGH'], TCP: ['DISABLE', 'SIMPLE', 'MUTUAL'] }
const dialsOf: Record<Speaks, readonly (number | undefined)[]> = { HTTP: [undefined, undefined, 80, 8080, 8000], HTTPS: [undefined, undefined, 443, 9443], TCP: [27017, 5432, 9000] }

const names: fc.Arbitrary<TlsFields> = fc.constantFrom<TlsFields>({}, {}, {}, { sni: 'other.example.net' }, { subjectAltNames: ['other.example.net'] }, { sni: 'sent.example.net', subjectAltNames: ['checked.example.net'] })
const files = { clientCertificate: '/etc/certs-of-client/tls.crt', privateKey: '/etc/certs-of-client/tls.key' }
const ca = { caCertificates: '/etc/certs-of-client/ca.crt' }

function anyFields(tls: TlsMode): fc.Arbitrary<TlsFields> {
  const merged = (...choices: TlsFields[]) => fc.tuple(names, fc.constantFrom(...choices)).map(([checked, more]) => ({ ...checked, ...more }))
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

const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

function flowOf(wish: Wish, apps: readonly App[], doors: readonly Door[], places: readonly Place[]): Flow {
  const pod = at(apps, wish.pod)
  const host = at(places, wish.host).name
  // Behind a gateway, and where TLS starts, a host needs one name.
  const many = isWildcard(host)
  const door = wish.door === null || many ? null : at(doors, wish.door)
  return {
    pod: { namespace: pod.namespace, name: pod.name },
    call: { speaks: wish.speaks, ...(wish.dial !== undefined && { port: wish.dial }) },
    ...(door && { gateway: { namespace: door.namespace, name: door.name, tls: wish.mesh, ...(wish.meshPort !== undefined && { port: wish.meshPort }) } }),
    host,
    wire: { tls: many && wish.speaks !== 'HTTPS' ? 'DISABLE' : wish.outside, ...(wish.port !== undefined && { port: wish.port }), fields: wish.fields },
  }
}

/** What a sound design must not have. TCP without addresses takes what is meant for others, so it counts. */
const unsound = (finding: Finding): boolean => finding.level === 'error' || finding.rule === 'tcp-addresses'

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
    const { namespace: _, name: __, ...fields } = (node.kind === 'gateway' ? doors.find(same) : node.kind === 'pod' ? apps.find(same) : undefined) ?? { namespace: '', name: '' }
    return { ...node, fields }
  }
  return { ...design, nodes: design.nodes.map(dress) }
}

/** Adds one flow after the other and leaves out each that would make something wrong. */
function grown(wishes: readonly Wish[], apps: readonly App[], doors: readonly Door[], places: readonly Place[], start: Design): Design {
  return wishes.reduce((design, wish) => {
    const next = dressed(addFlow(design, flowOf(wish, apps, doors, places)), apps, doors, places)
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
    outbound: fc.constantFrom<Design['world']['outbound']>('ALLOW_ANY', 'ALLOW_ANY', 'REGISTRY_ONLY'),
    guards: fc.subarray([...namespaces]),
  })
  .map(({ apps, doors, places, wishes, outbound, guards }) => {
    const start: Design = { ...emptyDesign, name: 'random', world: { ...emptyDesign.world, outbound } }
    return guarded(grown(wishes, apps, doors, places, start), guards)
  })
  .filter((design) => design.hops.length > 0)

const odd: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('', ' ', '*', '*.', '.', '__proto__', 'constructor', '*.*', 'a..b', 'https://x/y', '127.0.0.1', '::1', '---', '- a', '#', "'", '"', '\n', '\t', '&a', 'null', 'true', '1e3', '0x1F', 'ü.example.com', 'x'.repeat(300)),
)
const oddPort = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 65536, 1.5, Number.NaN, Number.POSITIVE_INFINITY))
const oddFields: fc.Arbitrary<Fields> = fc.record(
  {
    labels: fc.dictionary(odd, odd, { maxKeys: 3 }),
    serviceAccount: odd,
    ports: fc.array(fc.record({ number: oddPort, targetPort: oddPort }), { maxLength: 4 }),
    resolution: fc.constantFrom<Fields['resolution']>('DNS', 'DNS_ROUND_ROBIN', 'STATIC', 'NONE', 'DYNAMIC_DNS'),
    addresses: fc.array(odd, { maxLength: 3 }),
    endpoints: fc.array(odd, { maxLength: 3 }),
    testServer: fc.boolean(),
  },
  { requiredKeys: [] },
)
const anyMode = fc.constantFrom<TlsMode>('DISABLE', 'ISTIO_MUTUAL', 'SIMPLE', 'MUTUAL', 'PASSTHROUGH')
const oddTls: fc.Arbitrary<TlsFields> = fc.record(
  { sni: odd, subjectAltNames: fc.array(odd, { maxLength: 3 }), credentialName: odd, caCertificates: odd, clientCertificate: odd, privateKey: odd, insecureSkipVerify: fc.boolean() },
  { requiredKeys: [] },
)

/** A change that may break anything: a field with any bytes, a hop between any two nodes, a mode that does not fit, an end that is gone. */
const anyDamage: fc.Arbitrary<(design: Design) => Design> = fc.oneof(
  fc.tuple(fc.nat(), odd, odd, oddFields).map(([index, name, namespace, fields]) => (design: Design) => withNode(design, index, (node) => ({ ...node, name, namespace, fields: { ...node.fields, ...fields } }))),
  fc.tuple(fc.nat(), oddFields).map(([index, fields]) => (design: Design) => withNode(design, index, (node) => ({ ...node, fields: { ...node.fields, ...fields } }))),
  fc.tuple(fc.nat(), anyMode, oddTls, sometimes(oddPort)).map(([index, tls, fields, port]) => (design: Design) => ({
    ...design,
    hops: design.hops.map((hop, place) => (place === index % design.hops.length && 'wire' in hop ? { ...hop, wire: { tls, fields, ...(port !== undefined && { port }) } } : hop)),
  })),
  fc.tuple(fc.nat(), fc.constantFrom<Speaks>('HTTP', 'HTTPS', 'TCP'), sometimes(oddPort)).map(([index, speaks, port]) => (design: Design) => ({
    ...design,
    hops: design.hops.map((hop, place) => (place === index % design.hops.length && 'call' in hop ? { ...hop, call: { speaks, ...(port !== undefined && { port }) } } : hop)),
  })),
  fc.tuple(fc.nat(), fc.nat(), anyMode).map(([from, to, tls]) => (design: Design) => {
    if (design.nodes.length === 0) return design
    const [a, b] = [at(design.nodes, from).id, at(design.nodes, to).id]
    return { ...design, hops: [...design.hops, { id: `${a}>${b}#${design.hops.length}`, from: a, to: b, wire: { tls, fields: {} }, overrides: {}, except: [] }] }
  }),
  fc.nat().map((index) => (design: Design) => ({ ...design, nodes: design.nodes.filter((_, place) => place !== index % design.nodes.length) })),
  odd.map((namespace) => (design: Design) => ({ ...design, guards: [...design.guards, { kind: 'NetworkPolicy' as const, namespace, dns: false }] })),
  fc.tuple(odd, odd).map(([root, istio]) => (design: Design) => ({ ...design, world: { ...design.world, root, istio } })),
  fc.dictionary(odd, odd, { maxKeys: 3 }).map((given) => (design: Design) => ({ ...design, names: { ...design.names, ...given } })),
)

const withNode = (design: Design, index: number, change: (node: Node) => Node): Design => ({
  ...design,
  nodes: design.nodes.map((node, place) => (place === index % design.nodes.length ? change(node) : node)),
})

/** A design that may hold anything. For what must never throw. */
export const anyDesign: fc.Arbitrary<Design> = fc
  .tuple(anySoundDesign, fc.array(anyDamage, { maxLength: 6 }))
  .map(([design, damages]) => damages.reduce((before, damage) => damage(before), design))
