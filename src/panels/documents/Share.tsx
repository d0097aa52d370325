/** The design as a link: nothing is sent anywhere, the design is in the link itself. */
import { useEffect, useId, useState } from 'react'
import { workToJson } from '../../core/model/link'
import { copied, download, fileName } from '../../store/actions/deliver'
import { type Along, linkOf, safeLength } from '../../store/documents/share'
import { titleOf } from '../../store/documents/title'
import { store, workOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { EmbedCode } from './EmbedCode'
import { Qr } from './Qr'
import './share.css'

export default function Share({ onClose }: { onClose(): void }) {
  const shell = useWords()
  const { sharing: words } = shell
  const id = useId()
  const [view, setView] = useState(false)
  const [request, setRequest] = useState(false)
  const traced = useDesigner((s) => s.sent !== null)
  const link = useLink(view, request && traced)
  const [says, setSays] = useState<'copy' | 'done' | 'refused'>('copy')
  const file = () => {
    const work = workOf(store.getState())
    download(fileName(titleOf(work.design), 'json'), workToJson(work), 'application/json')
  }
  const tooLong = typeof link === 'string' && link.length > safeLength
  return (
    <Sheet title={words.title} close={shell.close} onClose={onClose} width={640} footer={<span className="quiet">{words.how}</span>}>
      <div className="share">
        <label htmlFor={id}>{words.link}</label>
        {link === null ? (
          <p role="alert">{words.failed}</p>
        ) : (
          <textarea
            id={id}
            className="input"
            rows={4}
            readOnly
            value={link ?? ''}
            spellCheck={false}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
        <label className="share-with">
          <input type="checkbox" checked={view} onChange={(event) => setView(event.currentTarget.checked)} />
          {words.view}
        </label>
        {traced && (
          <label className="share-with">
            <input type="checkbox" checked={request} onChange={(event) => setRequest(event.currentTarget.checked)} />
            {words.request}
          </label>
        )}
        <div className="share-acts">
          <button
            type="button"
            className="b line"
            disabled={!link}
            onClick={() => void copied(link ?? '').then((done) => setSays(done ? 'done' : 'refused'))}
          >
            <Icon name="copy" size="s" />
            {words[says]}
          </button>
          <button type="button" className="b line" onClick={file}>
            <Icon name="download" size="s" />
            {words.file}
          </button>
          <Length of={link ?? ''} />
        </div>
        {tooLong && (
          <p className="share-long" role="status">
            <Icon name="warn" size="s" className="warn-text" />
            {words.long}
          </p>
        )}
        {link && <EmbedCode hash={link.slice(link.indexOf('#'))} />}
        {link && <Qr text={link} />}
      </div>
    </Sheet>
  )
}

function Length({ of }: { of: string }) {
  const { sharing: words } = useWords()
  return <span className="quiet">{useCount()(words.length, of.length)}</span>
}

/** Undefined while it is being made, null where the browser cannot make it. */
function useLink(view: boolean, request: boolean): string | null | undefined {
  const [link, setLink] = useState<string | null | undefined>(undefined)
  const work = useDesigner(workOf)
  useEffect(() => {
    const state = store.getState()
    const along: Along = {
      ...(view && { view: state.view, selected: state.selected }),
      ...(request && state.sent && { request: state.sent }),
    }
    let gone = false
    const set = (made: string | null) => !gone && setLink(made)
    linkOf(work, along).then(
      (hash) => set(`${location.origin}${location.pathname}${hash}`),
      () => set(null),
    )
    return () => {
      gone = true
    }
  }, [work, view, request])
  return link
}
