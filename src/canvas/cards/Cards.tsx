/** The cards of the four kinds. Their sizes are fixed by kind (`core/nodes`), so that nothing is measured. */
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { type Row, rowKey } from '../../core/figure/rows'
import { labelsOf, type Node, namespaceOf } from '../../core/model/design'
import { openMenu } from '../../store/actions/menu'
import { useFindingsOn } from '../../store/derived/late'
import { isFaded, isRowFaded } from '../../store/derived/lens'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/first-icons'
import { styleOf } from '../../ui/Wire'
import type { Card } from '../flow'
import { pickers } from '../late'
import { Badge, Bubble } from './Badge'
import { Seam } from './Seam'
import './cards.css'

function Shell({ id, selected, className = '', children }: { id: string; selected: boolean; className?: string; children: ReactNode }) {
  const findings = useFindingsOn(id)
  const pointed = useDesigner((s) => s.pointed.includes(id))
  const faded = useDesigner((s) => isFaded(s, id))
  return (
    <div className={`card ${className}${selected ? ' selected' : ''}${pointed ? ' pointed' : ''}${faded ? ' faded' : ''}`}>
      {children}
      <Badge findings={findings} />
      {findings.length > 0 && <Bubble id={`says-${id}`} findings={findings} />}
    </div>
  )
}

/** The name of a node; while it is edited, a field. */
function Name({ node }: { node: Node }) {
  const Field = useDesigner((s) => (s.renaming === node.id ? (pickers.of(s)?.NameField ?? null) : null))
  return Field ? <Field node={node} /> : <b title={node.name}>{node.name}</b>
}

const In = () => <Handle type="target" id="in" position={Position.Left} isConnectableStart={false} className="end in" />

/** The dot from which a hop is drawn; a click on it opens the menu of what can be reached. */
function Out({ id, name, below = false }: { id: string; name: string; below?: boolean }) {
  const words = useWords()
  return (
    <Handle
      type="source"
      id="out"
      position={below ? Position.Bottom : Position.Right}
      isConnectableEnd={false}
      className={`end out${below ? ' below' : ''}`}
      title={fill(words.connectFrom, { name })}
      onClick={(event) => openMenu({ is: 'connect', from: id, at: { x: event.clientX, y: event.clientY }, place: null })}
    />
  )
}

const labelText = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')

function Pod({ id, data, selected }: NodeProps<Card>) {
  const { node, docked } = data
  return (
    <Shell id={id} selected={selected} className={docked ? 'pod docked' : 'pod'}>
      <header>
        <span className="tile">
          <Icon name="pod" />
        </span>
        <span className="name">
          <Name node={node} />
          <small className="mono">{labelText(labelsOf(node))}</small>
        </span>
      </header>
      <Seam data={data} />
      <In />
      {docked ? (
        <Handle type="source" id="out" position={Position.Bottom} isConnectable={false} className="end hidden" />
      ) : (
        <Out id={id} name={node.name} below />
      )}
    </Shell>
  )
}

function Sidecar({ id, data, selected }: NodeProps<Card>) {
  const words = useWords()
  return (
    <Shell id={id} selected={selected} className={data.docked ? 'sidecar docked' : 'sidecar'}>
      <header>
        <span className="tile">
          <Icon name="sidecar" />
        </span>
        <span className="name">
          <b className="word">{words.wordSidecar}</b>
          <small className="mono">istio-proxy</small>
        </span>
      </header>
      <In />
      <Out id={id} name={data.node.name} />
    </Shell>
  )
}

function Gateway({ id, data, selected }: NodeProps<Card>) {
  const { node, rows } = data
  return (
    <Shell id={id} selected={selected}>
      <header>
        <span className="tile">
          <Icon name="gateway" />
        </span>
        <span className="name">
          <Name node={node} />
          <small className="mono">{namespaceOf(node)}</small>
        </span>
      </header>
      <Rows rows={rows} gateway={id} />
      <In />
      <Out id={id} name={node.name} />
    </Shell>
  )
}

function Host({ id, data, selected }: NodeProps<Card>) {
  const words = useWords()
  const { node, rows } = data
  return (
    <Shell id={id} selected={selected}>
      <header>
        <Icon name="host" />
        <span className="name">
          <Name node={node} />
          <small>{words.externalService}</small>
        </span>
      </header>
      <Rows rows={rows} />
      <In />
    </Shell>
  )
}

/** `gateway`: whose rows they are; a host's have no name of their own. */
function Rows({ rows, gateway }: { rows: readonly Row[]; gateway?: string }) {
  if (rows.length === 0)
    return (
      <div className="port unused">
        <i className="dot" />–
      </div>
    )
  return rows.map((row) => <OneRow row={row} named={gateway && rowKey(gateway, row)} key={`${row.port} ${row.protocol} ${row.mode}`} />)
}

function OneRow({ row, named }: { row: Row; named: string | undefined }) {
  const words = useWords()
  const faded = useDesigner((s) => isRowFaded(s, named))
  return (
    <div className={`port ${styleOf(row.mode ?? 'DISABLE')}${faded ? ' faded' : ''}`} data-row={named}>
      <i className="dot" />
      <code>{row.port}</code>
      <span>{row.protocol}</span>
      {row.mode !== undefined && <span className="m">{row.mode ?? words.plaintext}</span>}
    </div>
  )
}

export const cardTypes = { pod: memo(Pod), sidecar: memo(Sidecar), gateway: memo(Gateway), host: memo(Host) }
