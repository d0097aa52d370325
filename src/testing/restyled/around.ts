/** Objects of the same files that have no part in the way out. */
import { gatewayPortsOf, labelsOf, namespaceOf } from '../../core/model/design'
import { isTaken, type Rewriting, type Thing, type Written } from './kind'

const added = (name: string, objects: (written: Written) => readonly Thing[]): Rewriting => ({
  name,
  rewrite(written, chance) {
    const fresh = objects(written).filter(({ kind, metadata }) => !isTaken(written, kind, metadata.namespace ?? 'default', metadata.name))
    // At the front or at the end, together, as files are put together.
    written.objects = chance.one(2) ? [...fresh, ...written.objects] : [...written.objects, ...fresh]
    return fresh.length > 0
  },
})

const object = (apiVersion: string, kind: string, namespace: string, name: string, body: object): Thing => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...body,
})

const deployment = (namespace: string, name: string, labels: Record<string, string>, serviceAccountName?: string): Thing =>
  object('apps/v1', 'Deployment', namespace, name, {
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...(serviceAccountName && { serviceAccountName }),
          containers: [{ name, image: `example.com/${name}:1`, ports: [{ containerPort: 8080 }] }],
        },
      },
    },
  })

const service = (namespace: string, name: string, selector: Record<string, string>, ports: readonly object[]): Thing =>
  object('v1', 'Service', namespace, name, { spec: { type: 'ClusterIP', selector, ports } })

const workloads = added('unrelated-workloads', () => [
  object('v1', 'ServiceAccount', 'web', 'httpbin', {}),
  service('web', 'httpbin', { app: 'httpbin' }, [{ name: 'http', port: 8000, targetPort: 8080, protocol: 'TCP' }]),
  deployment('web', 'httpbin', { app: 'httpbin' }),
  object('v1', 'ConfigMap', 'web', 'httpbin', { data: { 'app.yaml': 'host: edition.cnn.com\nport: 443\n' } }),
])

/** The workloads and accounts of the pods that call. */
const clients = added('clients-themselves', ({ design }) =>
  design.nodes
    .filter(({ kind }) => kind === 'pod')
    .flatMap((pod) => {
      const account = pod.fields.serviceAccount || pod.name
      return [
        object('v1', 'ServiceAccount', namespaceOf(pod), account, {}),
        deployment(namespaceOf(pod), pod.name, { ...labelsOf(pod) }, account),
      ]
    })
    .filter(({ kind, metadata: { namespace, name } }, index, list) => {
      const isSame = (other: Thing) => other.kind === kind && other.metadata.name === name && other.metadata.namespace === namespace
      return list.findIndex(isSame) === index
    }),
)

const ingress = added('ingress', () => [
  object('networking.istio.io/v1', 'Gateway', 'web', 'shop-ingress', {
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example.org'] },
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts: ['shop.example.org'],
          tls: { mode: 'SIMPLE', credentialName: 'shop-cert' },
        },
      ],
    },
  }),
  object('networking.istio.io/v1', 'VirtualService', 'web', 'shop', {
    spec: {
      hosts: ['shop.example.org'],
      gateways: ['shop-ingress'],
      http: [
        {
          match: [{ uri: { prefix: '/api' } }],
          route: [{ destination: { host: 'httpbin.web.svc.cluster.local', port: { number: 8000 } } }],
        },
      ],
    },
  }),
  service('istio-system', 'istio-ingressgateway', { istio: 'ingressgateway' }, [{ name: 'http2', port: 80, targetPort: 8080 }]),
])

const inside = added('rules-inside-the-mesh', () => [
  object('networking.istio.io/v1', 'DestinationRule', 'web', 'httpbin', {
    spec: {
      host: 'httpbin.web.svc.cluster.local',
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
      subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    },
  }),
  object('networking.istio.io/v1', 'VirtualService', 'web', 'httpbin', {
    spec: {
      hosts: ['httpbin.web.svc.cluster.local'],
      http: [{ route: [{ destination: { host: 'httpbin.web.svc.cluster.local', subset: 'v1' } }] }],
    },
  }),
  object('security.istio.io/v1', 'PeerAuthentication', 'web', 'default', { spec: { mtls: { mode: 'STRICT' } } }),
  object('security.istio.io/v1', 'AuthorizationPolicy', 'web', 'httpbin', {
    spec: { selector: { matchLabels: { app: 'httpbin' } }, rules: [{ to: [{ operation: { methods: ['GET'] } }] }] },
  }),
  object('telemetry.istio.io/v1', 'Telemetry', 'web', 'logs', { spec: { accessLogging: [{ providers: [{ name: 'envoy' }] }] } }),
])

/** What an installation of a gateway brings beside its pods. */
const installation = added('gateway-installation', ({ design }) =>
  design.nodes
    .filter(({ kind }) => kind === 'gateway')
    .flatMap((gateway) => {
      const [space, name, labels] = [namespaceOf(gateway), gateway.name, { ...labelsOf(gateway) }]
      const ports = gatewayPortsOf(gateway).map(({ number, targetPort }) => ({
        name: portName(number),
        port: number,
        targetPort,
        protocol: 'TCP',
      }))
      const account = `${name}-service-account`
      return [
        object('v1', 'ServiceAccount', space, account, {}),
        deployment(space, name, labels),
        service(space, name, labels, ports),
        object('rbac.authorization.k8s.io/v1', 'Role', space, `${name}-sds`, {
          rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
        }),
        object('rbac.authorization.k8s.io/v1', 'RoleBinding', space, `${name}-sds`, {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `${name}-sds` },
          subjects: [{ kind: 'ServiceAccount', name: account }],
        }),
        object('policy/v1', 'PodDisruptionBudget', space, name, { spec: { minAvailable: 1, selector: { matchLabels: labels } } }),
      ]
    }),
)

const portName = (number: number): string => (number === 80 ? 'http2' : number === 443 ? 'https' : `tcp-${number}`)

const spaces = added('namespaces', (written) =>
  [...new Set(written.objects.map(({ metadata }) => metadata.namespace ?? 'default'))].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': name } },
  })),
)

const otherFields = added('kinds-of-others', () => [
  object('networking.k8s.io/v1', 'Ingress', 'web', 'httpbin', {
    spec: {
      rules: [
        {
          host: 'edition.example.org',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'httpbin', port: { number: 8000 } } } }] },
        },
      ],
    },
  }),
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', 'httpbin', {
    spec: { minReplicas: 1, maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'httpbin' } },
  }),
  object('cert-manager.io/v1', 'Certificate', 'web', 'shop', { spec: { secretName: 'shop-cert', dnsNames: ['shop.example.org'] } }),
])

export const around: readonly Rewriting[] = [workloads, clients, ingress, inside, installation, spaces, otherFields]
