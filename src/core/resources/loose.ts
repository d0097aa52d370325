/** Values of a document, whatever type they turn out to have: what is not of the type that is asked for counts as not written. Nothing throws. */
import type { Labels } from '../design'
import type { Document, Path, Place } from '../document'
import { isIP } from '../ip'
import type { Mesh, Protocol, Selector, Written } from '../mesh'

export type Loose = Readonly<Record<string, unknown>>

/** What a reader gives: a part of the Mesh. */
export type Read = Partial<Mesh>

const nothing: Loose = Object.freeze({})

export const isMap = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
export const asMap = (value: unknown): Loose => (isMap(value) ? value : nothing)
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const asText = (value: unknown, otherwise = ''): string => (typeof value === 'string' && value !== '' ? value : otherwise)
export const asTexts = (value: unknown): string[] => asList(value).filter((item): item is string => typeof item === 'string')
export const asNumber = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
export const asFlag = (value: unknown): boolean => value === true
export const has = (map: Loose, key: string): boolean => Object.hasOwn(map, key) && map[key] !== null && map[key] !== undefined

/** Entries of a map; of anything else none. */
export const entriesOf = (value: unknown): [string, unknown][] => Object.entries(asMap(value))

export const asLabels = (value: unknown): Labels =>
  Object.fromEntries(entriesOf(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** One of the words that a field knows; an unknown one counts as not written. */
export function asOneOf<T extends string>(value: unknown, words: readonly T[], otherwise: T): T {
  return words.includes(value as T) ? (value as T) : otherwise
}

/** Items of a list that are maps, each with the place that it is written at. */
export function items(value: unknown, of: Document, ...path: Path): { item: Loose; from: Place; index: number }[] {
  return asList(value).flatMap((item, index) => (isMap(item) ? [{ item, index, from: { of, path: [...path, index] } }] : []))
}

export const specOf = (document: Document): Loose => asMap(document.object.spec)

export const writtenAt = (document: Document, ...path: Path): Written => ({
  name: document.name,
  namespace: document.namespace,
  from: { of: document, path },
})

/** `matchLabels` below a key; null where the key is left out. */
export const matchLabels = (of: Loose, key: string): Labels | null => (has(of, key) ? asLabels(asMap(of[key]).matchLabels) : null)

/** A selector of Kubernetes, with labels and expressions. */
export const asSelector = (value: unknown): Selector => ({
  labels: asLabels(asMap(value).matchLabels),
  expressions: asList(asMap(value).matchExpressions)
    .filter(isMap)
    .map(({ key, operator, values }) => ({ key: asText(key), operator: asText(operator), values: asTexts(values) })),
})

/** A short name lies in the object's own namespace (Istio `model/config.go`, ResolveShortnameToFQDN). */
export function fullHost(name: string, namespace: string): string {
  if (name === '' || name === '*' || name.includes('.') || isIP(name)) return name
  return `${name}.${namespace}.svc.cluster.local`
}

const protocols: Record<string, Protocol> = {
  http: 'HTTP',
  http2: 'HTTP2',
  grpc: 'GRPC',
  'grpc-web': 'GRPC',
  https: 'HTTPS',
  tls: 'TLS',
  tcp: 'TCP',
  mongo: 'MONGO',
  mysql: 'MYSQL',
  redis: 'REDIS',
  udp: 'UDP',
}

/** In any case of letters, as istiod reads it; what it does not know is UNSET: then it looks at the bytes. */
export function asProtocol(value: unknown): Protocol {
  const word = asText(value).toLowerCase()
  return Object.hasOwn(protocols, word) ? (protocols[word] as Protocol) : 'UNSET'
}

const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001, ns: 0.000000001 }

/** A duration such as `1m30s`, in seconds. */
export function asDuration(value: unknown): number | null {
  const text = asText(value)
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$/.test(text)) return null
  let seconds = 0
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)) seconds += Number(number) * (units[unit as string] ?? 0)
  return seconds
}
