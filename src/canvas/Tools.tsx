/** What the canvas needs once it can be used: keys, menus, controls, hints, and the voice that tells what happened. */
import { lazy, type RefObject, Suspense, useEffect, useState } from 'react'
import type { Id } from '../core/base/id'
import type { Point } from '../core/model/design'
import { mayConnect } from '../core/model/edit'
import { connect, setGuard } from '../store/actions/actions'
import { tellSteps } from '../store/actions/after-step'
import { type MenuAsk, onMenu } from '../store/actions/menu'
import { designOf, store } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { Controls } from './Controls'
import { useCamera } from './camera'
import { FixBadge } from './cards/FixBadge'
import { NameField } from './cards/NameField'
import { Guides } from './drag/Guides'
import { SpacePan } from './drag/SpacePan'
import { Empty } from './first-visit/Empty'
import { Hint } from './first-visit/Hint'
import type { Picture } from './flow'
import { useKeys } from './keyboard/keys'
import { gestures, pickers } from './late'
import { LensSays } from './lens/LensSays'
import { useLens } from './lens/use-lens'
import { ConnectMenu } from './menus/ConnectMenu'
import { ContextMenu } from './menus/ContextMenu'
import { useContextMenu } from './menus/context-gestures'
import { Ends } from './menus/Ends'
import { Notice } from './Notice'
import { moveOrPutBetween } from './palette/put'
import { SaysPicker, TlsPicker } from './pickers/pickers'
import { Stale } from './Stale'

const Walk = lazy(() => import('./walk/Walk'))

interface Props {
  canvas: RefObject<HTMLElement | null>
  picture: Picture
  /** Where a drag holds cards. */
  dragged: ReadonlyMap<Id, Point>
}

export default function Tools({ canvas, picture, dragged }: Props) {
  const [menu, setMenu] = useState<MenuAsk | null>(null)
  const walks = useDesigner((s) => s.sent !== null)
  useCamera()
  useKeys(canvas)
  useContextMenu(canvas)
  useEffect(() => {
    onMenu(setMenu)
    return () => onMenu(null)
  }, [])
  useLens(canvas)
  useEffect(tellSteps, [])
  useEffect(() => pickers.bring({ TlsPicker, SaysPicker, FixBadge, NameField }), [])
  useEffect(() => gestures.bring({ connect, mayConnect: isLegal, move: moveOrPutBetween, setGuard }), [])
  return (
    <>
      <Hint picture={picture} />
      <Controls />
      {picture.cards.length === 0 && <Empty />}
      <LensSays />
      <Notice />
      <Ends picture={picture} />
      {dragged.size > 0 && <Guides dragged={dragged} />}
      <SpacePan canvas={canvas} />
      <Stale />
      <Suspense fallback={null}>{walks && <Walk picture={picture} />}</Suspense>
      {menu?.is === 'connect' && <ConnectMenu key={`${menu.from} ${menu.at.x} ${menu.at.y}`} ask={menu} onClose={() => setMenu(null)} />}
      {menu?.is === 'context' && <ContextMenu key={`${menu.at.x} ${menu.at.y}`} ask={menu} onClose={() => setMenu(null)} />}
    </>
  )
}

const isLegal = (from: Id, to: Id): boolean => mayConnect(designOf(store.getState()), from, to) === true
