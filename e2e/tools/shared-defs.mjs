/** What schemas have more than once, told once. */

/** @typedef {Record<string, any>} Node */

/**
 * The same with every larger schema that occurs twice or more moved to `$defs`.
 * @template {{ schema: Node }} K
 * @param {K[]} kinds
 */
export function shared(kinds) {
  const counts = new Map()
  /** @param {unknown} value */
  const count = (value) => {
    if (value === null || typeof value !== 'object') return
    const text = JSON.stringify(value)
    const before = counts.get(text) ?? 0
    counts.set(text, before + 1)
    if (before === 0) for (const one of Object.values(value)) count(one)
  }
  for (const { schema } of kinds) count(schema)
  /** @type {Node[]} */
  const $defs = []
  const places = new Map()
  /**
   * @param {any} value
   * @param {boolean} isSchema
   * @returns {any}
   */
  const refer = (value, isSchema) => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map((one) => refer(one, isSchema))
    const text = JSON.stringify(value)
    const worth = isSchema && text.length > 80 && (counts.get(text) ?? 0) > 1
    if (worth && places.has(text)) return { $ref: `#/$defs/${places.get(text)}` }
    /** @type {Node} */
    const copy = {}
    for (const [key, one] of Object.entries(value)) {
      if (key === 'properties' && isSchema) copy[key] = Object.fromEntries(Object.entries(one).map(([name, of]) => [name, refer(of, true)]))
      else copy[key] = refer(one, ['items', 'additionalProperties'].includes(key))
    }
    if (!worth) return copy
    places.set(text, $defs.push(copy) - 1)
    return { $ref: `#/$defs/${places.get(text)}` }
  }
  return { kinds: kinds.map(({ schema, ...kind }) => ({ ...kind, schema: refer(schema, true) })), $defs }
}
