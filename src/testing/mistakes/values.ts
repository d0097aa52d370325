/** Another plausible value of a field, from the words that a configuration has. */
import { isServiceHost, serviceHost } from '../../core/istio/host-name'
import type { Chance } from '../chance'
import type { Json, Thing, Way } from './thing'

export interface Vocabulary {
  hosts: string[]
  services: string[]
  ports: number[]
  subsets: string[]
  namespaces: string[]
  gateways: string[]
  names: string[]
  labels: string[]
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Hosts, ports and names as they are in the objects, and a few that are nowhere. */
export function vocabularyOf(objects: readonly Thing[]): Vocabulary {
  const found: Vocabulary = { hosts: [], services: [], ports: [], subsets: [], namespaces: [], gateways: [], names: [], labels: [] }
  const walk = (value: Json, key: string, above: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, key, above)
    else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) walk(item, name, key)
    else if (typeof value === 'number') {
      if (['number', 'port', 'targetPort'].includes(key)) found.ports.push(value)
    } else if (typeof value === 'string') {
      if (isServiceHost(value)) found.services.push(value)
      else if (['hosts', 'host', 'sniHosts', 'sni', 'hostname', 'hostnames'].includes(key)) found.hosts.push(value)
      if (key === 'subset' || (key === 'name' && above === 'subsets')) found.subsets.push(value)
      if (key === 'namespace') found.namespaces.push(value)
      if (key === 'gateways') found.gateways.push(value)
      if (['matchLabels', 'selector', 'labels', 'sourceLabels'].includes(above)) found.labels.push(value)
    }
  }
  for (const object of objects) {
    walk(object, '', '')
    const { name, namespace = 'default' } = (object.metadata ?? {}) as { name?: string; namespace?: string }
    if (object.kind === 'Gateway' && name) found.gateways.push(name, `${namespace}/${name}`)
    if (name) found.names.push(name)
    if (object.kind === 'Service' && name) found.services.push(serviceHost(name, namespace))
  }
  return {
    hosts: unique([...found.hosts.filter((host) => /^(\*\.)?[\w.-]+$/.test(host)), 'edition.cnn.com', 'other.example.net']),
    services: unique([...found.services, 'istio-egressgateway.istio-system.svc.cluster.local']),
    ports: unique([...found.ports, 80, 443, 8080, 8443]),
    subsets: unique([...found.subsets, 'nowhere']),
    namespaces: unique([...found.namespaces, 'default', 'istio-system']),
    gateways: unique([...found.gateways, 'mesh']),
    names: unique(found.names),
    labels: unique([...found.labels, 'sleep', 'egressgateway', 'nobody']),
  }
}

const protocols = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'HTTP2', 'GRPC']
const parentOf = (host: string): string => `*.${host.split('.').slice(1).join('.')}`

function hostFor(words: Vocabulary, chance: Chance): string {
  const host = chance.pick(words.hosts)
  return chance.one(5) && host.split('.').length > 2 ? parentOf(host.replace(/^\*\./, '')) : host
}

type Of = (words: Vocabulary, chance: Chance, now: Json, object: Thing, way: Way) => Json

const numberOf: Of = (words, chance) => chance.pick(words.ports)
const modes: Of = (_, chance, __, object, way) => {
  if (way.includes('outboundTrafficPolicy')) return chance.pick(['ALLOW_ANY', 'REGISTRY_ONLY'])
  if (object.kind === 'PeerAuthentication') return chance.pick(['STRICT', 'PERMISSIVE', 'DISABLE'])
  if (object.kind === 'DestinationRule') return chance.pick(['DISABLE', 'SIMPLE', 'ISTIO_MUTUAL', 'MUTUAL'])
  if (String(object.apiVersion).startsWith('gateway.')) return chance.pick(['Terminate', 'Passthrough'])
  return chance.pick(['PASSTHROUGH', 'ISTIO_MUTUAL', 'ISTIO_MUTUAL', 'SIMPLE', 'MUTUAL'])
}

