/** Two pictures as one, to be looked at: what is new, changed and gone says so on its card and on its wire. Nothing of it can be touched. */
import {
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  type Node as FlowNode,
  type NodeProps,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  ViewportPortal,
} from '@xyflow/react'
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Id } from '../../core/base/id'
import { lanesOf } from '../../core/compile/plan/lanes'
import type { Frame } from '../../core/figure/frames'
import { pointAt } from '../../core/figure/route'
import { isAppHop, type NodeKindId } from '../../core/model/design'
import { type Difference, type Mark, narrowed } from '../../core/model/difference'
import { tidied } from '../../core/model/layout'
import { pathsOf } from '../../core/model/path'
import { fill, modeOf, useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
import { cardTypes } from '../cards/Cards'
import { Frames } from '../cards/Frames'
import { type CardData, draw, framesAround, type HopData } from '../flow'
import { hopTypes } from '../hops/HopEdge'
import './preview.css'

/** So many cards are shown whole; of more only what is marked. */
const most = 60

type Marked = {
  mark: Mark | null
  /** What a hop said before. */
  was: string | null
}
type MarkedCard = FlowNode<CardData & Marked, NodeKindId>
type MarkedWire = Edge<HopData & Marked, 'hop'>

export default function Preview({ difference }: { difference: Difference }) {
  return (
    <ReactFlowProvider>
      <Stage difference={difference} />
    </ReactFlowProvider>
  )
}

function Stage({ difference }: { difference: Difference }) {
  const words = useWords()
  const { cards, wires, frames } = useMemo(() => drawn(narrowed(difference, most)), [difference])
  const ref = useRef<HTMLDivElement>(null)
  // Cards and hops have buttons, which here are for the eye alone.
  useLayoutEffect(() => {
    const shown = ref.current?.querySelector<HTMLElement>('.react-flow__viewport')
    if (shown) shown.inert = true
  }, [])
  return (
    <div className="preview">
      <div ref={ref} className="canvas" role="img" aria-label={words.previewing.canvas}>
        <ReactFlow<MarkedCard, MarkedWire>
          id="preview"
          nodes={cards}
          edges={wires}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          panActivationKeyCode={null}
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          minZoom={0.2}
          maxZoom={1.5}
          proOptions={{ hideAttribution: true }}
        >
          <Frames frames={frames} />
          <Walls frames={frames} guards={difference.guards} />
        </ReactFlow>
      </div>
      <Tools cards={cards} wires={wires} />
    </div>
  )
}

/** The cards and wires of both pictures in columns, each with its mark. What an app says is on the card of its pod. */
function drawn({ design: both, marks, was }: Difference): { cards: MarkedCard[]; wires: MarkedWire[]; frames: Frame[] } {
  const design = tidied(both)
  const picture = draw(design, lanesOf(design, pathsOf(design)).lanes)
  const said = new Map<Id, Mark>()
  for (const hop of design.hops) {
    const mark = isAppHop(hop) && marks.get(hop.id)
    if (mark) said.set(hop.from, mark)
  }
  const markOf = (id: Id): Mark | null => marks.get(id) ?? said.get(id) ?? null
  const cards = picture.cards.map(
    (card): MarkedCard => ({ ...card, className: markOf(card.id) ?? '', data: { ...card.data, mark: markOf(card.id), was: null } }),
  )
  const wires = picture.wires.map((wire): MarkedWire => {
    const before = was.get(wire.id)
    const isOther = before && wire.data && modeOf(before) !== modeOf(wire.data.hop)
    const marked: Marked = { mark: markOf(wire.id), was: isOther ? modeOf(before) : null }
    return { ...wire, className: marked.mark ?? '', data: { ...(wire.data as HopData), ...marked } }
  })
  return { cards, wires, frames: framesAround(picture.cards, design.guards) }
}

function Word({ mark, was = null }: { mark: Mark; was?: string | null }) {
  const { previewing: words } = useWords()
  return <span className={`how ${mark}`}>{was === null ? words[mark] : fill(words.was, { mode: was })}</span>
}

const markedCard = (kind: NodeKindId) => {
  const Of = cardTypes[kind]
  return memo((props: NodeProps<MarkedCard>) => (
    <>
      <Of {...props} />
      {props.data.mark && <Word mark={props.data.mark} />}
    </>
  ))
}

const nodeTypes = { pod: markedCard('pod'), sidecar: markedCard('sidecar'), gateway: markedCard('gateway'), host: markedCard('host') }

const edgeTypes = {
  hop: memo((props: EdgeProps<MarkedWire>) => {
    const { sourceX, sourceY, targetX, targetY, data } = props
    const Of = hopTypes.hop
    if (!data?.mark) return <Of {...props} />
    const run = { from: { x: sourceX, y: sourceY + data.leave }, to: { x: targetX, y: targetY + data.arrive }, bend: data.bend }
    const at = pointAt(run, data.at)
    return (
      <>
        <Of {...props} />
        <EdgeLabelRenderer>
          <div className={`hop-mark ${data.mark}`} style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y - 22}px)` }}>
            <Word mark={data.mark} was={data.was} />
          </div>
        </EdgeLabelRenderer>
      </>
    )
  }),
}

/** The walls that come and go. */
function Walls({ frames, guards }: { frames: readonly Frame[]; guards: Difference['guards'] }) {
  return (
    <ViewportPortal>
      {frames.map(({ namespace, x, y, width }) => {
        const mark = guards.get(namespace)
        return (
          mark && (
            <div className="hop-mark" key={namespace} style={{ transform: `translate(-100%, -50%) translate(${x + width}px, ${y}px)` }}>
              <Word mark={mark} />
            </div>
          )
        )
      })}
    </ViewportPortal>
  )
}

/** What is marked is in view; the rest is there for whoever looks for it. */
function Tools({ cards, wires }: { cards: readonly MarkedCard[]; wires: readonly MarkedWire[] }) {
  const { actions } = useWords()
  const flow = useReactFlow()
  useEffect(() => {
    const near = new Set(cards.flatMap(({ id, data }) => (data.mark ? [id] : [])))
    for (const { source, target, data } of wires) if (data?.mark) near.add(source).add(target)
    const frame = requestAnimationFrame(() => void flow.fitView({ ...fit, nodes: [...near].map((id) => ({ id })) }))
    return () => cancelAnimationFrame(frame)
  }, [cards, wires, flow])
  return (
    <div className="preview-tools">
      <Tool name={actions.zoomOut} icon="minus" onPress={() => void flow.zoomOut()} />
      <Tool name={actions.zoomIn} icon="plus" onPress={() => void flow.zoomIn()} />
      <Tool name={actions.fit} icon="fit" onPress={() => void flow.fitView(fit)} />
    </div>
  )
}

const fit = { padding: 0.08, maxZoom: 1 }

function Tool({ name, icon, onPress }: { name: string; icon: IconName; onPress(): void }) {
  return (
    <button type="button" className="b icon" aria-label={name} title={name} onClick={onPress}>
      <Icon name={icon} />
    </button>
  )
}
