/** Builds the tree of one document from a parser's events, with the values that Kubernetes' reader makes. */
import type { Remark, YamlNode } from './node'
import { isSpecial, keyOf, type Scalar, scalarIn12, scalarOf } from './scalar'

/** The events of the parser, as far as they matter here; offsets are -1 where there is nothing. */
export interface YamlEvent {
  type: number
  start?: number
  valueStart?: number
  valueEnd?: number
  anchorStart?: number
  anchorEnd?: number
  tagStart?: number
  tagEnd?: number
  style?: number
}

export interface Composed {
  /** Null where the document is empty. */
  root: YamlNode | null
  remarks: Remark[]
  aliases: number
}

const is = { document: 1, list: 2, map: 3, scalar: 4, alias: 5, end: 6 }
const plain = 1
const literal = 4
const flow = 2

interface Frame {
  node: YamlNode
  key: YamlNode | null
  anchor: string
}

interface Work {
  source: string
  valueOf: (event: YamlEvent) => string
  anchors: Map<string, YamlNode | null>
  frames: Frame[]
  remarks: Remark[]
  root: YamlNode | null
  /** Behind everything read so far. */
  last: number
  /** Keys that merges brought. */
  merged: number
  aliases: number
}

/**
 * The tree of the first document that the events tell; `valueOf` decodes a scalar. What Kubernetes refuses or reads otherwise than people
 * think is remarked, never thrown.
 */
export function compose(events: readonly YamlEvent[], source: string, valueOf: (event: YamlEvent) => string): Composed {
  const work: Work = { source, valueOf, anchors: new Map(), frames: [], remarks: [], root: null, last: 0, merged: 0, aliases: 0 }
  for (const event of events) {
    if (event.type === is.scalar) scalar(work, event)
    else if (event.type === is.alias) alias(work, event)
    else if (event.type === is.map || event.type === is.list) open(work, event)
    else if (event.type === is.end && !close(work)) break
  }
  return { root: work.root, remarks: work.remarks, aliases: work.aliases }
}

const nodeAt = (kind: YamlNode['kind'], from: number, to: number, value: unknown, style: YamlNode['style']): YamlNode => ({
  kind,
  from,
  to,
  value,
  entries: [],
  items: [],
  alias: false,
  style,
})

function open(work: Work, event: YamlEvent): void {
  const map = event.type === is.map
  const from = event.start ?? work.last
  const node = nodeAt(map ? 'map' : 'list', from, from, map ? {} : [], event.style === flow ? 'flow' : 'block')
  const anchor = anchorOf(work, event)
  if (anchor) work.anchors.set(anchor, null)
  work.frames.push({ node, key: null, anchor })
  work.last = Math.max(work.last, from + (event.style === flow ? 1 : 0))
}

/** Ends a map or list; false at the end of the document. */
function close(work: Work): boolean {
  const frame = work.frames.pop()
  if (!frame) return false
  const { node } = frame
  if (node.style === 'flow') work.last = behindBracket(work.source, work.last, node.kind === 'map' ? '}' : ']')
  node.to = Math.max(node.from, work.last)
  if (node.kind === 'map') merge(work, node)
  if (frame.anchor) work.anchors.set(frame.anchor, node)
  put(work, node)
  return true
}

/** The parser tells no end of a collection: only blanks, commas and comments can come before the bracket. A pair in a list has none. */
function behindBracket(source: string, last: number, bracket: string): number {
  let at = last
  while (at < source.length) {
    const char = source[at]
    if (char === bracket) return at + 1
    if (char === '#') while (at < source.length && source[at] !== '\n' && source[at] !== '\r') at++
    else if (char === ',' || char === ':' || char === '?' || char === ' ' || char === '\t' || char === '\n' || char === '\r') at++
    else return last
  }
  return last
}

function scalar(work: Work, event: YamlEvent): void {
  const { valueStart = -1, valueEnd = -1, style = plain } = event
  const text = valueStart < 0 ? '' : work.valueOf(event)
  const quoted = style === 2 || style === 3
  const from =
    valueStart < 0 ? emptyAt(work, event) : quoted ? valueStart - 1 : style >= literal ? headerOf(work.source, valueStart) : valueStart
  const to = valueStart < 0 ? from : quoted ? valueEnd + 1 : Math.max(from, valueEnd)
  const tag = event.tagStart !== undefined && event.tagStart >= 0 ? work.source.slice(event.tagStart, event.tagEnd) : ''
  const value = tag ? tagged(tag, text) : style === plain ? scalarOf(text) : text
  if (value === undefined) work.remarks.push({ rule: 'Y-tag', from: event.tagStart ?? from, to, path: null, word: tag })
  // With a tag the letters alone do not say what is meant: it is as good as quoted.
  const node = nodeAt('scalar', from, to, value ?? null, style !== plain ? (quoted ? 'quoted' : 'block') : tag ? 'quoted' : 'plain')
  work.last = Math.max(work.last, to)
  const anchor = anchorOf(work, event)
  if (anchor) work.anchors.set(anchor, node)
  put(work, node)
}

