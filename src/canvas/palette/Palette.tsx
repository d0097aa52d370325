/** What can be put on the canvas: dragged to a place, or by a click to where there is room. */
import { type DragEvent, useCallback, useState } from 'react'
import type { Point } from '../../core/model/design'
import { nodeKinds } from '../../core/model/nodes'
import { say, setGuard } from '../../store/actions/actions'
import { designOf, store } from '../../store/state/store'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Menu } from '../menus/Menu'
import { iconOf, type Piece, pieces, pieceType } from './pieces'
import { place, unguarded } from './put'
import './palette.css'

export default function Palette() {
  const words = useWords()
  const text = useText()
  const wordOf = (piece: Piece) => (piece === 'guard' ? words.guard : text(nodeKinds[piece].title))
  const [asking, setAsking] = useState<{ at: Point; namespaces: string[] } | null>(null)
  const close = useCallback(() => setAsking(null), [])
  const start = (event: DragEvent, piece: Piece) => {
    event.dataTransfer.setData(pieceType, piece)
    event.dataTransfer.setData('text/plain', piece)
    event.dataTransfer.effectAllowed = 'copy'
  }
  const put = (piece: Piece, at: Point) => {
    if (piece !== 'guard') return place(piece)
    const open = unguarded(designOf(store.getState()))
    if (open.length === 1 && open[0]) setGuard(open[0], {})
    else if (open.length === 0) say(words.noneToGuard)
    else setAsking({ at, namespaces: open })
  }
  return (
    <nav className="rail" data-control="palette" aria-label={words.palette}>
      {pieces.map((piece) => (
        <button
          type="button"
          key={piece}
          className={piece === 'guard' ? 'apart' : undefined}
          draggable
          aria-label={fill(words.add, { kind: piece === 'guard' ? words.namespaceGuard : wordOf(piece) })}
          title={
            piece === 'sidecar' ? words.sidecarPiece : fill(words.add, { kind: piece === 'guard' ? words.namespaceGuard : wordOf(piece) })
          }
          onDragStart={(event) => start(event, piece)}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            put(piece, { x: box.right + 6, y: box.top })
          }}
        >
          <Icon name={piece === 'guard' ? 'shield' : iconOf(piece)} size="l" />
          <span>{wordOf(piece)}</span>
        </button>
      ))}
      {asking && (
        <Menu
          title={words.guardWhere}
          empty=""
          at={asking.at}
          items={asking.namespaces.map((namespace) => ({
            id: namespace,
            icon: 'namespace',
            word: namespace,
            run: () => setGuard(namespace, {}),
          }))}
          onClose={close}
        />
      )}
    </nav>
  )
}
