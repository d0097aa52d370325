/** A new version is ready: asked once a version, when nothing is unsaved; it never reloads by itself. */
import { useState } from 'react'
import { isSafe, offline, reload } from '../../store/offline/offline'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import './newer.css'

export function Newer() {
  const { about: words } = useWords()
  const newer = useDesigner((s) => offline.of(s)?.newer ?? false)
  const safe = useDesigner(isSafe)
  const presenting = useDesigner((s) => s.presenting)
  const [asks, setAsks] = useState<'not yet' | 'asks' | 'closed'>('not yet')
  if (newer && safe && asks === 'not yet') setAsks('asks')
  if (asks !== 'asks' || presenting) return null
  return (
    <section className="newer" aria-label={words.newer}>
      <p role="status">{words.newer}</p>
      <button type="button" className="b line small" disabled={!safe} onClick={() => void reload()}>
        {words.reload}
      </button>
      <button type="button" className="b icon small" aria-label={words.later} title={words.later} onClick={() => setAsks('closed')}>
        <Icon name="close" size="s" />
      </button>
    </section>
  )
}
