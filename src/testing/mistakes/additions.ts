/** Objects that somebody else adds to a mesh: a Sidecar, a policy, one more rule, entry or route. */
import { isWildcarded } from '../../core/istio/host-name'
import type { Chance } from '../chance'
import type { Json, Thing } from './thing'
import type { Vocabulary } from './values'

type Make = (words: Vocabulary, chance: Chance) => Thing

const made = (apiVersion: string, kind: string, namespace: string, name: string, spec: Json): Thing => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  spec,
})
const networking = 'networking.istio.io/v1'
const maybe = (chance: Chance, of: number, fields: { [key: string]: Json }): { [key: string]: Json } => (chance.one(of) ? fields : {})
const plain = (words: Vocabulary): string[] => words.hosts.filter((host) => !isWildcarded(host))

const sidecar: Make = (words, chance) =>
  made(networking, 'Sidecar', chance.pick(words.namespaces), 'added', {
    ...maybe(chance, 2, { outboundTrafficPolicy: { mode: chance.pick(['ALLOW_ANY', 'REGISTRY_ONLY']) } }),
    ...maybe(chance, 4, { workloadSelector: { labels: { app: chance.pick(words.labels) } } }),
    egress: [
      {
        hosts: chance.pick([
          ['./*'],
          ['*/*'],
          ['istio-system/*'],
          ['./*', 'istio-system/*'],
          [`*/${chance.pick(plain(words))}`],
          [`./${chance.pick(plain(words))}`, 'istio-system/*'],
          ['~/*'],
        ]),
      },
    ],
  })

const gatewayLabels = (chance: Chance): Json =>
  chance.pick<Json>([{ istio: 'egressgateway' }, { istio: 'egressgateway' }, { app: 'nobody' }])

const permit: Make = (words, chance) => {
  const principal = `cluster.local/ns/${chance.pick(words.namespaces)}/sa/${chance.pick(['sleep', 'sleep', 'nobody'])}`
  const host = chance.pick(plain(words))
  const rule = chance.pick<Json>([
    { from: [{ source: { principals: [principal] } }] },
    { from: [{ source: { namespaces: [chance.pick(words.namespaces)] } }] },
    { to: [{ operation: { hosts: [host, `${host}:*`] } }] },
    { to: [{ operation: { hosts: [host] } }] },
    { to: [{ operation: { ports: [String(chance.pick([8080, 8443, 80]))] } }] },
    { to: [{ operation: { methods: ['GET'], paths: ['/politics'] } }] },
    { to: [{ operation: { notHosts: [host] } }] },
    { when: [{ key: 'connection.sni', values: [host] }] },
    { when: [{ key: 'source.principal', values: [principal] }] },
    { from: [{ source: { notPrincipals: [principal] } }] },
    {},
  ])
  return made('security.istio.io/v1', 'AuthorizationPolicy', chance.pick(['istio-system', 'istio-system', ...words.namespaces]), 'added', {
    ...maybe(chance, 2, { selector: { matchLabels: gatewayLabels(chance) } }),
    action: chance.pick(['ALLOW', 'ALLOW', 'DENY']),
    rules: [rule],
  })
}

const peer: Make = (words, chance) =>
  made('security.istio.io/v1', 'PeerAuthentication', chance.pick(words.namespaces), 'added', {
    mtls: { mode: chance.pick(['STRICT', 'PERMISSIVE', 'DISABLE']) },
  })

const everything = (namespace: string): Json => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } })
const barrier: Make = (words, chance) =>
  made('networking.k8s.io/v1', 'NetworkPolicy', chance.pick(words.namespaces), 'added', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      { to: [everything('kube-system')], ports: [{ protocol: 'UDP', port: 53 }] },
      {
        to: [everything('istio-system')],
        ...maybe(chance, 4, { ports: chance.pick<Json>([[{ port: 8080 }, { port: 8443 }, { port: 15010 }, { port: 15012 }]]) }),
      },
    ],
  })

const clientTls = (words: Vocabulary, chance: Chance): Json => {
  const mode = chance.pick(['SIMPLE', 'SIMPLE', 'ISTIO_MUTUAL', 'DISABLE'])
  const names = mode === 'SIMPLE' || mode === 'ISTIO_MUTUAL'
  return {
    mode,
    ...(names ? maybe(chance, 2, { sni: chance.pick(plain(words)) }) : {}),
    ...(mode === 'SIMPLE' ? maybe(chance, 3, { subjectAltNames: [chance.pick(plain(words))] }) : {}),
  }
}

