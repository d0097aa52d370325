/** A node: the fields of its kind, with their defaults as placeholders. A sidecar has none of its own: it is its pod's. */
import { type Fields, labelsOf, type Node, nodeOf } from '../../core/model/design'
import type { Field } from '../../core/model/field'
import { nodeKinds, reachedFrom } from '../../core/model/nodes'
import { setFields, setIdentity } from '../../store/actions/actions'
import { openMenu } from '../../store/actions/menu'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { nodeLabel, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { FieldRow } from './FieldRow'
import { Head, Rest, SendTool, Tools, useFindings } from './FormParts'

export function NodeForm({ node }: { node: Node }) {
  const words = useWords()
  const text = useText()
  const kind = nodeKinds[node.kind]
  const findings = useFindings(
    node.id,
    kind.fields.map((field) => field.id),
  )
  const pod = useDesigner((s) => {
    const hop = node.kind === 'sidecar' ? designOf(s).hops.find((hop) => hop.to === node.id) : undefined
    return hop && nodeOf(designOf(s), hop.from)
  })
  return (
    <>
      <Head title={text(kind.title)} more={node.name}>
        {reachedFrom(node.kind).length > 0 && <ConnectTool node={node} word={words.connectMenu} />}
        <SendTool id={node.id} />
        <Tools />
      </Head>
      <p className="sentence">{text(kind.says)}</p>
      <Rest findings={findings.rest} />
      <div className="fields">
        {kind.fields.map((field) => (
          <FieldRow
            key={field.id}
            field={field}
            value={valueOf(node, field)}
            findings={findings.on(field.id)}
            placeholder={placeholderOf(node, field)}
            onCommit={(value, step) => commit(node, field, value, step)}
          />
        ))}
        {pod && <p className="help">{nodeLabel(words, pod)}</p>}
      </div>
    </>
  )
}

function ConnectTool({ node, word }: { node: Node; word: string }) {
  return (
    <button
      type="button"
      className="b icon"
      aria-label={word}
      title={word}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        openMenu({ is: 'connect', from: node.id, at: { x: box.left - 180, y: box.bottom + 6 }, place: null })
      }}
    >
      <Icon name="plus" />
    </button>
  )
}

export const valueOf = (node: Node, field: Field): unknown =>
  field.id === 'name' ? node.name : field.id === 'namespace' ? node.namespace : node.fields[field.id as keyof Fields]

/** What holds while the field is empty. */
function placeholderOf(node: Node, field: Field): string | undefined {
  if (field.id === 'labels')
    return Object.entries(labelsOf({ ...node, fields: {} }))
      .map(([key, value]) => `${key}=${value}`)
      .join(', ')
  if (field.id === 'serviceAccount') return node.name
  if (field.id === 'ports') return '80:8080, 443:8443'
  return field.placeholder
}

/** Takes a value over; `step` joins what is typed during one visit of the field. */
export function commit(node: Node, field: Field, value: unknown, step: string): void {
  const join = step ? `${node.id} ${field.id} ${step}` : null
  if (field.id === 'name' || field.id === 'namespace') setIdentity(node.id, { [field.id]: value as string }, join)
  else setFields(node.id, { [field.id]: value } as Partial<Fields>, join)
}
