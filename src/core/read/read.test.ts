/** What proxies are told by documents: defaults, full names, and that nothing is lost and nothing throws. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { damaged } from '../../testing/damaged'
import { runs } from '../../testing/runs'
import { workloads } from '../../testing/workloads'
import { documentFrom } from '../../testing/written-documents'
import { compile } from '../compile/compile'
import { dialectIds, dialects } from '../compile/dialects'
import type { Dialect } from '../compile/dialects/kind'
import { objectOf } from '../compile/print'
import { emptyMesh, type Mesh } from '../istio/mesh'
import type { Design } from '../model/design'
import type { Document } from '../yaml/document'
import { parse } from '../yaml/parse'
import { readers } from './kinds'
import { isRead, read } from './read'

vi.setConfig({ testTimeout: 120_000 })
const documentsOf = (yaml: string): readonly Document[] => parse(yaml).documents
const meshOf = (yaml: string): Mesh => read(documentsOf(yaml))
const compiled = (design: Design, dialect: Dialect): Document[] =>
  compile(design, dialect).map((resource) => documentFrom(JSON.parse(JSON.stringify(objectOf(resource, dialect.version(resource.group))))))

/** The Mesh without places: what is told, wherever it is written. */
const told = (mesh: unknown): unknown =>
  JSON.parse(JSON.stringify(mesh, (key, value) => ((key === 'from' || key === 'at') && value?.of ? undefined : value)))

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: http}, {number: 443, name: tls, protocol: TLS, targetPort: 8443}]
`
const route = `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [reviews]
  gateways: [mesh, egress, other/egress, ./mine, egress.istio-system.svc.cluster.local]
  http:
  - match: [{gateways: [egress], port: 80, uri: {prefix: /a}, withoutHeaders: {x-a: {}}}]
    timeout: 1m0.5s
    fault: {abort: {httpStatus: 500, percentage: {value: 100}}}
    route: [{destination: {host: ratings, subset: v1}, weight: 3}, {destination: {host: a.example.com, port: {number: 80}}, weight: 1}]
  - redirect: {authority: b.example.com, uri: /b}
  tls:
  - match: [{sniHosts: ["*.example.com"], port: 443}]
    route: [{destination: {host: ratings}}]
`

/** Kinds that no case of the lab has. */
const rare = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: f, namespace: shop}
spec:
  workloadSelector: {labels: {app: sleep}}
  targetRefs: [{kind: Gateway, name: g}]
  configPatches: [{applyTo: CLUSTER, match: {context: SIDECAR_OUTBOUND}, patch: {operation: MERGE, value: {}}}]
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: r}
rules: [{apiGroups: [""], resources: [secrets], verbs: ["*"]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: r}
roleRef: {kind: ClusterRole, name: r}
subjects: [{kind: ServiceAccount, name: sleep, namespace: default}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r}
rules: [{apiGroups: [""], resources: [secrets], verbs: [list], resourceNames: [one]}]
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: shop}
spec:
  clusterIP: 10.0.0.1
  selector: {app: s}
  ports: [{name: http-a, port: 80, targetPort: 8080}, {name: odd, port: 3306}, {name: x, port: 81, appProtocol: kubernetes.io/h2c}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: s-1, namespace: shop, labels: {kubernetes.io/service-name: s}}
addressType: IPv4
endpoints: [{addresses: [203.0.113.2]}, {addresses: [203.0.113.3], conditions: {ready: false}}]
ports: [{name: http-a, port: 8080}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: old, namespace: shop}
subsets: [{addresses: [{ip: 203.0.113.4}], ports: [{port: 8080}]}]
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: w, labels: {app: w}}
spec: {address: 203.0.113.1, labels: {tier: outside}, ports: {http: 8080}}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {tls.crt: Y2VydA==}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: g}
spec:
  parentRefs: [{name: g}]
  rules: [{matches: [{method: {service: a.B, method: C}}, {method: {method: C}}], backendRefs: [{name: s, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: t}
spec:
  parentRefs: [{name: g, sectionName: tcp, port: 9000}]
  rules: [{backendRefs: [{name: s, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: g}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
  to: [{group: "", kind: Service}]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: p}
spec: {mtls: {mode: STRICT}, portLevelMtls: {"8080": {mode: DISABLE}}}
`

