/** Lines that are no path: what nodes say of themselves, guards, the World, names. */

import { both, type Text } from '../../base/text'
import { defaultNamespace, type Fields, type Node, type NodeKindId, outboundModes, visibilities, type World } from '../design'
import { cleaned } from '../edit'
import { checkHost, checkName, type Field, shown } from '../field'
import { defaultGatewayNamespace } from '../flow'
import { nodeKinds } from '../nodes'
import { type Change, changeNode } from './draft'
import { readValues } from './values'
import { complained, missing, type Report, splitName, splitPort, type Word, wrong } from './words'

/** Gets at least one word. */
type Directive = (said: readonly [Word, ...Word[]], report: Report) => Change | null

/** A directive as a change of the design; null if it is wrong, after that was told. */
export function readDirective(said: readonly [Word, ...Word[]], report: Report): Change | null {
  const [first, next, ...rest] = said
  const directive = directives.get(first.text.toLowerCase())
  if (directive && next) return directive([next, ...rest], report)
  report(
    directive
      ? missing(first, both(`${first.text} what? Something is missing behind it.`, `${first.text} 之后缺少内容。`))
      : unknown(first, next),
  )
  return null
}

/** What begins like a path lacks its arrow; anything else is nothing that is known. */
function unknown(first: Word, next: Word | undefined) {
  if (next && /^(https?|tcp)$/i.test(splitPort(next.text).name))
    return missing(
      next,
      both('Expected -> behind what the app sends, and a gateway or a host.', '应用发送的协议之后应有 ->，再写网关或主机。'),
    )
  const known = [...directives.keys()].join(', ')
  return wrong(
    first,
    both(`Expected a path (pod HTTP -> host MODE) or one of ${known}.`, `应为一条路（Pod HTTP -> 主机 模式）或 ${known} 之一。`),
  )
}

/** Whether the pod has a sidecar: drawn as a card of its own, so it is no field of the pod. */
const sidecar: Field = { id: 'sidecar', type: 'flag', title: both('', ''), help: both('', '') }

const directives = new Map<string, Directive>([
  ['name', (said) => (draft) => void (draft.name = said.map((word) => word.text).join(' '))],
  [
    'istio',
    world((text) =>
      /^1\.\d+(\.\d+)?$/.test(text) ? { istio: text } : both('Expected a version such as 1.32.', '应为版本号，例如 1.32。'),
    ),
  ],
  [
    'root',
    world((text) => {
      const complaint = checkName(text)
      return complaint ? complained(complaint) : { root: text }
    }),
  ],
  [
    'outbound',
    world((text) => {
      const outbound = outboundModes.find((known) => known === text.toUpperCase().replaceAll('-', '_'))
      return outbound ? { outbound } : oneOf(outboundModes)
    }),
  ],
  [
    'visibility',
    world((text) => {
      const visibility = visibilities.find((known) => known === text.toUpperCase())
      return visibility ? { visibility } : oneOf(visibilities)
    }),
  ],
  ['guard', guard],
  ['resource', resource],
  ['pod', about('pod')],
  ['gateway', about('gateway')],
  ['host', about('host')],
])

const oneOf = (words: readonly string[]): Text => both(`Expected one of ${words.join(', ')}.`, `应为 ${words.join('、')} 之一。`)

/** One word about the World. */
function world(read: (text: string) => Partial<World> | Text): Directive {
  return ([word, extra], report) => {
    const said = read(word.text)
    if ('en' in said) return refuse(report, word, said)
    if (extra) return tooMuch(report, extra)
    return (draft) => void (draft.world = { ...draft.world, ...said })
  }
}

function guard([word, ...more]: readonly [Word, ...Word[]], report: Report): Change | null {
  const complaint = checkName(word.text)
  if (complaint) return refuse(report, word, complained(complaint))
  const values = readValues(more, [{ id: 'dns', type: 'flag', title: both('', ''), help: both('', '') }], report)
  return values && ((draft) => void draft.guards.set(word.text, { kind: 'NetworkPolicy', namespace: word.text, dns: values.dns !== false }))
}

const resourceName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/

/** `resource <what it is for> = <name>`. */
function resource(said: readonly [Word, ...Word[]], report: Report): Change | null {
  const equals = said.findLastIndex((word) => word.text === '=')
  const [name, extra] = said.slice(equals + 1)
  if (equals < 1 || !name)
    return refuse(report, said[0], both('Expected: resource <what it is for> = <name>.', '格式：resource <用途> = <名称>。'))
  if (extra) return tooMuch(report, extra)
  const slot = said
    .slice(0, equals)
    .map((word) => word.text)
    .join(' ')
  if (!resourceName.test(name.text))
    return refuse(
      report,
      name,
      both(
        `"${shown(name.text)}" is no name of a resource: lower-case letters, digits, "-" and "." only.`,
        `“${shown(name.text)}”不是资源名称：只能用小写字母、数字、“-”和“.”。`,
      ),
    )
  return (draft) => void draft.names.set(slot, name.text)
}

/** `pod|gateway|host NAME key=value ...`: fields of a node, which is added if no path has it. */
function about(kind: NodeKindId): Directive {
  const own = nodeKinds[kind].fields.filter((field) => field.id !== 'name' && (field.id !== 'namespace' || kind === 'host'))
  const fields = kind === 'pod' ? [...own, sidecar] : own
  return ([word, ...more], report) => {
    const { namespace, name } = kind === 'host' ? { namespace: undefined, name: word.text } : splitName(word.text)
    const complaint = kind === 'host' ? checkHost(name) : (checkName(name) ?? (namespace === undefined ? null : checkName(namespace)))
    if (complaint) return refuse(report, word, complained(complaint))
    const values = readValues(more, fields, report)
    if (!values) return null
    const { namespace: place, sidecar: has, ...rest } = values as Fields & { namespace?: string; sidecar?: boolean }
    const space = namespace ?? (kind === 'gateway' ? defaultGatewayNamespace : defaultNamespace)
    const change = (node: Node): Node => ({
      ...node,
      ...(place && { namespace: place }),
      fields: cleaned({ ...node.fields, ...rest }),
    })
    return (draft) => changeNode(draft, kind, name, space, change, has === false)
  }
}

function refuse(report: Report, word: Word, says: Text): null {
  report(wrong(word, says))
  return null
}

const tooMuch = (report: Report, word: Word): null =>
  refuse(report, word, both('Nothing more belongs on this line.', '这一行到此为止，后面不应有内容。'))