/** Where an empty value would be: behind its key's colon, or behind its anchor or tag. */
function emptyAt(work: Work, { anchorEnd = -1, tagEnd = -1 }: YamlEvent): number {
  const at = Math.max(work.last, anchorEnd, tagEnd)
  const colon = /^[ \t]*:/.exec(work.source.slice(at, at + 40))
  return colon ? at + colon[0].length : at
}

/** The `|` or `>` of a block, which the parser leaves out. */
function headerOf(source: string, valueStart: number): number {
  const lineStart = source.lastIndexOf('\n', valueStart - 2) + 1
  const header = /[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?\r?$/s.exec(source.slice(lineStart, Math.max(lineStart, valueStart - 1)))
  return header ? lineStart + header.index : valueStart
}

/** `!!str 012` and its like; `undefined` where Kubernetes refuses what follows the tag. A tag that it does not know makes a text. */
function tagged(tag: string, text: string): Scalar | undefined {
  const name = tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1')
  if (name === '!!binary') return binary(text)
  const value = scalarOf(text)
  if (name === '!!null') return value === null ? null : undefined
  if (name === '!!bool') return typeof value === 'boolean' ? value : undefined
  if (name === '!!float') return typeof value === 'number' ? value : undefined
  if (name === '!!int')
    return typeof value === 'number' && Number.isInteger(value) && !/[.eE]/.test(text.replace(/^[-+]?0[xX].*/, '')) ? value : undefined
  return text
}

function binary(text: string): string | undefined {
  try {
    return atob(text.replaceAll(/\s/g, ''))
  } catch {
    return undefined
  }
}

function alias(work: Work, event: YamlEvent): void {
  const { anchorStart = 0, anchorEnd = 0 } = event
  const name = work.source.slice(anchorStart, anchorEnd)
  const target = work.anchors.get(name)
  work.aliases++
  work.last = Math.max(work.last, anchorEnd)
  const at = { from: anchorStart - 1, to: anchorEnd }
  // `*.example.com` without quotes is an alias to YAML.
  const rule = target === null ? 'Y-alias-itself' : name.startsWith('.') ? 'Y-star' : 'Y-alias-unknown'
  if (!target) work.remarks.push({ rule, ...at, path: pathNow(work), word: name })
  put(work, { ...(target ?? nodeAt('scalar', 0, 0, null, 'plain')), ...at, alias: true })
}

/** Where the next value will be; null where it is a key itself. */
function pathNow({ frames }: Work): (string | number)[] | null {
  const path: (string | number)[] = []
  for (const { node, key } of frames) {
    if (node.kind === 'list') path.push(node.items.length)
    else if (key?.kind === 'scalar') path.push(String(key.value))
    else return null
  }
  return path
}

const anchorOf = (work: Work, { anchorStart = -1, anchorEnd = -1 }: YamlEvent): string =>
  anchorStart < 0 ? '' : work.source.slice(anchorStart, anchorEnd)

/** Puts a finished node where it belongs: into the list or map that is open, as a key, or as the root. */
function put(work: Work, node: YamlNode): void {
  const frame = work.frames.at(-1)
  if (!frame) work.root = work.root ?? node
  else if (frame.node.kind === 'list') {
    frame.node.items.push(node)
    ;(frame.node.value as unknown[]).push(node.value)
  } else if (!frame.key) frame.key = node
  else {
    const { key } = frame
    frame.key = null
    addPair(work, frame.node, key, node)
  }
}

function addPair(work: Work, map: YamlNode, key: YamlNode, node: YamlNode): void {
  if (isMerge(work, key)) {
    map.entries.push({ key, name: '<<', node })
    return
  }
  const name = nameOf(key, work.source)
  const at = { from: key.from, to: key.to, path: null }
  if (name === null) work.remarks.push({ rule: 'Y-key', ...at, word: work.source.slice(key.from, key.to).slice(0, 60) })
  const object = map.value as Record<string, unknown>
  if (Object.hasOwn(object, name ?? '')) {
    const other = map.entries.find((entry) => entry.name === name)
    const same = other === undefined || other.key.value === key.value
    work.remarks.push({ rule: same ? 'Y-duplicate' : 'Y-same-key', ...at, word: name ?? '' })
  }
  map.entries.push({ key, name: name ?? '', node })
  define(object, name ?? '', node.value)
}

/** An own property, whatever its name: `__proto__` is a key like any other. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  else object[name] = value
}

const isMerge = (work: Work, key: YamlNode): boolean =>
  key.style === 'plain' && key.value === '<<' && work.source.slice(key.from, key.to) === '<<'

/** A key as JSON has it; null where Kubernetes refuses it: a list, a map or nothing at all. */
const nameOf = (key: YamlNode, source: string): string | null =>
  key.kind !== 'scalar' || key.value === null
    ? null
    : keyOf(key.value as Scalar, key.style === 'plain' ? source.slice(key.from, key.to) : '')

/** More keys than this come from merges in a bomb only. */
const mostMerged = 10_000

/**
 * `<<: *name`: takes in what a map elsewhere has, at its place in the order: a key below it counts more than what it brings, one above it less.
 * Of several maps in a list the first counts (sigs.k8s.io/yaml, decode.go, merge).
 */
function merge(work: Work, map: YamlNode): void {
  const object = map.value as Record<string, unknown>
  if (!map.entries.some(({ name, key }) => name === '<<' && isMerge(work, key))) return
  const last = new Map(map.entries.map(({ name }, index) => [name, index]))
  for (const [index, { key, name, node }] of map.entries.entries()) {
    if (name !== '<<' || !isMerge(work, key)) continue
    const below = (inner: string) => (last.get(inner) ?? -1) > index
    const above = (inner: string) => last.has(inner) && !below(inner)
    const sources = node.kind === 'list' ? node.items : [node]
    if (sources.some((source) => source.kind !== 'map'))
      work.remarks.push({ rule: 'Y-merge', from: node.from, to: node.to, path: null, word: '' })
    for (const source of sources.toReversed())
      if (source.kind === 'map') mergeOne(work, object, source, { key, isBelow: below, isAbove: above })
  }
}

interface MergeAt {
  key: YamlNode
  /** Whether a key of the map itself is below the merge, or above it. */
  isBelow(name: string): boolean
  isAbove(name: string): boolean
}

function mergeOne(work: Work, object: Record<string, unknown>, source: YamlNode, { key, isBelow, isAbove }: MergeAt): void {
  for (const [inner, value] of Object.entries(source.value as Record<string, unknown>)) {
    if (++work.merged > mostMerged) {
      if (work.merged === mostMerged + 1) work.remarks.push({ rule: 'Y-bomb', from: key.from, to: key.to, path: null, word: '' })
      return
    }
    if (isBelow(inner)) continue
    define(object, inner, value)
    if (isAbove(inner)) work.remarks.push({ rule: 'Y-merged-twice', from: key.from, to: key.to, path: null, word: inner })
  }
}

/** Every plain scalar that Kubernetes reads otherwise than YAML 1.2, with its path; those behind an alias are told at their anchor. */
export function differences(root: YamlNode, source: string): Remark[] {
  const remarks: Remark[] = []
  const path: (string | number)[] = []
  const visit = (node: YamlNode) => {
    if (node.alias) return
    if (node.kind === 'scalar') scalarDiffers(node, source, path, remarks)
    for (const { key, name, node: child } of node.entries) {
      path.push(name)
      if (key.style === 'plain' && name !== '<<') keyDiffers(key, name, source, path, remarks)
      visit(child)
      path.pop()
    }
    for (const [index, child] of node.items.entries()) {
      path.push(index)
      visit(child)
      path.pop()
    }
  }
  visit(root)
  return remarks
}

function scalarDiffers(node: YamlNode, source: string, path: readonly (string | number)[], remarks: Remark[]): void {
  if (node.style !== 'plain' || typeof node.value === 'string') {
    if (node.style === 'plain' && /^[-+]?\./.test(node.value as string) && isSpecial(node.value as string))
      remarks.push({ rule: 'Y-infinite', from: node.from, to: node.to, path: [...path], word: node.value as string })
    return
  }
  const text = source.slice(node.from, node.to)
  if (scalarIn12(text) === node.value) return
  remarks.push({ rule: 'Y-reads', from: node.from, to: node.to, path: [...path], word: text, becomes: node.value })
}

function keyDiffers(key: YamlNode, name: string, source: string, path: readonly (string | number)[], remarks: Remark[]): void {
  const text = source.slice(key.from, key.to)
  if (text !== name && !key.alias && !/[\r\n]/.test(text))
    remarks.push({ rule: 'Y-reads-key', from: key.from, to: key.to, path: [...path], word: text, becomes: name })
}
