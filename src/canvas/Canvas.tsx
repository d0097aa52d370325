/** The canvas: shows the design, and turns gestures into actions. During a drag React Flow holds the places; the design learns them once. */
import { type NodeChange, type OnConnectEnd, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type DragEvent, lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { Id } from '../core/base/id'
import type { Point } from '../core/model/design'
import { openMenu } from '../store/actions/menu'
import { select } from '../store/actions/view'
import { lanesNow } from '../store/derived/meaning'
import { designOf, draftOf, store } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { nodeLabel, useWords, withWords } from '../store/words/words'
import { usePainted } from '../ui/painted'
import type { Words } from '../words/kind'
import { cardTypes } from './cards/Cards'
import { Frames } from './cards/Frames'
import { type Card, draw, framesAround, type HopWire, type Picture } from './flow'
import { lowestZoom, useFraming } from './framing'
import { askMode, hopTypes } from './hops/HopEdge'
import { type Gestures, gestures } from './late'
import { type Piece, pieceType } from './palette/pieces'
import { toggled } from './selection'
import './canvas.css'

const Tools = lazy(() => withWords(import('./Tools')))

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Stage />
    </ReactFlowProvider>
  )
}

type Places = ReadonlyMap<Id, Point>
const nothing: Places = new Map()
const multi = ['Shift', 'Control', 'Meta']

function Stage() {
  const words = useWords()
  const picture = usePicture()
  const [dragged, setDragged] = useState<Places>(nothing)
  const painted = usePainted()
  const latest = useRef(dragged)
  latest.current = dragged
  const cards = useCards(picture, dragged)
  const guards = useDesigner((s) => designOf(s).guards)
  const ready = useDesigner((s) => gestures.of(s) !== null)
  const stale = useDesigner((s) => draftOf(s)?.is === 'broken')
  const frames = useMemo(() => framesAround(cards, guards), [cards, guards])
  const flow = useReactFlow<Card, HopWire>()
  const ref = useRef<HTMLElement>(null)
  useFraming(flow)

  const onNodesChange = useCallback((changes: NodeChange<Card>[]) => takeChanges(changes, picture, setDragged), [picture])
  const stop = useCallback(() => {
    if (latest.current.size > 0) gesturesNow()?.move(rounded(latest.current))
    setDragged(nothing)
  }, [])
  const onNodeClick = useCallback((event: React.MouseEvent, card: Card) => {
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) select([card.id])
  }, [])
  const onEdgeClick = useCallback((event: React.MouseEvent, wire: HopWire) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) select(toggled(wire.id))
    else askMode(wire.id)
  }, [])
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, state) => {
      const from = state.fromNode?.id
      const at = pointOf(event)
      if (!from || !at) return
      // The card under the pointer; React Flow's own answer is the nearest handle, which may be that of the card above.
      const under = document.elementsFromPoint(at.x, at.y).map((element) => element.closest<HTMLElement>('.react-flow__node')?.dataset.id)
      const over = under.find(Boolean) ?? state.toNode?.id
      if (over === from) return
      if (over) gesturesNow()?.connect(from, over)
      else openMenu({ is: 'connect', from, at, place: flow.screenToFlowPosition(at) })
    },
    [flow],
  )
  const drop = (event: DragEvent) => {
    const piece = event.dataTransfer.getData(pieceType) as Piece
    if (!piece) return
    event.preventDefault()
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    void import('./palette/put').then(({ putDown }) => putDown(piece, at, frames))
  }

  return (
    <section
      ref={ref}
      className={stale ? 'canvas stale' : 'canvas'}
      aria-label={words.canvas}
      tabIndex={-1}
      onDragOver={allow}
      onDrop={drop}
    >
      <ReactFlow<Card, HopWire>
        nodes={cards}
        edges={picture.wires}
        nodeTypes={cardTypes}
        edgeTypes={hopTypes}
        onNodesChange={onNodesChange}
        onNodeDragStop={stop}
        onSelectionDragStop={stop}
        onNodeClick={onNodeClick}
        onEdgeClick={onEdgeClick}
        onPaneClick={unselect}
        onConnectEnd={onConnectEnd}
        isValidConnection={legal}
        nodesDraggable={ready}
        nodesConnectable={ready}
        connectOnClick={false}
        connectionRadius={34}
        deleteKeyCode={null}
        panActivationKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={multi}
        disableKeyboardA11y
        edgesFocusable={false}
        edgesReconnectable={false}
        elevateNodesOnSelect={false}
        selectNodesOnDrag={false}
        onlyRenderVisibleElements={cards.length > 200}
        minZoom={lowestZoom}
        maxZoom={2}
        nodeDragThreshold={3}
        panOnScroll
        zoomOnDoubleClick={false}
        noDragClassName="nodrag"
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={quiet}
      >
        <Frames frames={frames} />
      </ReactFlow>
      <Suspense fallback={null}>{painted && <Tools canvas={ref} picture={picture} dragged={dragged} />}</Suspense>
    </section>
  )
}