const rule: Make = (words, chance) => {
  const tls = clientTls(words, chance)
  const policy = chance.pick<Json>([
    { tls },
    { tls },
    { portLevelSettings: [{ port: { number: chance.pick(words.ports) }, tls }] },
    { portLevelSettings: [{ port: { number: chance.pick(words.ports) }, tls }], tls: clientTls(words, chance) },
    { connectionPool: { tcp: { maxConnections: 10 } } },
    { loadBalancer: { simple: 'ROUND_ROBIN' } },
  ])
  return made(networking, 'DestinationRule', chance.pick(words.namespaces), 'added', {
    host: chance.pick([...plain(words), ...words.services, '*.example.com', '*.local']),
    ...maybe(chance, 5, { exportTo: [chance.pick(['.', '*', ...words.namespaces])] }),
    ...maybe(chance, 2, { trafficPolicy: policy }),
    ...maybe(chance, 2, { subsets: [{ name: chance.pick(words.subsets), ...maybe(chance, 2, { trafficPolicy: policy }) }] }),
  })
}

const entry: Make = (words, chance) => {
  const ports = chance.some([80, 443, chance.pick(words.ports)], 2)
  const host = chance.pick([...words.hosts, '*.example.com'])
  const many = isWildcarded(host)
  return made(networking, 'ServiceEntry', chance.pick(words.namespaces), 'added', {
    hosts: [host],
    ports: [...new Set(ports)].map((number) => ({
      number,
      name: `p-${number}`,
      protocol: chance.pick(number === 443 ? ['TLS', 'HTTPS', 'HTTPS', 'TCP', 'HTTP'] : ['HTTP', 'HTTP', 'TCP', 'HTTP2', 'TLS']),
      ...maybe(chance, 8, { targetPort: chance.pick([443, 8080]) }),
    })),
    resolution: many ? chance.pick(['NONE', 'DYNAMIC_DNS']) : chance.pick(['DNS', 'DNS', 'NONE']),
    ...maybe(chance, 8, { location: 'MESH_INTERNAL' }),
    ...maybe(chance, 6, { exportTo: [chance.pick(['.', '*', ...words.namespaces])] }),
  })
}

const route: Make = (words, chance) => {
  const host = chance.pick(plain(words))
  const destination: Json = {
    host: chance.pick([host, host, ...words.services]),
    ...maybe(chance, 3, { subset: chance.pick(words.subsets) }),
    ...maybe(chance, 2, { port: { number: chance.pick(words.ports) } }),
  }
  const http: Json = {
    ...maybe(chance, 2, { match: [chance.pick<Json>([{ port: 80 }, { uri: { prefix: '/a' } }, { port: 80, gateways: ['mesh'] }])] }),
    route: [{ destination }],
  }
  const tls: Json = { match: [{ port: chance.pick([443, 443, 8443]), sniHosts: [host] }], route: [{ destination }] }
  return made(networking, 'VirtualService', chance.pick(words.namespaces), 'added', {
    hosts: [host],
    ...maybe(chance, 2, { gateways: chance.pick([['mesh'], ['mesh', chance.pick(words.gateways)], [chance.pick(words.gateways)]]) }),
    ...maybe(chance, 6, { exportTo: [chance.pick(['.', '*', ...words.namespaces])] }),
    ...(chance.one(3) ? { tls: [tls] } : { http: [http] }),
  })
}

const gateway: Make = (words, chance) => {
  const number = chance.pick([80, 443, chance.pick(words.ports)])
  const host = chance.pick([...plain(words), '*'])
  const tls = chance.pick(['PASSTHROUGH', 'ISTIO_MUTUAL', ''])
  return made(
    networking,
    'Gateway',
    chance.pick(words.namespaces),
    chance.pick(['added', ...words.gateways.filter((name) => /^[a-z0-9-]+$/.test(name) && name !== 'mesh')]),
    {
      selector: { istio: 'egressgateway' },
      servers: [
        {
          port: { number, name: 'added', protocol: tls ? chance.pick(['TLS', 'HTTPS']) : chance.pick(['HTTP', 'HTTP', 'TCP']) },
          hosts: [host],
          ...(tls ? { tls: { mode: tls } } : {}),
        },
      ],
    },
  )
}

const api = 'gateway.networking.k8s.io/v1'

