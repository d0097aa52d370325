/** Lines that are no path: what nodes say of themselves, guards, the World, names. */
import { type Design, defaultNamespace, type Fields, type Node, type NodeKindId, namespaceOf } from '../design'
import { addNode, setFields, setGuard, setIdentity, setName, setWorld } from '../edit'
import { checkHost, checkName } from '../field'
import { defaultGatewayNamespace } from '../flow'
import { nodeKinds } from '../nodes'
import { both } from '../text'
import { readValues } from './values'
import { complained, missing, type Report, splitName, type Word, wrong } from './words'

type Change = (design: Design) => Design
type Directive = (said: readonly Word[], report: Report) => Change | null

/** A directive as a change of the design; null if it is wrong, after that was told. */
export function readDirective(said: readonly Word[], report: Report): Change | null {
  const [first, ...rest] = said as [Word, ...Word[]]
  const directive = directives[first.text.toLowerCase()]
  if (directive && rest.length > 0) return directive(rest, report)
  const known = Object.keys(directives).join(', ')
  report(
    directive
      ? missing(first, both(`${first.text} what? Something is missing behind it.`, `${first.text} 之后缺少内容。`))
      : wrong(first, both(`Expected a path (pod HTTP -> host MODE) or one of ${known}.`, `应为一条路（pod HTTP -> 主机 模式）或 ${known} 之一。`)),
  )
  return null
}

const directives: Record<string, Directive> = {
  guard: ([namespace, ...more], report) => {
    const name = namespace as Word
    const complaint = checkName(name.text)
    if (complaint) return refuse(report, name, complained(complaint))
    const values = readValues(more, [{ id: 'dns', type: 'flag', title: both('', ''), help: both('', '') }], report)
    return values && ((design) => setGuard(design, name.text, { dns: values.dns !== false }))
  },
  outbound: ([mode], report) => {
    const policy = (['ALLOW_ANY', 'REGISTRY_ONLY'] as const).find((known) => known === (mode as Word).text.toUpperCase())
    if (!policy) return refuse(report, mode as Word, both('Expected ALLOW_ANY or REGISTRY_ONLY.', '应为 ALLOW_ANY 或 REGISTRY_ONLY。'))
    return (design) => setWorld(design, { outbound: policy })
  },
  istio: ([version], report) => {
    const { text } = version as Word
    if (!/^1\.\d+(\.\d+)?$/.test(text)) return refuse(report, version as Word, both('Expected a version such as 1.31.', '应为版本号，例如 1.31。'))
    return (design) => setWorld(design, { istio: text })
  },
  root: ([namespace], report) => {
    const complaint = checkName((namespace as Word).text)
    return complaint ? refuse(report, namespace as Word, complained(complaint)) : (design) => setWorld(design, { root: (namespace as Word).text })
  },
  name: (said) => (design) => setName(design, said.map((word) => word.text).join(' ')),
  resource: (said, report) => {
    const equals = said.findIndex((word) => word.text === '=')
    const name = said[equals + 1]
    if (equals < 1 || !name) return refuse(report, said[0] as Word, both('Expected: resource <what it is for> = <name>.', '格式：resource <用途> = <名称>。'))
    const slot = said.slice(0, equals).map((word) => word.text).join(' ')
    const complaint = checkName(name.text)
    return complaint ? refuse(report, name, complained(complaint)) : (design) => ({ ...design, names: { ...design.names, [slot]: name.text } })
  },
  pod: about('pod'),
  gateway: about('gateway'),
  host: about('host'),
}

/** `pod|gateway|host NAME key=value ...`: fields of a node, which is added if no path has it. */
function about(kind: NodeKindId): Directive {
  const fields = nodeKinds[kind].fields.filter((field) => field.id !== 'name' && (field.id !== 'namespace' || kind === 'host'))
  return ([who, ...more], report) => {
    const word = who as Word
    const { namespace, name } = kind === 'host' ? { namespace: undefined, name: word.text } : splitName(word.text)
    const complaint = kind === 'host' ? checkHost(name) : (checkName(name) ?? (namespace === undefined ? null : checkName(namespace)))
    if (complaint) return refuse(report, word, complained(complaint))
    const values = readValues(more, fields, report)
    if (!values) return null
    const { namespace: place, ...rest } = values as Fields & { namespace?: string }
    const space = namespace ?? (kind === 'gateway' ? defaultGatewayNamespace : defaultNamespace)
    return (design) => {
      const found = find(design, kind, name, space)
      const { design: there, id } = found ? { design, id: found.id } : addNode(design, kind, { name, ...(kind !== 'host' && { namespace: space }) })
      const set = Object.keys(rest).length > 0 ? setFields(there, id, rest) : there
      return place ? setIdentity(set, id, { namespace: place }) : set
    }
  }
}

const find = (design: Design, kind: NodeKindId, name: string, namespace: string): Node | undefined =>
  design.nodes.find((node) => node.kind === kind && node.name === name && (kind === 'host' || namespaceOf(node) === namespace))

function refuse(report: Report, word: Word, says: Parameters<typeof wrong>[1]): null {
  report(wrong(word, says))
  return null
}
