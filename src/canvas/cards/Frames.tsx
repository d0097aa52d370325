/** Frames of namespaces: name, guard, and the wall with its gates. They lie below the cards and let the canvas be dragged through them. */
import { ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import { type Frame, wallsOf } from '../../core/figure/frames'
import type { Guard } from '../../core/model/design'
import { store } from '../../store/state/store'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/first-icons'
import { gestures } from '../late'
import './frames.css'

const setGuard = (namespace: string, guard: Partial<Guard> | null): void => gestures.of(store.getState())?.setGuard(namespace, guard)

export function Frames({ frames }: { frames: readonly Frame[] }) {
  return (
    <ViewportPortal>
      {frames.map((frame) => (
        <OneFrame key={frame.namespace} frame={frame} />
      ))}
    </ViewportPortal>
  )
}

const same = (a: { frame: Frame }, b: { frame: Frame }) =>
  a.frame.namespace === b.frame.namespace &&
  a.frame.x === b.frame.x &&
  a.frame.y === b.frame.y &&
  a.frame.width === b.frame.width &&
  a.frame.height === b.frame.height &&
  a.frame.guard === b.frame.guard &&
  `${a.frame.gates}` === `${b.frame.gates}`

const OneFrame = memo(function OneFrame({ frame }: { frame: Frame }) {
  const words = useWords()
  const { namespace, guard, x, y, width, height } = frame
  return (
    <section
      className={`frame${guard ? ' guarded' : ''}`}
      aria-label={`${fill(words.namespaceOf, { name: namespace })}, ${guard ? words.guarded : words.notGuarded}`}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
    >
      <div className="frame-head">
        <Icon name="namespace" size="s" />
        <b>{namespace}</b>
        <span className="grow" />
        {guard && <span className="says">NetworkPolicy</span>}
        {guard && (
          <button
            type="button"
            className="take-away nopan nodrag nokey"
            aria-label={fill(words.removeGuardFrom, { name: namespace })}
            title={fill(words.removeGuardFrom, { name: namespace })}
            onClick={() => setGuard(namespace, null)}
          >
            <Icon name="close" size="s" />
          </button>
        )}
      </div>
      <div className="frame-foot">
        <Icon name={guard ? 'shield' : 'no-shield'} size="s" />
        <span className="ellipsis">{guard ? words.guarded : words.notGuarded}</span>
        <span className="grow" />
        {!guard && (
          <button
            type="button"
            className="linkish nopan nodrag nokey"
            aria-label={fill(words.addGuardTo, { name: namespace })}
            onClick={() => setGuard(namespace, {})}
          >
            {words.addGuard}
          </button>
        )}
      </div>
      {guard && wallsOf(frame).map((wall) => <i className="wall" key={wall.top} style={wall} />)}
    </section>
  )
}, same)
