/** Fields that people write beside what leads a request: versions, metadata, and settings of connections. */
import type { Chance } from '../chance'
import { all, type Policy, type Rewriting, spaceOf, type Thing } from './kind'

const ofIstio = ({ apiVersion }: Thing): boolean => apiVersion.startsWith('networking.istio.io/')

const olderVersions: Rewriting = {
  name: 'older-versions',
  rewrite({ objects }, chance) {
    const own = objects.filter(ofIstio)
    for (const object of own) object.apiVersion = `networking.istio.io/${chance.pick(['v1alpha3', 'v1beta1', 'v1'])}`
    return own.length > 0
  },
}

const oneVersion = (version: string): Rewriting => ({
  name: `all-${version}`,
  rewrite({ objects }) {
    const own = objects.filter((object) => ofIstio(object) && !object.apiVersion.endsWith(`/${version}`))
    for (const object of own) object.apiVersion = `networking.istio.io/${version}`
    return own.length > 0
  },
})

const onMetadata = (name: string, fields: (object: Thing, chance: Chance) => object): Rewriting => ({
  name,
  rewrite({ objects }, chance) {
    for (const object of objects) Object.assign(object.metadata, fields(object, chance))
    return objects.length > 0
  },
})

/** As `kubectl get -o yaml` prints them. */
const fromTheCluster: Rewriting = {
  name: 'from-the-cluster',
  rewrite({ objects }, chance) {
    for (const object of objects) {
      const { name, namespace: _, ...rest } = object.metadata
      object.metadata = {
        ...rest,
        annotations: { ...rest.annotations, 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{}}\n' },
        // Made by one command: all are of one age.
        creationTimestamp: '2024-05-06T07:08:09Z',
        generation: 1 + chance.int(4),
        name,
        ...(object.kind !== 'Namespace' && { namespace: spaceOf(object) }),
        resourceVersion: String(1000 + chance.int(100_000)),
        uid: `0b9a1c2d-0000-4000-8000-${String(chance.int(1_000_000)).padStart(12, '0')}`,
        managedFields: [{ manager: 'kubectl', operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': {} } }],
      }
      if (ofIstio(object)) object.status = {}
    }
    return objects.length > 0
  },
}

/** Adds to policies what says nothing of TLS; a policy that is nothing but that is no policy of its own in a subset. */
const onPolicies = (name: string, fields: Policy): Rewriting => ({
  name,
  rewrite(written) {
    const rules = all(written, 'DestinationRule')
    for (const { spec } of rules) {
      for (const { trafficPolicy } of spec.subsets ?? []) if (trafficPolicy) Object.assign(trafficPolicy, fields)
      spec.trafficPolicy = { ...spec.trafficPolicy, ...fields }
    }
    return rules.length > 0
  },
})

/** A rule for a host that no rule speaks of. */
const rulesWithoutTls: Rewriting = {
  name: 'rules-without-tls',
  rewrite(written) {
    const ruled = new Set(all(written, 'DestinationRule').map(({ spec }) => spec.host))
    const free = all(written, 'ServiceEntry').filter(({ spec }) => !spec.exportTo && spec.hosts.every((host) => !ruled.has(host)))
    for (const entry of free)
      written.objects.push({
        apiVersion: entry.apiVersion,
        kind: 'DestinationRule',
        metadata: { ...structuredClone(entry.metadata), name: `${entry.metadata.name}-limits` },
        spec: { host: entry.spec.hosts[0], trafficPolicy: { connectionPool: { tcp: { connectTimeout: '5s' } } } },
      })
    return free.length > 0
  },
}

/** On a port's settings too: what is said of a port replaces all that is said above it. */
const portPools: Rewriting = {
  name: 'pools-per-port',
  rewrite(written) {
    const settings = all(written, 'DestinationRule')
      .flatMap(({ spec }) => [spec.trafficPolicy, ...(spec.subsets ?? []).map(({ trafficPolicy }) => trafficPolicy)])
      .flatMap((policy) => policy?.portLevelSettings ?? [])
    for (const setting of settings) setting.connectionPool = { tcp: { maxConnections: 64 } }
    return settings.length > 0
  },
}

export const extras: readonly Rewriting[] = [
  olderVersions,
  oneVersion('v1alpha3'),
  oneVersion('v1beta1'),
  onMetadata('labels', ({ metadata }) => ({
    labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm', team: 'payments' },
  })),
  onMetadata('annotations', ({ metadata }) => ({
    annotations: { ...metadata.annotations, 'meta.helm.sh/release-name': 'egress', 'argocd.argoproj.io/sync-wave': '2' },
  })),
  fromTheCluster,
  onPolicies('connection-pools', {
    connectionPool: { tcp: { maxConnections: 100, connectTimeout: '10s' }, http: { http1MaxPendingRequests: 50 } },
  }),
  onPolicies('outlier-detection', { outlierDetection: { consecutive5xxErrors: 5, interval: '30s', baseEjectionTime: '30s' } }),
  onPolicies('load-balancers', { loadBalancer: { simple: 'LEAST_REQUEST' } }),
  onPolicies('locality-failover', { loadBalancer: { simple: 'ROUND_ROBIN', localityLbSetting: { enabled: false } } }),
  rulesWithoutTls,
  portPools,
]
