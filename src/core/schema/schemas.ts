/** The schemas of the kinds that ship with the app, as their generated files tell them, ready to be asked. */

/** A JSON Schema as the generator writes it, with what the API server looks at beside. */
export interface SchemaNode {
  type?: string | readonly string[]
  description?: string
  properties?: Readonly<Record<string, SchemaNode>>
  additionalProperties?: boolean | SchemaNode
  /** What the keys of a map must be. */
  propertyNames?: SchemaNode
  required?: readonly string[]
  items?: SchemaNode
  enum?: readonly unknown[]
  default?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: boolean
  exclusiveMaximum?: boolean
  multipleOf?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minProperties?: number
  maxProperties?: number
  nullable?: boolean
  allOf?: readonly SchemaNode[]
  anyOf?: readonly SchemaNode[]
  oneOf?: readonly SchemaNode[]
  not?: SchemaNode
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-list-type'?: string
  'x-kubernetes-list-map-keys'?: readonly string[]
  /** Rules in CEL. Those of CRDs have the API server's message, whose sentences `rule-words.ts` has; ours are sentences in two languages. */
  'x-kubernetes-validations'?: readonly { rule: string; message?: string; zh?: string }[]
}

export interface KindSchema {
  group: string
  kind: string
  /** Those that the API server serves with this schema. */
  versions: readonly string[]
  /** Those that it knows and no longer serves. */
  unserved: readonly string[]
  namespaced: boolean
  /** Kubernetes' own: Go's types read it, to whom a null is what is not written. */
  native?: boolean
  /** The form of its names, where that is not a subdomain. */
  name?: string
  schema: SchemaNode
}

/** A generated file: `src/schemas/*.json`. */
export interface SchemaFile {
  source: string
  licence: string
  kinds: readonly unknown[]
  $defs: readonly unknown[]
}

export interface Schemas {
  kinds: readonly KindSchema[]
  /** The schema of a kind at a version that is served. Its `properties` are all but apiVersion, kind and metadata. */
  of(group: string, version: string, kind: string): KindSchema | undefined
  /** The same for what a text says; with apiVersion, kind and metadata, as an editor needs it. */
  whole(apiVersion: string, kind: string): SchemaNode | undefined
  /** Whether a group is known at all, and which versions of a kind are served. */
  group(group: string): boolean
  served(group: string, kind: string): readonly string[]
}

/** Labels wherever they are written, and what selectors compare with. */
const labels: SchemaNode = {
  type: 'object',
  propertyNames: { format: 'label-key' },
  additionalProperties: { type: 'string', format: 'label-value' },
}
const annotations: SchemaNode = { type: 'object', propertyNames: { format: 'annotation-key' }, additionalProperties: { type: 'string' } }

/** What every object has; of those that are Kubernetes' own a finalizer has a domain. Fields that only the API server writes are known and not looked into. */
export const metadataOf = (finalizer: string): SchemaNode => ({
  type: 'object',
  description: 'Name, namespace, labels and annotations of the object.',
  additionalProperties: false,
  properties: {
    name: { type: 'string', description: 'Unique for its kind in its namespace.' },
    namespace: { type: 'string', description: 'Where it lies; `default` where nothing is written.' },
    labels: { ...labels, description: 'What selectors look at.' },
    annotations: { ...annotations, description: 'Remarks for tools.' },
    generateName: { type: 'string', description: 'The beginning of a name that the API server completes.' },
    finalizers: { type: 'array', items: { type: 'string', format: finalizer } },
    ownerReferences: { type: 'array', items: { type: 'object' } },
    ...Object.fromEntries(
      ['uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp', 'selfLink'].map((key) => [
        key,
        { type: 'string', nullable: true },
      ]),
    ),
    generation: { type: 'integer' },
    deletionGracePeriodSeconds: { type: 'integer' },
    managedFields: { type: 'array', items: { type: 'object' } },
  },
})

export const metadata: SchemaNode = metadataOf('label-key')

/** Reads generated files; `words` are descriptions that lie in a file of their own. Shared parts become shared objects. */
export function schemasOf(files: readonly SchemaFile[], words: readonly string[] = []): Schemas {
  const kinds = files.flatMap((file) => kindsOf(file, words))
  const byName = new Map<string, KindSchema>()
  const versions = new Map<string, string[]>()
  for (const one of kinds)
    for (const version of one.versions) {
      byName.set(`${one.group}/${version}/${one.kind}`, one)
      const name = `${one.group}/${one.kind}`
      versions.set(name, [...(versions.get(name) ?? []), version])
    }
  const groups = new Set(kinds.map(({ group }) => group))
  const wholes = new Map<KindSchema, Map<string, SchemaNode>>()
  const whole = (apiVersion: string, kind: string) => {
    const of = byName.get(`${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}/${kind}`)
    if (!of) return undefined
    const known = wholes.get(of) ?? new Map<string, SchemaNode>()
    wholes.set(of, known)
    const made = known.get(apiVersion) ?? wholeOf(of, apiVersion)
    known.set(apiVersion, made)
    return made
  }
  return {
    kinds,
    of: (group, version, kind) => byName.get(`${group}/${version}/${kind}`),
    whole,
    group: (group) => groups.has(group),
    served: (group, kind) => versions.get(`${group}/${kind}`) ?? [],
  }
}

const wholeOf = ({ kind, schema }: KindSchema, apiVersion: string): SchemaNode => ({
  ...schema,
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', ...(schema.required ?? [])],
  properties: {
    apiVersion: { type: 'string', enum: [apiVersion] },
    kind: { type: 'string', enum: [kind] },
    metadata,
    ...schema.properties,
  },
})

function kindsOf(file: SchemaFile, words: readonly string[]): KindSchema[] {
  const made: unknown[] = []
  const open = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(open)
    if (typeof value !== 'object' || value === null) return value
    const { $ref, described, ...node } = value as Record<string, unknown>
    if (typeof $ref === 'string') return definition(Number($ref.slice('#/$defs/'.length)))
    const copy = Object.fromEntries(Object.entries(node).map(([key, one]) => [key, open(one)]))
    return typeof described === 'number' && words[described] !== undefined ? { ...copy, description: words[described] } : copy
  }
  const definition = (index: number): unknown => {
    made[index] ??= open(file.$defs[index])
    return made[index]
  }
  return file.kinds.map((kind) => open(kind) as KindSchema)
}
