/** The head of the YAML pane: dialect, comments, copy and download. */

import { useEffect, useRef, useState } from 'react'
import { dialectNamed, dialects } from '../core/compile/dialects'
import { masked } from '../core/yaml/secrets/mask'
import { say, setDialect } from '../store/actions/actions'
import { copied, download, fileName } from '../store/actions/deliver'
import { setComments } from '../store/actions/view'
import { textNow } from '../store/derived/written'
import { saying } from '../store/state/saying'
import { designOf, draftOf, type State, store } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useText, useWords } from '../store/words/words'
import { Icon } from '../ui/icons'
import { Sheet } from '../ui/Sheet'

/** How long the button says that it has copied. */
const moment = 2000

export function Head() {
  const { yamlPane: words } = useWords()
  const comments = useDesigner((s) => s.comments)
  const own = useDesigner((s) => draftOf(s) !== null)
  return (
    <header className="pane-head">
      <h2>{words.yaml}</h2>
      <DialectChoice />
      <span className="grow" />
      <button
        type="button"
        className="b icon small"
        aria-label={words.comments}
        title={words.comments}
        aria-pressed={comments}
        disabled={own}
        onClick={() => setComments(!comments)}
      >
        <code aria-hidden="true">#</code>
      </button>
      <CopyButton />
      <DownloadButton />
    </header>
  )
}

function DialectChoice() {
  const say = useText()
  const { yamlPane: words } = useWords()
  const dialect = useDesigner((s) => s.dialect)
  return (
    <span className="chosen">
      <select
        className="plain"
        aria-label={words.dialect}
        value={dialect}
        onChange={(event) => setDialect(dialectNamed(event.target.value) ?? dialect)}
      >
        {Object.values(dialects).map(({ id, title }) => (
          <option key={id} value={id}>
            {say(title)}
          </option>
        ))}
      </select>
      <Icon name="down" size="s" />
    </span>
  )
}

/** What is copied and saved is made when it is asked for, so it is never older than the picture; keys stay here. */
function currentText(): string {
  const text = textNow(store.getState())
  const kept = masked(text)
  if (kept !== text) say(saying('keysLeftOut'))
  return kept
}

/** Nothing would take the place of what the clipboard holds. */
const isEmptyText = (state: State): boolean => textNow(state).trim() === ''

function CopyButton() {
  const { yamlPane: words } = useWords()
  const [done, setDone] = useState(0)
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => {
    if (done === 0) return
    const timer = setTimeout(() => setDone(0), moment)
    return () => clearTimeout(timer)
  }, [done])
  const empty = useDesigner(isEmptyText)
  const copy = async () => {
    const text = currentText()
    if (await copied(text)) setDone((count) => count + 1)
    else setRefused(text)
  }
  return (
    <>
      <button
        type="button"
        className={`b line small copy ${done ? 'done' : ''}`}
        aria-label={done ? `${words.copied} – ${words.copyYaml}` : words.copyYaml}
        disabled={empty}
        title={empty ? words.nothing : undefined}
        onClick={copy}
      >
        <Icon name={done ? 'check' : 'copy'} size="s" className={done ? 'ok-text' : ''} />
        <span>{done ? words.copied : words.copy}</span>
      </button>
      <span className="unseen" role="status">
        {done > 0 && words.copiedSaid}
      </span>
      {refused !== null && <ByHand text={refused} onClose={() => setRefused(null)} />}
    </>
  )
}

/** The clipboard is closed: the text is selected, to be copied by keys. */
function ByHand({ text, onClose }: { text: string; onClose(): void }) {
  const { yamlPane: words } = useWords()
  const area = useRef<HTMLTextAreaElement>(null)
  // After the dialog has opened and put the focus on its first button.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.select()
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <Sheet title={words.copyByHand} close={words.close} onClose={onClose} width={520}>
      <p className="by-hand">{words.copyRefused}</p>
      <textarea ref={area} className="input by-hand" readOnly rows={12} value={text} aria-label={words.yaml} spellCheck={false} />
    </Sheet>
  )
}

function DownloadButton() {
  const { yamlPane: words } = useWords()
  const empty = useDesigner(isEmptyText)
  const save = () => download(fileName(designOf(store.getState()).name, 'yaml'), currentText(), 'application/yaml')
  return (
    <button
      type="button"
      className="b line small"
      data-control="download"
      aria-label={words.downloadYaml}
      disabled={empty}
      title={empty ? words.nothing : undefined}
      onClick={save}
    >
      <Icon name="download" size="s" />
      <span>{words.download}</span>
    </button>
  )
}
