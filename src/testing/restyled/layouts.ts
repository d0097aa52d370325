/** The same objects as another text: braces, quotes, comments, orders, lists. */
import { dump } from 'js-yaml'
import { type Chance, chanceOf } from '../chance'
import type { Layout, Rewriting, Thing } from './kind'

export const plainLayout: Layout = {
  flow: -1,
  indent: 2,
  flatLists: true,
  quoted: false,
  comments: false,
  sorted: false,
  list: false,
  json: false,
  separators: false,
  carriageReturns: false,
  chart: false,
  files: false,
  aliases: false,
}

const laid = (name: string, layout: (chance: Chance) => Partial<Layout>): Rewriting => ({
  name,
  rewrite(written, chance) {
    written.layout = { ...written.layout, ...layout(chance) }
    return true
  },
})

const inAnyOrder: Rewriting = {
  name: 'in-any-order',
  rewrite(written, chance) {
    written.objects = chance.shuffled(written.objects)
    return written.objects.length > 1
  },
}

export const layouts: readonly Rewriting[] = [
  inAnyOrder,
  laid('flow-style', (chance) => ({ flow: 1 + chance.int(5) })),
  laid('wide', () => ({ indent: 4, flatLists: false })),
  laid('quoted', () => ({ quoted: true })),
  laid('comments', () => ({ comments: true })),
  laid('keys-in-order', () => ({ sorted: true })),
  laid('list', () => ({ list: true })),
  laid('json', () => ({ json: true })),
  laid('separators', () => ({ separators: true })),
  laid('carriage-returns', () => ({ carriageReturns: true })),
  laid('aliases', () => ({ aliases: true })),
  laid('chart', () => ({ chart: true })),
  laid('several-files', () => ({ files: true })),
]

/** In which ways files of several people differ. */
const ownWays: readonly Partial<Layout>[] = [
  {},
  { json: true },
  { indent: 4, flatLists: false, quoted: true },
  { flow: 2 },
  { sorted: true },
  { flow: 0 },
]

/** The text of objects in a layout. */
export function laidOut(objects: readonly Thing[], layout: Layout): string {
  const bodies = layout.list ? [{ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: objects }] : objects
  const documents = bodies.map((body, index) => {
    const own = layout.files ? { ...layout, ...(ownWays[index % ownWays.length] as Partial<Layout>) } : layout
    const one = layout.comments ? commented(oneText(body, own), index) : oneText(body, own)
    return layout.chart ? `# Source: egress/templates/${index}.yaml\n${one}` : one
  })
  const text =
    layout.separators || layout.chart
      ? `---\n${documents.join(layout.separators ? '---\n---\n' : '---\n')}${layout.separators ? '---\n' : ''}`
      : documents.join('---\n')
  return layout.carriageReturns ? text.replaceAll('\n', '\r\n') : text
}

function oneText(of: object, layout: Layout): string {
  const body = layout.sorted ? byKey(of) : of
  if (layout.json) return `${JSON.stringify(body, null, layout.indent)}\n`
  return dump(layout.aliases ? shared(body, new Map()) : body, {
    lineWidth: -1,
    noRefs: !layout.aliases,
    flowLevel: layout.list && layout.flow > 0 ? layout.flow + 2 : layout.flow,
    indent: layout.indent,
    seqNoIndent: layout.flatLists,
    forceQuotes: layout.quoted,
  })
}

/** The same with the keys of each map in the order of the alphabet. */
function byKey(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byKey)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, byKey(each)]))
}

/** Equal parts become one part, which is written once and then named. */
function shared(value: unknown, seen: Map<string, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const key = JSON.stringify(value)
  const before = seen.get(key)
  if (before) return before
  const made = Array.isArray(value)
    ? value.map((each) => shared(each, seen))
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shared(each, seen)]))
  seen.set(key, made)
  return made
}

const remarks = ['# see the wiki', '#TODO: remove', '#  kind: Gateway', '# - hosts: [example.com]', '# "quoted: {"', '# 中文说明']

/** A comment before each second line and behind each third, but inside of no block of text. */
function commented(text: string, seed: number): string {
  if (/[:-] [|>][+-]?\d*$/m.test(text) || text.startsWith('{')) return `${remarks[seed % remarks.length]}\n${text}`
  const chance = chanceOf(seed + 1)
  const lines = text.trimEnd().split('\n')
  const made = lines.flatMap((line) => {
    const depth = /^ */.exec(line)?.[0] ?? ''
    const behind = chance.one(3) && !line.endsWith(',') ? `${line}  ${chance.pick(remarks)}` : line
    return chance.one(2) ? [`${depth}${chance.pick(remarks)}`, behind] : [behind]
  })
  return `${made.join('\n')}\n${chance.one(2) ? '\n# end\n' : ''}`
}