/** By the name of the field. */
const scalars: Record<string, Of> = {
  number: numberOf,
  port: numberOf,
  targetPort: numberOf,
  protocol: (_, chance, __, object) => chance.pick(object.kind === 'NetworkPolicy' ? ['TCP', 'UDP'] : protocols),
  mode: modes,
  host: (words, chance) => chance.pick([...words.hosts, ...words.services]),
  sni: (words, chance) => chance.pick(words.hosts),
  hostname: hostFor,
  subset: (words, chance) => chance.pick(words.subsets),
  resolution: (_, chance) => chance.pick(['DNS', 'NONE', 'STATIC', 'DYNAMIC_DNS', 'DNS_ROUND_ROBIN']),
  location: (_, chance) => chance.pick(['MESH_EXTERNAL', 'MESH_INTERNAL']),
  namespace: (words, chance) => chance.pick(words.namespaces),
  sourceNamespace: (words, chance) => chance.pick(words.namespaces),
  credentialName: (_, chance) => chance.pick(['client-credential', 'nowhere']),
  insecureSkipVerify: (_, __, now) => now !== true,
  httpsRedirect: (_, __, now) => now !== true,
  prefix: (_, chance) => chance.pick(['/', '/a', '/politics']),
  exact: (_, chance) => chance.pick(['/politics', '/']),
  action: (_, chance) => chance.pick(['ALLOW', 'DENY']),
  from: (_, chance, now) => (typeof now === 'string' ? chance.pick(['Same', 'All']) : now),
  name: (words, chance, now, object, way) =>
    way.some((key) => ['parentRefs', 'backendRefs', 'targetRefs', 'subsets'].includes(String(key)))
      ? chance.pick([...words.names, ...words.names.map((name) => `${name}-istio`), ...words.hosts, ...words.subsets])
      : (now ?? String(object.kind)),
}

/** Items of lists of text. */
const texts: Record<string, Of> = {
  hosts: (words, chance, _, object) => {
    const host = hostFor(words, chance)
    if (object.kind === 'Sidecar') return `${chance.pick(['.', '*', ...words.namespaces])}/${chance.pick(['*', host])}`
    if (object.kind === 'Gateway') return chance.pick([host, host, '*', `./${host}`, `${chance.pick(words.namespaces)}/${host}`])
    return host
  },
  sniHosts: hostFor,
  hostnames: hostFor,
  gateways: (words, chance) => chance.pick([...words.gateways, ...words.gateways.map((name) => name.replace(/^.*\//, ''))]),
  exportTo: (words, chance) => chance.pick(['.', '*', ...words.namespaces]),
  subjectAltNames: (words, chance) => chance.pick(words.hosts),
  addresses: (_, chance) => chance.pick(['203.0.113.77', '198.51.100.1']),
  principals: (words, chance) => `cluster.local/ns/${chance.pick(words.namespaces)}/sa/${chance.pick(['sleep', 'nobody'])}`,
  namespaces: (words, chance) => chance.pick(words.namespaces),
  values: (words, chance) => chance.pick(words.hosts),
}

/** Undefined where nothing is known of the field. */
export function alter(object: Thing, way: Way, now: Json, words: Vocabulary, chance: Chance): Json | undefined {
  const key = way.findLast((each) => typeof each === 'string') as string
  const above = String(way.at(-2))
  const inList = typeof way.at(-1) === 'number'
  if (inList && typeof now === 'string' && Object.hasOwn(texts, key)) return texts[key]?.(words, chance, now, object, way)
  if (Array.isArray(now) && Object.hasOwn(texts, key))
    return listOf(now, (item) => texts[key]?.(words, chance, item, object, way) ?? item, chance)
  if (typeof now === 'object') return undefined
  if (['matchLabels', 'selector', 'labels', 'sourceLabels'].includes(above)) return chance.pick(words.labels)
  return Object.hasOwn(scalars, key) ? scalars[key]?.(words, chance, now, object, way) : undefined
}

/** One item more, less, or another. */
function listOf(now: Json[], item: (now: Json) => Json, chance: Chance): Json[] {
  const kind = chance.int(3)
  if (kind === 0 || now.length === 0) return [...new Set([...now, item(now[0] ?? '')])]
  if (kind === 1 && now.length > 1) return now.toSpliced(chance.int(now.length), 1)
  return [...new Set(now.toSpliced(chance.int(now.length), 1, item(now[0] ?? '')))]
}