describe('defaults and names are istiod’s', () => {
  test('a ServiceEntry is outside and resolves nothing, unless it says so', () => {
    const [known] = meshOf(entry).serviceHosts
    expect(known).toMatchObject({
      by: 'ServiceEntry',
      namespace: 'default',
      external: true,
      resolution: 'NONE',
      exportTo: [],
      selector: null,
    })
    expect(known?.ports.map(({ number, protocol, targetPort }) => [number, protocol, targetPort])).toEqual([
      [80, 'HTTP', undefined],
      [443, 'TLS', 8443],
    ])
    expect(known?.ports[1]?.from.path).toEqual(['spec', 'ports', 1])
  })
  test('short names of hosts and gateways lie in the own namespace', () => {
    const [routes] = meshOf(route).routes
    expect(routes?.hosts).toEqual(['reviews.shop.svc.cluster.local'])
    expect(routes?.gateways).toEqual(['mesh', 'shop/egress', 'other/egress', 'shop/mine', 'istio-system/egress'])
    expect(routes?.http[0]?.matches[0]?.gateways).toEqual(['shop/egress'])
    expect(routes?.http[0]?.to.map(({ host, short, weight }) => [host, short, weight])).toEqual([
      ['ratings.shop.svc.cluster.local', 'ratings', 3],
      ['a.example.com', 'a.example.com', 1],
    ])
    expect(routes?.tls[0]?.to[0]?.weight).toBe(100)
  })
  test('what a route does beside sending on', () => {
    const [first, second] = meshOf(route).routes[0]?.http ?? []
    expect(first).toMatchObject({ timeout: 60.5, extras: ['timeout', 'fault'], answers: null })
    expect(first?.matches[0]?.headers).toEqual([{ name: 'x-a', match: null, not: true }])
    expect(second).toMatchObject({ answers: { status: 301, location: 'b.example.com/b' }, matches: [], to: [] })
  })
  test.each([
    ['spec: {}', null],
    ['spec: {outboundTrafficPolicy: {}}', 'REGISTRY_ONLY'],
    ['spec: {outboundTrafficPolicy: {mode: ALLOW_ANY}}', 'ALLOW_ANY'],
  ])('a Sidecar with %s', (spec, outbound) => {
    expect(meshOf(`apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: s}\n${spec}\n`).sidecars[0]?.outbound).toBe(outbound)
  })
  test('a Secret shows its keys, never what they hold', () => {
    const yaml = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {tls.crt: Y2VydA==}\nstringData: {tls.key: hidden}\n'
    const mesh = meshOf(yaml)
    expect(mesh.secretAccess[0]).toMatchObject({ by: 'Secret', keys: ['tls.crt', 'tls.key'] })
    expect(JSON.stringify(told(mesh))).not.toMatch(/hidden|Y2Vy/)
  })
  test('who may read Secrets, and what a Service’s port names say', () => {
    const mesh = meshOf(rare)
    expect(mesh.secretAccess.map((grant) => (grant.by === 'Role' ? [grant.namespace, grant.reads] : grant.by))).toEqual([
      ['', true],
      'RoleBinding',
      ['default', false],
      'Secret',
      'ReferenceGrant',
    ])
    expect(mesh.serviceHosts[0]).toMatchObject({
      by: 'Service',
      hosts: ['s.shop.svc.cluster.local'],
      addresses: ['10.0.0.1'],
      resolution: 'STATIC',
    })
    expect(mesh.serviceHosts[0]?.ports.map(({ protocol }) => protocol)).toEqual(['HTTP', 'TCP', 'HTTP2'])
    expect(mesh.peerAuthentications[0]).toMatchObject({ mode: 'STRICT', ports: { 8080: 'DISABLE' } })
  })
  test('the Gateway API: listeners, one match a rule, the most specific first', () => {
    const mesh = meshOf(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
spec:
  gatewayClassName: istio
  listeners:
  - {name: https, port: 80, protocol: HTTPS, hostname: a.example.com, tls: {options: {gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL}}}
  - {name: none, port: 443, protocol: TLS}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec:
  parentRefs: [{name: g}, {group: networking.istio.io, kind: ServiceEntry, name: e, namespace: x}, {group: odd.io, kind: Odd, name: o}]
  rules:
  - matches: [{path: {value: /}}, {path: {type: Exact, value: /a}}, {path: {value: /abc/}}]
    backendRefs: [{name: s, port: 80}, {name: t, port: 80, weight: 0}]
  - backendRefs: [{kind: Hostname, group: networking.istio.io, name: a.example.com, namespace: shop, port: 80}]
  - {}
`)
    expect(mesh.gatewayServers).toMatchObject([
      { section: 'https', hosts: ['a.example.com'], tls: { mode: 'ISTIO_MUTUAL' }, allows: { same: true } },
      // TLS without `tls`: a port of the Service, and no server.
      { section: 'none', number: 443, protocol: 'UDP', hosts: [] },
    ])
    const [routes] = mesh.routes
    expect(routes?.parents?.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([
      'Gateway shop/g',
      'ServiceEntry x/e',
    ])
    expect(routes?.http.map(({ matches: [match], to, answers }) => [match?.uri?.value, to.map(({ host }) => host), answers])).toEqual([
      ['/a', ['s.shop.svc.cluster.local'], null],
      ['/abc', ['s.shop.svc.cluster.local'], null],
      ['/', ['s.shop.svc.cluster.local'], null],
      [undefined, [], { status: 500 }],
    ])
  })
})

describe('laws', () => {
  const texts = (folder: string) => {
    const at = new URL(`../../../e2e/mesh/${folder}/`, import.meta.url)
    return readdirSync(at)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => readFileSync(new URL(file, at), 'utf8'))
  }
  const inside = texts('corpus').flatMap((text) => (documentsOf(text)[0]?.object as { yaml?: string })?.yaml ?? [])
  const objects = [...texts('cases/yaml'), ...inside, entry, route, rare, workloads].flatMap((yaml) =>
    documentsOf(yaml).map((document) => document.object),
  )

  test('P2: a damaged value of any kind never makes it throw', () => {
    const kinds = new Set(objects.map((object) => `${documentFrom(object).group} ${object.kind}`))
    expect(readers.map(({ group, kind }) => `${group} ${kind}`).filter((kind) => !kinds.has(kind))).toEqual([])
    const anyDamage = fc.constantFrom(...objects).chain((object) => damaged(object))
    fc.assert(
      fc.property(anyDamage, (object) => {
        const mesh = read([documentFrom(object)])
        expect(Object.keys(mesh)).toEqual(Object.keys(emptyMesh))
        expect(() => JSON.stringify(told(mesh))).not.toThrow()
      }),
      runs(6000),
    )
  })
  test('the same documents give the same entries, in the order of the text', () => {
    const documents = documentsOf(`${route}---\n${entry}---\n${route.replace('cnn', 'later')}`)
    expect(read(documents).routes).toEqual(read(documents).routes)
    expect(read(documents).routes[0]).toBe(read(documents).routes[0])
    expect(read(documents).routes.map(({ name }) => name)).toEqual(['cnn', 'later'])
  })
  test('nothing that is compiled is lost: each value of a spec is in the Mesh', () => {
    const leaves = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
    /** What stands for something else: whole lists that became a mark. */
    const said = new Set<unknown>([
      'Egress',
      'ServiceAccount',
      'Role',
      'rbac.authorization.k8s.io',
      '',
      'secrets',
      'list',
      'TCP',
      'ClusterIP',
    ])
    fc.assert(
      fc.property(anySoundDesign, fc.constantFrom(...dialectIds), (design, dialect) => {
        for (const document of compiled(design, dialects[dialect])) {
          // What runs in the containers of a workload is told to no proxy.
          if (!isRead(document) || document.kind === 'Deployment') continue
          const mesh = read([document])
          const has = new Set(
            [
              ...leaves(told(mesh)),
              ...Object.values(mesh)
                .flat()
                .map((each) => each.name),
            ].map(String),
          )
          // Names are made full: a short gateway is `namespace/name` in the Mesh.
          const lost = leaves([document.object.spec ?? {}, document.object.subjects ?? {}]).filter(
            (leaf) =>
              !said.has(leaf) && !has.has(String(leaf)) && !has.has(`${document.namespace}/${leaf}`) && leaf !== document.object.kind,
          )
          // A port's name of a Service tells its protocol; a match label of a selector is a key.
          expect(lost.filter((leaf) => document.kind !== 'Service' || leaf === '')).toEqual([])
        }
      }),
      runs(150),
    )
  })
  test('P5: the version is not told: the same objects as v1, v1beta1 and v1alpha3 are the same Mesh', () => {
    fc.assert(
      fc.property(anySoundDesign, (design) => {
        const meshes = ['v1', 'v1beta1', 'v1alpha3'].map((version) =>
          read(compiled(design, { ...dialects['istio-v1'], version: (group) => (group === '' ? 'v1' : `${group}/${version}`) })),
        )
        expect(told(meshes[1])).toEqual(told(meshes[0]))
        expect(told(meshes[2])).toEqual(told(meshes[0]))
      }),
      runs(150),
    )
  })
  test('P5: both dialects know the same hosts and listen alike, but for names', () => {
    const sorted = (list: unknown[]) => list.map((each) => JSON.stringify(each)).toSorted()
    const listens = (mesh: Mesh) =>
      sorted(
        mesh.gatewayServers.map(({ selector, number, protocol, hosts, tls }) => ({ selector, number, protocol, hosts, mode: tls?.mode })),
      )
    const knows = (mesh: Mesh) =>
      sorted(mesh.serviceHosts.map(({ hosts, addresses, resolution, external }) => ({ hosts, addresses, resolution, external })))
    fc.assert(
      fc.property(anySoundDesign, (design) => {
        const today = read(compiled(design, dialects['istio-v1']))
        const tutorial = read(compiled(design, dialects['istio-v1alpha3']))
        expect(listens(tutorial)).toEqual(listens(today))
        expect(knows(tutorial)).toEqual(knows(today))
        expect(tutorial.networkPolicies.length).toBe(today.networkPolicies.length)
      }),
      runs(150),
    )
  })
})
