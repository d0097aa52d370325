/** Why a text with an edit written into it would not show what was asked for, and where a person can write that by hand. */
import { asMap, asText } from '../base/loose'
import { memo } from '../base/memo'
import { both, type Text } from '../base/text'
import { keyOf } from '../compile/compile'
import type { Resource } from '../compile/resource'
import { type Design, type Node, namespaceOf } from '../model/design'
import { type Path, pathsOf } from '../model/path'
import type { Document } from '../yaml/document'
import { hostsOf, isWritten } from './costs'

interface Tried {
  /** What the text would show, and what it is asked to show. */
  drawn: Design
  after: Design
  /** What would be drawn though it is taken away. */
  left: readonly Node[]
  /** The objects that the compiler writes for either and not for the other. */
  otherwise: readonly Resource[]
  /** The person's own. */
  documents: readonly Document[]
}

/** A sentence about the first path that would be there too, be missing, or go another way; else about an object; null: nothing differs. */
export function unlike({ drawn, after, left, otherwise, documents }: Tried): Text | null {
  const [shown, asked] = [callsOf(drawn), callsOf(after)]
  for (const [call, path] of shown) if (!asked.has(call)) return withHands(path, documents, stays(path))
  for (const [call, path] of asked) {
    const as = shown.get(call)
    if (!as) return withHands(path, documents, misses(path))
    if (wayOf(as) !== wayOf(path)) return withHands(path, documents, goes(as))
  }
  const [node] = left
  if (node)
    return handed(
      both(`Written into your text, ${node.name} would still be drawn.`, `写入你的文本后，${node.name} 仍会画出。`),
      namesFor([node.name], documents),
    )
  const [object] = otherwise
  if (!object) return null
  const [host = ''] = hostsOf(object.body)
  const names = namesFor([host], documents)
  const of = host ? [` of ${host}`, `${host} 的 `] : ['', '']
  return handed(
    both(
      `Written into your text, the ${object.kind}${of[0]} would say something else than the picture.`,
      `写入你的文本后，${of[1]}${object.kind} 会与图不符。`,
    ),
    names,
  )
}

const callsOf = (design: Design): Map<string, Path> =>
  new Map(
    pathsOf(design)
      .filter(isWritten)
      .map((path) => [JSON.stringify([path.pod.id, path.speaks, path.dialled, path.gateway?.id, path.host.name]), path]),
  )

const wayOf = ({ mesh, outside }: Path): string => JSON.stringify([mesh?.tls, outside.tls, outside.port, outside.fields])

const titleOf = ({ pod, speaks, dialled, gateway, host }: Path): string =>
  `${namespaceOf(pod)}/${pod.name} ${speaks}:${dialled} → ${gateway ? `${gateway.name} → ` : ''}${host.name}`

const stays = (path: Path): Text =>
  both(
    `Written into your text, ${titleOf(path)} would be drawn too: the text says it for others as well.`,
    `写入你的文本后，还会画出 ${titleOf(path)}：文本也为其他客户端写了它。`,
  )
const misses = (path: Path): Text =>
  both(`Written into your text, ${titleOf(path)} would not be drawn.`, `写入你的文本后，不会画出 ${titleOf(path)}。`)
const goes = (path: Path): Text =>
  both(
    `Written into your text, ${titleOf(path)} would still be ${path.outside.tls} on port ${path.outside.port}${path.mesh ? `, and ${path.mesh.tls} to the gateway` : ''}.`,
    `写入你的文本后，${titleOf(path)} 仍为 ${path.outside.tls}，端口 ${path.outside.port}${path.mesh ? `，到网关为 ${path.mesh.tls}` : ''}。`,
  )

const withHands = ({ host }: Path, documents: readonly Document[], says: Text): Text => handed(says, namesFor([host.name], documents))

/** The person's documents for these hosts: routes first, as what goes where is decided there. */
function namesFor(hosts: readonly string[], documents: readonly Document[]): string[] {
  const order = ['VirtualService', 'DestinationRule', 'ServiceEntry']
  return documents
    .filter(
      ({ kind, object }) => order.includes(kind) && [...hostsOf(object), asText(asMap(object).host)].some((host) => hosts.includes(host)),
    )
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .slice(0, 3)
    .map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)
}

function handed(says: Text, names: readonly string[]): Text {
  if (names.length === 0) return says
  return both(`${says.en} It can be written by hand in ${names.join(', ')}.`, `${says.zh}可在 ${names.join('、')} 中手动修改。`)
}

/** What either says and the other does not, lists in any order. */
export function differing(a: readonly Resource[], b: readonly Resource[]): Resource[] {
  const told = (list: readonly Resource[]) => new Map(list.map((resource) => [keyOf(resource), resource]))
  const [one, other] = [told(a), told(b)]
  return [
    ...[...one].flatMap(([key, of]) => (sorted(of.body) === sorted(other.get(key)?.body) ? [] : [of])),
    ...[...other].flatMap(([key, of]) => (one.has(key) ? [] : [of])),
  ]
}

export const sorted = (value: unknown): string =>
  typeof value === 'object' && value !== null ? sortedParts(value) : (JSON.stringify(value) ?? '')

const sortedParts = memo((value: object): string => {
  if (Array.isArray(value)) return `[${value.map(sorted).toSorted().join()}]`
  const parts = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${sorted(part)}`)
  return `{${parts.toSorted().join()}}`
})
