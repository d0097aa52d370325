/**
 * Makes src/schemas/*.json from the CustomResourceDefinitions of Istio and of the Gateway API, as their Go modules carry them:
 *   node e2e/tools/schemas.mjs 1.32.0 1.7.0
 * for those releases (`istio.io/api`, `sigs.k8s.io/gateway-api`), and says which kinds and versions came, and which fields. What the API server
 * looks at is kept, its CEL rules too; what a schema has more than once is in `$defs` once.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { loadAll } from 'js-yaml'
import { gatewayApiCrds, istioCrds } from './crds.mjs'
import { shared } from './shared-defs.mjs'

/** @typedef {Record<string, any>} Node */
/** @typedef {{ group: string, kind: string, versions: string[], unserved: string[], namespaced: boolean, schema: Node }} Kind */

const [istioVersion = '', gatewayVersion = ''] = process.argv.slice(2)
if (!/^1\.\d+\.\d+$/.test(istioVersion) || !/^1\.\d+\.\d+$/.test(gatewayVersion)) {
  console.error('usage: node e2e/tools/schemas.mjs ISTIO-VERSION GATEWAY-API-VERSION, such as 1.32.0 1.7.0')
  process.exit(2)
}
const out = new URL('../../src/schemas/', import.meta.url)
const licence = 'Apache-2.0'
const before = ['istio.json', 'gateway-api.json'].flatMap((name) => fieldsOf(JSON.parse(readFileSync(new URL(name, out), 'utf8'))))

const istio = made(istioCrds(istioVersion))
write('istio.json', { source: `Istio ${istioVersion}, customresourcedefinitions.gen.yaml`, licence, ...shared(istio) })
const gateway = made(gatewayApiCrds(gatewayVersion))
/** @type {string[]} */
const words = []
/** @type {Map<string, number>} */
const numbered = new Map()
const without = mapNodes(gateway, ({ description, ...node }) => (description ? { ...node, described: numberOf(description) } : node))
write('gateway-api.json', { source: `Gateway API ${gatewayVersion}, experimental channel`, licence, ...shared(without) })
write('gateway-api-words.json', { source: `Gateway API ${gatewayVersion}, experimental channel`, licence, descriptions: words })

const after = [
  { kinds: istio, $defs: [] },
  { kinds: gateway, $defs: [] },
].flatMap(fieldsOf)
for (const field of after.filter((each) => !before.includes(each))) console.log(`+ ${field}`)
for (const field of before.filter((each) => !after.includes(each))) console.log(`- ${field}`)

/**
 * Every field of every kind, as `Kind version path`.
 * @param {{ kinds: Kind[], $defs: Node[] }} of
 */
function fieldsOf({ kinds, $defs }) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {Node} node @param {string} path @returns {void} */
  const walk = (node, path) => {
    const whole = node.$ref ? ($defs[Number(node.$ref.split('/').at(-1))] ?? {}) : node
    for (const [name, one] of Object.entries(whole.properties ?? {})) {
      found.add(`${path}.${name}`)
      walk(one, `${path}.${name}`)
    }
    for (const inner of [whole.items, whole.additionalProperties]) if (typeof inner === 'object' && inner) walk(inner, path)
  }
  for (const { kind, versions, schema } of kinds) for (const version of versions) walk(schema, `${kind} ${version} `)
  return [...found]
}

/** @param {string} text */
function numberOf(text) {
  if (!numbered.has(text)) numbered.set(text, words.push(text) - 1)
  return numbered.get(text)
}

/**
 * One entry for each kind and each group of its versions that have the same schema.
 * @param {string} text
 */
function made(text) {
  /** @type {Kind[]} */
  const kinds = []
  for (const crd of /** @type {Node[]} */ (loadAll(text))) {
    if (crd?.kind !== 'CustomResourceDefinition') continue
    const { group, names, scope, versions } = crd.spec
    const unserved = versions.filter((/** @type {Node} */ { served }) => !served).map((/** @type {Node} */ { name }) => name)
    for (const { name, served, schema } of versions) {
      if (!served) continue
      const { properties, required = [], ...root } = node(schema.openAPIV3Schema)
      const whole = {
        ...root,
        properties: {
          ...properties,
          ...(properties.status && { status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }),
        },
        required,
      }
      for (const key of ['apiVersion', 'kind', 'metadata']) delete whole.properties[key]
      const same = kinds.find(
        (kind) => kind.group === group && kind.kind === names.kind && JSON.stringify(kind.schema) === JSON.stringify(whole),
      )
      if (same) same.versions.push(name)
      else kinds.push({ group, kind: names.kind, versions: [name], unserved, namespaced: scope === 'Namespaced', schema: whole })
    }
  }
  return kinds
}

/**
 * A schema of OpenAPI as JSON Schema: fields that it does not name are none of its object's.
 * @param {any} schema
 * @returns {any}
 */
function node(schema) {
  if (Array.isArray(schema)) return schema.map(node)
  if (schema === null || typeof schema !== 'object') return schema
  /** @type {Node} */
  const result = {}
  for (const [key, value] of Object.entries(/** @type {Node} */ (schema))) {
    if (key === 'properties') result.properties = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, node(one)]))
    else if (key === 'x-kubernetes-validations')
      result[key] = value.map((/** @type {Node} */ { rule, message }) => ({ rule: rule.trim(), message }))
    else if (['default', 'enum', 'required', 'x-kubernetes-list-map-keys'].includes(key)) result[key] = value
    else if (key === 'description') result.description = value.replace(/\s+/g, ' ').trim()
    else if (key !== 'x-kubernetes-map-type') result[key] = node(value)
  }
  if (schema['x-kubernetes-int-or-string']) {
    delete result.anyOf
    result.type = ['integer', 'string']
  }
  const open = schema['x-kubernetes-preserve-unknown-fields'] || result.additionalProperties !== undefined
  if (result.properties && result.type === 'object' && !open) result.additionalProperties = false
  return result
}

/**
 * @param {any} value
 * @param {(node: Node) => Node} change
 * @returns {any}
 */
function mapNodes(value, change) {
  if (Array.isArray(value)) return value.map((one) => mapNodes(one, change))
  if (value === null || typeof value !== 'object') return value
  /** @type {Node} */
  const copy = {}
  for (const [key, one] of Object.entries(value))
    copy[key] =
      key === 'properties'
        ? Object.fromEntries(Object.entries(one).map(([name, of]) => [name, mapNodes(of, change)]))
        : mapNodes(one, change)
  return change(copy)
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function write(name, value) {
  writeFileSync(new URL(name, out), `${JSON.stringify(value)}\n`)
}
