/** Fields that somebody adds to an object that works. */
import { isWildcarded } from '../../core/istio/host-name'
import type { Chance } from '../chance'
import type { Json, Thing } from './thing'
import type { Vocabulary } from './values'

type Part = { [key: string]: Json }
type Add = (words: Vocabulary, chance: Chance) => Part

const exportTo: Add = (words, chance) => ({ exportTo: chance.some(['.', 'istio-system', ...words.namespaces], 2) })
const hostOf = (words: Vocabulary, chance: Chance): string => chance.pick(words.hosts.filter((host) => !isWildcarded(host)))

const toEntry: Add = (words, chance) =>
  chance.pick<Part>([
    exportTo(words, chance),
    { location: 'MESH_INTERNAL' },
    { subjectAltNames: [hostOf(words, chance)] },
    { endpoints: [{ address: hostOf(words, chance), ports: {} }] },
    { addresses: ['203.0.113.77'] },
  ])

const toRule: Add = (words, chance) =>
  chance.pick<Part>([
    exportTo(words, chance),
    { workloadSelector: { matchLabels: { app: chance.pick(words.labels) } } },
    { workloadSelector: { matchLabels: { istio: 'egressgateway' } } },
    { trafficPolicy: { tls: { mode: chance.pick(['SIMPLE', 'ISTIO_MUTUAL', 'DISABLE']), sni: hostOf(words, chance) } } },
    { trafficPolicy: { portLevelSettings: [{ port: { number: chance.pick(words.ports) }, tls: { mode: 'SIMPLE' } }] } },
  ])

const toRoutes: Add = (words, chance) =>
  chance.pick<Part>([exportTo(words, chance), { gateways: ['mesh'] }, { hosts: [hostOf(words, chance), hostOf(words, chance)] }])

const toHttp: Add = (words, chance) =>
  chance.pick<Part>([
    { rewrite: { uri: '/rewritten' } },
    { rewrite: { authority: hostOf(words, chance) } },
    { timeout: '5s' },
    { retries: { attempts: 0 } },
    { retries: { attempts: 1, retryOn: 'connect-failure' } },
    { name: 'named' },
    { headers: { request: { set: { 'x-a': 'b' } } } },
  ])

const toMatch: Add = (words, chance) =>
  chance.pick<Part>([
    { uri: { prefix: '/a' } },
    { uri: { exact: '/politics' } },
    { uri: { regex: '/[a-p].*' } },
    { headers: { 'x-a': { exact: 'b' } } },
    { withoutHeaders: { 'x-a': {} } },
    { method: { exact: 'GET' } },
    { authority: { prefix: hostOf(words, chance).slice(0, 4) } },
    { scheme: { exact: 'http' } },
    { sourceNamespace: chance.pick(words.namespaces) },
    { sourceLabels: { app: chance.pick(words.labels) } },
    { port: chance.pick(words.ports) },
    { queryParams: { q: { exact: '1' } } },
  ])

const toStreamMatch: Add = (words, chance) =>
  chance.pick<Part>([
    { sourceNamespace: chance.pick(words.namespaces) },
    { sourceLabels: { app: chance.pick(words.labels) } },
    { port: chance.pick(words.ports) },
    { destinationSubnets: [chance.pick(['198.51.100.0/24', '203.0.113.0/24', '10.0.0.0/8'])] },
  ])

const list = (value: Json | undefined): Part[] => (Array.isArray(value) ? (value as Part[]) : [])

/** Writes one more field into a copy of an object, and says which; null where nothing suits its kind. The copy is changed. */
export function addField(copy: Thing, words: Vocabulary, chance: Chance): string | null {
  const spec = copy.spec as Part | undefined
  if (!spec) return null
  const put = (part: Part | undefined, fields: Part): string | null => {
    if (!part) return null
    Object.assign(part, fields)
    return JSON.stringify(fields)
  }
  if (copy.kind === 'ServiceEntry') return put(spec, toEntry(words, chance))
  if (copy.kind === 'DestinationRule') return put(chance.one(3) ? chance.pick(list(spec.subsets)) : spec, toRule(words, chance))
  if (copy.kind !== 'VirtualService') return null
  const http = list(spec.http)
  const streams = [...list(spec.tls), ...list(spec.tcp)]
  const kind = chance.int(4)
  if (kind === 0) return put(spec, toRoutes(words, chance))
  if (kind === 1 && http.length > 0) return put(chance.pick(http), toHttp(words, chance))
  if (http.length > 0) return put(chance.pick(http.flatMap((rule) => list(rule.match))), toMatch(words, chance))
  return put(chance.pick(streams.flatMap((rule) => list(rule.match))), toStreamMatch(words, chance))
}
