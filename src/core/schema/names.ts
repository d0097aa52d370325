/** Names of an object, as the API server takes them (k8s.io/apimachinery, pkg/api/validation). Labels and the like are in `schemas.ts`. */
import type { Document } from '../yaml/document'
import { formats } from './formats'
import type { KindSchema } from './schemas'
import { own, type Trouble } from './walk'

const wrongForm = (path: readonly string[], value: string, format: string): Trouble[] =>
  own(formats, format)?.fits(value) ? [] : [{ is: 'format', path, value, schema: { format } }]

/** A name or namespace in a form that the API server refuses. */
export function metadataTroubles({ object, name }: Document, kind: KindSchema): Trouble[] {
  const metadata = object.metadata as Record<string, unknown> | undefined
  const namespace = own(metadata, 'namespace')
  const nameless = ['', null].includes(own(metadata, 'name') as string | null) && !own(metadata, 'generateName')
  return [
    ...(nameless ? [{ is: 'short' as const, path: ['metadata', 'name'], size: 0, limit: 1, schema: {} }] : []),
    ...(name === '' ? [] : wrongForm(['metadata', 'name'], name, kind.name ?? 'dns-subdomain')),
    ...(typeof namespace === 'string' && namespace !== '' ? wrongForm(['metadata', 'namespace'], namespace, 'dns-label') : []),
  ]
}
