/** The design for another page: HTML that shows it there, to be looked at. */
import { useId, useState } from 'react'
import { copied } from '../../store/actions/deliver'
import { type Embedding, embedCode } from '../../store/documents/snippet'
import { titleOf } from '../../store/documents/title'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

const views: readonly Embedding['view'][] = ['canvas', 'yaml', 'trace']
const themes: readonly Embedding['theme'][] = ['system', 'light', 'dark']

export function EmbedCode({ hash }: { hash: string }) {
  const { sharing: words } = useWords()
  const id = useId()
  const lang = useDesigner((s) => s.lang)
  const title = useDesigner((s) => titleOf(designOf(s)))
  const [view, setView] = useState<Embedding['view']>('canvas')
  const [theme, setTheme] = useState<Embedding['theme']>('system')
  const [done, setDone] = useState(false)
  const code = embedCode({ app: `${location.origin}${location.pathname}`, hash, view, theme, lang, title })
  return (
    <details className="share-embed">
      <summary>{words.embed}</summary>
      <p className="quiet">{words.embedSays}</p>
      <div className="share-acts">
        <label>
          {words.embedView}{' '}
          <select value={view} onChange={(event) => setView(event.currentTarget.value as Embedding['view'])}>
            {views.map((each) => (
              <option key={each} value={each}>
                {words.embedViews[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.embedTheme}{' '}
          <select value={theme} onChange={(event) => setTheme(event.currentTarget.value as Embedding['theme'])}>
            {themes.map((each) => (
              <option key={each} value={each}>
                {words.embedThemes[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="b line" onClick={() => void copied(code).then(setDone)}>
          <Icon name={done ? 'check' : 'copy'} size="s" />
          {done ? words.done : words.embedCopy}
        </button>
      </div>
      <label className="unseen" htmlFor={id}>
        {words.embedCode}
      </label>
      <textarea
        id={id}
        className="input mono"
        rows={4}
        readOnly
        value={code}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
    </details>
  )
}
