/** What is stored where: each kind of what this browser holds, with its place and size, and the end of all of it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { here } from '../../store/documents/place'
import { forgetAll, type Held, heldIn } from '../../store/documents/stored'
import { dropCopy } from '../../store/offline/copy'
import { useDesigner } from '../../store/state/use'
import { useBytes, useCount } from '../../store/words/numbers'
import { useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { DownloadAll } from './All'
import './stored.css'

export default function Stored({ onClose }: { onClose(): void }) {
  const shell = useWords()
  const { stored: words } = shell
  const { held, reload } = useHeld()
  const [asks, setAsks] = useState(false)
  const [says, setSays] = useState('')
  const away = async () => {
    setAsks(false)
    const place = here()
    setSays(words.deleting)
    const gone = await (place ? forgetAll(place).then(dropCopy) : Promise.reject(new Error('There is no storage.'))).then(
      () => true,
      () => false,
    )
    setSays(gone ? words.deleted : words.failed)
    reload()
  }
  return (
    <Sheet title={words.title} close={shell.close} onClose={onClose} width={720} footer={<span className="quiet">{words.note}</span>}>
      {held === undefined && <p className="quiet">{shell.loading}</p>}
      {held === null && <p>{shell.designs.missing}</p>}
      {held && <Table held={held} />}
      <div className="stored-acts">
        <DownloadAll />
        {!asks && (
          <button type="button" className="b line small err-text" disabled={!held} onClick={() => setAsks(true)}>
            {words.remove}
          </button>
        )}
      </div>
      {asks && held && <Asks held={held} away={() => void away()} keep={() => setAsks(false)} />}
      <p role="status">{says}</p>
    </Sheet>
  )
}

/** Undefined while it is being counted, null where the storage cannot be read. */
function useHeld() {
  const [held, setHeld] = useState<readonly Held[] | null | undefined>(undefined)
  const saved = useDesigner((s) => s.saved)
  const reload = useCallback(() => {
    const place = here()
    if (place) heldIn(place).then(setHeld, () => setHeld(null))
  }, [])
  useEffect(() => {
    if (saved !== 'saving') reload()
  }, [saved, reload])
  return { held, reload }
}

function Table({ held }: { held: readonly Held[] }) {
  const { stored: words } = useWords()
  const count = useCount()
  const bytes = useBytes()
  return (
    <table className="stored">
      <thead>
        <tr>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.where}</th>
          <th scope="col">{words.size}</th>
        </tr>
      </thead>
      <tbody>
        {held.map((one) => (
          <tr key={one.kind}>
            <th scope="row">{count(words.kinds[one.kind], one.count)}</th>
            <td>{words.places[one.kind]}</td>
            <td>{bytes(one.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Asks({ held, away, keep }: { held: readonly Held[]; away(): void; keep(): void }) {
  const { stored: words } = useWords()
  const count = useCount()
  const shown = useRef<HTMLElement>(null)
  useEffect(() => void shown.current?.scrollIntoView({ block: 'nearest' }), [])
  const goes = held.filter((one) => one.count > 0)
  return (
    <section ref={shown} className="stored-asks" role="alert">
      <p>{words.asks}</p>
      <ul>
        {goes.map((one) => (
          <li key={one.kind}>{count(words.kinds[one.kind], one.count)}</li>
        ))}
      </ul>
      <p>{words.first}</p>
      <div className="stored-acts">
        <button type="button" className="b fill small" onClick={away}>
          {words.sure}
        </button>
        <button type="button" className="b line small" onClick={keep}>
          {words.keep}
        </button>
      </div>
    </section>
  )
}