/** A route of the Gateway API for a host of the mesh, or from a gateway. */
const apiRoute: Make = (words, chance) => {
  const name = chance.pick(words.names)
  const parent: Json = chance.pick<Json>([{ group: 'networking.istio.io', kind: 'ServiceEntry', name }, { name }])
  const backend = chance.pick<Json>([
    { group: 'networking.istio.io', kind: 'Hostname', name: chance.pick(plain(words)), port: chance.pick(words.ports) },
    { name: chance.pick(['istio-egressgateway', `${name}-istio`]), port: chance.pick([80, 443]) },
  ])
  const secure = chance.one(3)
  const match: Json = chance.pick<Json>([{ path: { value: '/a' } }, { path: { type: 'Exact', value: '/politics' } }, { method: 'GET' }])
  return made(api, secure ? 'TLSRoute' : 'HTTPRoute', chance.pick(words.namespaces), 'added', {
    parentRefs: [{ ...(parent as object), ...maybe(chance, 4, { port: chance.pick([80, 443]) }) }],
    ...(secure || chance.one(2) ? { hostnames: [chance.pick(plain(words))] } : {}),
    rules: [{ ...(secure ? {} : maybe(chance, 2, { matches: [match] })), backendRefs: [backend] }],
  })
}

const backendTls: Make = (words, chance) =>
  made(api, 'BackendTLSPolicy', chance.pick(words.namespaces), 'added', {
    targetRefs: [
      {
        group: 'networking.istio.io',
        kind: 'ServiceEntry',
        name: chance.pick(words.names),
        ...maybe(chance, 2, { sectionName: chance.pick(['http', 'https', 'tls']) }),
      },
    ],
    validation: {
      hostname: chance.pick(plain(words)),
      wellKnownCACertificates: 'System',
      ...maybe(chance, 2, { subjectAltNames: [{ type: 'Hostname', hostname: chance.pick(plain(words)) }] }),
    },
  })

/** What a Service of Kubernetes says of its ports: by name, by `appProtocol`, or nothing. */
const servicePorts = (words: Vocabulary, chance: Chance): Json[] =>
  [...new Set(chance.some([80, 443, chance.pick(words.ports)], 2))].map((port, at) => ({
    name: `${chance.pick(['http', 'http', 'https', 'tcp', 'grpc', 'web', 'tls', 'http2', 'mysql'])}-${at}`,
    port,
    ...maybe(chance, 3, { targetPort: chance.pick([80, 443, 8080]) }),
    ...maybe(chance, 6, { appProtocol: chance.pick(['http', 'https', 'tcp', 'kubernetes.io/h2c', 'kubernetes.io/wss', 'unknown']) }),
  }))

/** A Service beside all else: with a cluster IP or headless, of pods or of nobody, or another name for a host. */
const service: Make = (words, chance) => {
  const named = chance.pick([...plain(words), ...words.services])
  const spec = chance.pick<Json>([
    { selector: { app: chance.pick(words.labels) } },
    { selector: { run: chance.pick(words.labels) } },
    { selector: { app: chance.pick(words.labels) }, clusterIP: 'None' },
    {},
    { clusterIP: 'None' },
    { type: 'ExternalName', externalName: named },
  ])
  const metadata: Json = {
    name: chance.pick(['added', 'added', 'my-nginx']),
    namespace: chance.pick([...words.namespaces, 'mesh-external']),
    ...maybe(chance, 8, { annotations: { 'networking.istio.io/exportTo': chance.pick(['.', '~', '*']) } }),
  }
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { ...(spec as object), ports: servicePorts(words, chance) } }
}

/** Where a Service without a selector is served. */
const slice: Make = (words, chance) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'added-1', namespace: chance.pick(words.namespaces), labels: { 'kubernetes.io/service-name': 'added' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [chance.pick(['198.51.100.1', '203.0.113.99'])] }],
  ports: ['http-0', 'https-0', 'tcp-1', 'https-1'].map((name) => ({ name, port: name.startsWith('https') ? 443 : 80 })),
})

/** Each as often as it is here. A barrier stops requests for seconds: few of them. */
export const additions: readonly Make[] = [
  sidecar,
  sidecar,
  sidecar,
  sidecar,
  permit,
  permit,
  permit,
  permit,
  permit,
  peer,
  barrier,
  rule,
  rule,
  rule,
  rule,
  rule,
  entry,
  entry,
  entry,
  route,
  route,
  route,
  gateway,
  gateway,
  apiRoute,
  apiRoute,
  backendTls,
  service,
  service,
  service,
  slice,
]
