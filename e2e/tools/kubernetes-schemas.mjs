/**
 * Makes src/schemas/kubernetes.json from the OpenAPI of Kubernetes itself, and from `kubernetes-rules.mjs`, which adds what its Go code asks
 * beside it:
 *   node e2e/tools/kubernetes-schemas.mjs FOLDER
 * where FOLDER is api/openapi-spec/v3 of the module k8s.io/kubernetes (`go list -m -f '{{.Dir}}' k8s.io/kubernetes` in e2e/cluster). Of the kinds
 * that are not judged only the names are kept, so that a misspelled kind is told from one that is there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rules } from './kubernetes-rules.mjs'
import { shared } from './shared-defs.mjs'

/** @typedef {Record<string, any>} Node */

const folder = process.argv[2] ?? ''
if (!folder) {
  console.error('usage: node e2e/tools/kubernetes-schemas.mjs FOLDER-WITH-OPENAPI')
  process.exit(2)
}

/** The files, the kinds that are judged, and those of no namespace. */
const files = {
  'api__v1_openapi.json': ['Service', 'Pod', 'ConfigMap', 'Secret', 'ServiceAccount', 'Namespace'],
  'apis__apps__v1_openapi.json': ['Deployment'],
  'apis__rbac.authorization.k8s.io__v1_openapi.json': ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  'apis__networking.k8s.io__v1_openapi.json': ['NetworkPolicy'],
}
/** The form of a name, where it is not a subdomain.
 * @type {Record<string, string>} */
const names = { Service: 'dns-label', Namespace: 'dns-label' }
/** Older versions that are still met, and served no more.
 * @type {Record<string, string[]>} */
const unserved = { NetworkPolicy: ['v1beta1'], Deployment: ['v1beta1', 'v1beta2'] }
const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
/** Of groups that have no place of their own to be asked: they are kinds of requests. */
const requests = /List$|^(APIGroup|APIResourceList|Binding|DeleteOptions|Eviction|Scale|Status|TokenRequest|WatchEvent|ComponentStatus)$/

/** Types that Go reads in a way of its own.
 * @type {Record<string, Node>} */
const special = {
  IntOrString: { type: ['integer', 'string'], 'x-kubernetes-int-or-string': true, format: 'int32' },
  Quantity: { type: ['string', 'number'], format: 'quantity' },
  Time: { type: 'string' },
  MicroTime: { type: 'string' },
}

/** The types whose fields an editor explains. */
const told =
  /^(Service(Spec|Port)?|NetworkPolicy\w*|IPBlock|LabelSelector\w*|Deployment(Spec)?|PodTemplateSpec|PodSpec|Container(Port)?|ConfigMap|Secret|ServiceAccount|Role(Ref|Binding)?|PolicyRule|Subject|Namespace)$/

/** The first sentence of a description. */
const firstOf = (/** @type {Node} */ { description = '' }) =>
  (/^.*?[.:](?=\s|$)/.exec(description.replace(/\s+/g, ' '))?.[0] ?? description).replace(/:$/, '.')

const used = new Set()
const kinds = Object.entries(files).flatMap(([file, judged]) => kindsIn(file, judged))
for (const name of Object.keys(rules)) if (!used.has(name)) throw new Error(`no type ${name}`)
const source = 'Kubernetes 1.36.1, api/openapi-spec/v3, and pkg/apis validation as e2e/tools/kubernetes-rules.mjs has it'
writeFileSync(
  new URL('../../src/schemas/kubernetes.json', import.meta.url),
  `${JSON.stringify({ source, licence: 'Apache-2.0', ...shared(kinds) })}\n`,
)

/**
 * @param {string} file
 * @param {string[]} judged
 */
function kindsIn(file, judged) {
  const { components, paths } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const schemas = /** @type {Record<string, Node>} */ (components.schemas)
  const inNamespaces = new Set(
    Object.entries(/** @type {Record<string, Node>} */ (paths))
      .filter(([path]) => path.includes('/namespaces/{namespace}/'))
      .map(([, { post }]) => post?.['x-kubernetes-group-version-kind']?.kind),
  )
  return Object.values(schemas).flatMap((schema) => {
    const [of, ...more] = schema['x-kubernetes-group-version-kind'] ?? []
    if (!of || more.length > 0 || requests.test(of.kind)) return []
    const { group, kind, version } = of
    const body = judged.includes(kind) ? bodyOf(schema, schemas) : anything
    const name = names[kind] ?? (group.startsWith('rbac.') ? 'path-segment' : undefined)
    return [
      {
        group,
        kind,
        versions: [version],
        unserved: unserved[kind] ?? [],
        namespaced: inNamespaces.has(kind),
        native: true,
        name,
        schema: body,
      },
    ]
  })
}

/**
 * @param {Node} schema
 * @param {Record<string, Node>} schemas
 */
function bodyOf(schema, schemas) {
  const kind = schema['x-kubernetes-group-version-kind'][0].kind
  const { apiVersion: _, kind: __, metadata: ___, ...properties } = schema.properties
  const body = node({ ...schema, properties, 'x-kubernetes-group-version-kind': undefined }, schemas, kind)
  if (body.properties.status) body.properties.status = anything
  return body
}

/**
 * A schema without references and descriptions, with what the rules add to its type. Go's own types are always there: an object that is
 * left out has all of its fields left out.
 * @param {Node} schema
 * @param {Record<string, Node>} schemas
 * @param {string} [name]
 * @returns {Node}
 */
function node(schema, schemas, name) {
  const [inner] = schema.allOf ?? []
  const ref = schema.$ref ?? inner?.$ref
  if (ref) {
    const long = ref.slice('#/components/schemas/'.length)
    const short = long.split('.').at(-1)
    const made = special[short] ?? node(schemas[long] ?? {}, schemas, short)
    const empty = schema.default && Object.keys(schema.default).length === 0 && made.type === 'object'
    return empty ? { ...made, default: {} } : made
  }
  /** @type {Node} */
  const result = {}
  for (const key of ['type', 'format', 'required', 'x-kubernetes-preserve-unknown-fields'])
    if (schema[key] !== undefined) result[key] = schema[key]
  if (schema.properties)
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, of]) => [
        key,
        { ...node(of, schemas), ...(told.test(name ?? '') && { description: firstOf(of) }) },
      ]),
    )
  if (schema.items) result.items = node(schema.items, schemas)
  if (schema.additionalProperties) result.additionalProperties = node(schema.additionalProperties, schemas)
  else if (schema.properties) result.additionalProperties = false
  return name ? withRules(result, name) : result
}

/**
 * @param {Node} schema
 * @param {string} name
 */
function withRules(schema, name) {
  const more = rules[name]
  if (!more) return schema
  used.add(name)
  const { properties = {}, ...rest } = more
  for (const [key, of] of Object.entries(properties)) {
    if (!schema.properties[key]) throw new Error(`no field ${key} in ${name}`)
    schema.properties[key] = { ...schema.properties[key], ...of }
  }
  return { ...schema, ...rest }
}
