/** While a hop is drawn by hand, cards at which it may end glow; over another one the reason is said why it may not. */
import { useConnection, ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import type { Point } from '../../core/model/design'
import { mayConnect } from '../../core/model/edit'
import { startOf } from '../../core/model/next'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useText } from '../../store/words/words'
import type { Card, Picture } from '../flow'
import './ends.css'

/** More cards than are ever on one screen need no glow. */
const most = 400

export function Ends({ picture }: { picture: Picture }) {
  const from = useConnection((connection) => (connection.inProgress ? connection.fromNode.id : null))
  return from === null ? null : <Glow from={from} picture={picture} />
}

function Glow({ from, picture }: { from: string; picture: Picture }) {
  const design = useDesigner(designOf)
  const legal = useMemo(() => {
    const start = startOf(design, from)
    return picture.cards.filter(({ id }) => mayConnect(design, start, id) === true).slice(0, most)
  }, [design, from, picture])
  return (
    <ViewportPortal>
      {legal.map(({ id, position: { x, y }, width, height }) => (
        <i className="end-glow" key={id} style={{ transform: `translate(${x}px, ${y}px)`, width, height }} />
      ))}
      <WhyNot from={from} picture={picture} />
    </ViewportPortal>
  )
}

function WhyNot({ from, picture }: { from: string; picture: Picture }) {
  const design = useDesigner(designOf)
  const text = useText()
  const over = useConnection((connection) => (connection.inProgress ? (cardAt(picture, connection.to)?.id ?? null) : null))
  const card = over === null || over === from ? undefined : picture.byId.get(over)
  const why = card && mayConnect(design, from, card.id)
  if (!card || why === true || why === undefined) return null
  const { x, y } = card.position
  return (
    <p className="end-why" role="status" style={{ transform: `translate(${x}px, ${y + (card.height ?? 0) + 8}px)` }}>
      {text(why)}
    </p>
  )
}

const cardAt = ({ cards }: Picture, { x, y }: Point): Card | undefined =>
  cards.find(
    ({ position, width = 0, height = 0 }) => x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height,
  )
