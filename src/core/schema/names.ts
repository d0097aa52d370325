/** Names and labels, as the API server takes them (k8s.io/apimachinery, pkg/api/validation and pkg/util/validation). */
import type { Document } from '../yaml/document'
import { own, type Trouble } from './walk'

const subdomain = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'
const label = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'
const labelValue = '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$'
const labelKey = '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$'

function wrongForm(path: readonly string[], value: string, pattern: string, limit: number): Trouble[] {
  if (value.length > limit) return [{ is: 'long', path, size: value.length, limit, schema: {} }]
  return new RegExp(pattern).test(value) ? [] : [{ is: 'pattern', path, value, schema: { pattern } }]
}

/** A name, namespace or label in a form that the API server refuses. */
export function metadataTroubles({ object, name, labels }: Document): Trouble[] {
  const namespace = own(object.metadata as Record<string, unknown> | undefined, 'namespace')
  return [
    ...(name === '' ? [] : wrongForm(['metadata', 'name'], name, subdomain, 253)),
    ...(typeof namespace === 'string' && namespace !== '' ? wrongForm(['metadata', 'namespace'], namespace, label, 63) : []),
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...wrongForm(['metadata', 'labels', key], key, labelKey, 317),
      ...wrongForm(['metadata', 'labels', key], value, labelValue, 63),
    ]),
  ]
}