/** What React Flow says of its own keys does not hold here: ours are in the help dialog. */
const quiet = { 'node.a11yDescription.default': '', 'node.a11yDescription.keyboardDisabled': '', 'edge.a11yDescription.default': '' }
const unselect = () => select([])
const allow = (event: DragEvent) => {
  if (event.dataTransfer.types.includes(pieceType)) event.preventDefault()
}
const gesturesNow = (): Gestures | null => gestures.of(store.getState())
const legal = ({ source, target }: { source: Id | null; target: Id | null }) =>
  source !== null && target !== null && gesturesNow()?.mayConnect(source, target) === true

function usePicture(): Picture {
  const design = useDesigner(designOf)
  const lanes = useDesigner(lanesNow)
  const last = useRef<Picture | undefined>(undefined)
  return useMemo(() => {
    last.current = draw(design, lanes, last.current)
    return last.current
  }, [design, lanes])
}

/** The cards as React Flow wants them: with selection and names, and where a drag holds them. A card that did not change stays the same object. */
function useCards(picture: Picture, dragged: Places): Card[] {
  const words = useWords()
  const selected = useDesigner((s) => s.selected)
  const last = useRef(new Map<Id, { base: Card; shown: Card; words: Words }>())
  const still = useMemo(() => {
    const chosen = new Set(selected)
    const next = new Map<Id, { base: Card; shown: Card; words: Words }>()
    const cards = picture.cards.map((base) => {
      const before = last.current.get(base.id)
      const isChosen = chosen.has(base.id)
      const same = before?.base === base && before.words === words && before.shown.selected === isChosen
      const shown = same
        ? before.shown
        : {
            ...base,
            selected: isChosen,
            ariaLabel: nodeLabel(words, base.data.node),
            domAttributes: { 'aria-describedby': `says-${base.id}` },
          }
      next.set(base.id, { base, shown, words })
      return shown
    })
    last.current = next
    return cards
  }, [picture, selected, words])
  return useMemo(() => (dragged.size === 0 ? still : still.map((card) => held(card, dragged.get(card.id)))), [still, dragged])
}

const held = (card: Card, position: Point | undefined): Card => (position ? { ...card, position } : card)

/** A pod and its sidecar move together, whichever of them is dragged. */
function takeChanges(changes: NodeChange<Card>[], { byId, partner }: Picture, set: (next: (before: Places) => Places) => void): void {
  const moved = changes.flatMap((change) =>
    change.type === 'position' && change.position && change.dragging ? [{ id: change.id, to: change.position }] : [],
  )
  if (moved.length > 0)
    set((before) => {
      const next = new Map(before)
      for (const { id, to } of moved) {
        next.set(id, to)
        const mate = byId.get(partner.get(id) ?? '')
        const own = byId.get(id)
        if (mate && own) next.set(mate.id, { x: to.x + mate.position.x - own.position.x, y: to.y + mate.position.y - own.position.y })
      }
      return next
    })
  const chosen = changes.filter((change) => change.type === 'select')
  if (chosen.length === 0) return
  const now = new Set(store.getState().selected)
  for (const change of chosen) {
    if (change.selected) now.add(change.id)
    else now.delete(change.id)
  }
  select([...now])
}

const rounded = (places: Places): Record<Id, Point> =>
  Object.fromEntries([...places].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]))

const pointOf = (event: MouseEvent | TouchEvent): Point | null => {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event
  return at ? { x: at.clientX, y: at.clientY } : null
}
