/** A hop: a wire that looks like what it carries, and a label that is a button. */
import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, useId } from 'react'
import { flushSync } from 'react-dom'
import { curve, pointAt, type Run } from '../../core/figure/route'
import { branchOf, gemAt, gemsOn, inked, tipAt } from '../../core/figure/wire-shape'
import type { Point } from '../../core/model/design'
import { tlsKinds } from '../../core/model/tls'
import { pick, select } from '../../store/actions/view'
import { useFindingsOn } from '../../store/derived/late'
import { isFaded, isRowFaded } from '../../store/derived/lens'
import { useDesigner } from '../../store/state/use'
import { hopLabel, useText, useWords } from '../../store/words/words'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import { strokes, styleOf, type WireStyle } from '../../ui/Wire'
import { Badge, Bubble, LevelIcon, worst } from '../cards/Badge'
import type { HopData, HopWire } from '../flow'
import { pickers } from '../late'
import { toggled } from '../selection'
import './hops.css'

function Hop({ id, sourceX, sourceY, targetX, targetY, data }: EdgeProps<HopWire>) {
  const selected = useDesigner((s) => s.selected.includes(id))
  const pointed = useDesigner((s) => s.pointed.includes(id))
  const faded = useDesigner((s) => isFaded(s, id))
  const rowFaded = useDesigner((s) => isRowFaded(s, data?.row))
  if (!data) return null
  const style = styleOf(data.hop.wire.tls)
  const run: Run = { from: { x: sourceX, y: sourceY + data.leave }, to: { x: targetX, y: targetY + data.arrive }, bend: data.bend }
  const path = curve(inked(run, style))
  return (
    <>
      {/* Each of its roads is seen alone: those of other rows fade where only some are looked at. */}
      <g>
        {(selected || pointed) && <path className="w mark" d={path} />}
        {data.also.map((other) => (
          <Branch key={other.dy} of={other} run={run} faded={faded} />
        ))}
        <g className={`${style}${faded || rowFaded ? ' faded' : ''}`}>
          {strokes(style, path)}
          {gemsOn(run, style).map((at) => (
            <path className="gem" key={at.x} d={gemAt(at)} />
          ))}
          <path className="wire-tip" d={tipAt(run.to, style)} />
        </g>
        <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={18} />
      </g>
      <EdgeLabelRenderer>
        <Label data={data} at={pointAt(run, data.at)} style={style} selected={selected} faded={faded} />
      </EdgeLabelRenderer>
    </>
  )
}

/** To a further row of the gateway, as what is carried there looks. */
function Branch({ of: { dy, style, row }, run, faded }: { of: HopData['also'][number]; run: Run; faded: boolean }) {
  const rowFaded = useDesigner((s) => isRowFaded(s, row))
  const { line, tip } = branchOf(run, dy)
  return (
    <g className={`${style}${faded || rowFaded ? ' faded' : ''}`}>
      {strokes(style, line)}
      <path className="wire-tip" d={tip} />
    </g>
  )
}

function Label({ data, at, style, selected, faded }: { data: HopData; at: Point; style: WireStyle; selected: boolean; faded: boolean }) {
  const words = useWords()
  const text = useText()
  const tip = useId()
  const { hop, from, to } = data
  const findings = useFindingsOn(hop.id)
  const alone = useDesigner((s) => s.selected.length === 1 && s.selected[0] === hop.id)
  const TlsPicker = useDesigner((s) => pickers.of(s)?.TlsPicker ?? null)
  const level = worst(findings)
  return (
    <div className={`hop-place ${style}`} style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>
      <button
        type="button"
        className={`hop nopan nodrag nokey${selected ? ' selected' : ''}${level === 'error' ? ' problem' : ''}${faded ? ' faded' : ''}`}
        data-hop={hop.id}
        aria-label={hopLabel(words, from, to, hop.wire.tls)}
        aria-describedby={tip}
        aria-haspopup="listbox"
        aria-pressed={selected}
        onClick={(event) => {
          // The label hangs in the wire's tree: the wire would take the click a second time.
          event.stopPropagation()
          if (event.shiftKey || event.ctrlKey || event.metaKey) return select(toggled(hop.id))
          askMode(hop.id)
        }}
      >
        <Icon name={style as FirstIcon} />
        {hop.wire.tls}
        {level && <LevelIcon level={level} />}
      </button>
      <Badge findings={findings} bare />
      {alone && TlsPicker && <TlsPicker hop={hop} />}
      <Bubble id={tip} says={text(tlsKinds[hop.wire.tls].says)} findings={findings} />
    </div>
  )
}

/** Selects a hop and opens its picker, all within the click that asked for it. */
export function askMode(hop: string): void {
  flushSync(() => select([hop]))
  pick(hop)
}

export const hopTypes = { hop: memo(Hop) }
