/** All designs as one file, and such a file taken in. */
import { type ChangeEvent, useRef, useState } from 'react'
import { downloadFile } from '../../store/actions/deliver'
import { openPanel } from '../../store/actions/view'
import { archiveOf } from '../../store/documents/archive'
import { here } from '../../store/documents/place'
import { type Taken, takeIn, takingIn } from '../../store/documents/taking-in'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

/** With what could not be done, beside it. */
export function DownloadAll() {
  const shell = useWords()
  const { archive: words } = shell
  const [trouble, setTrouble] = useState('')
  const save = async () => {
    const place = here()
    const file = place && (await archiveOf(place))
    setTrouble(file ? '' : words.tooLarge)
    if (file) downloadFile('egress-designs.jsonl', file)
  }
  return (
    <>
      <button type="button" className="b line small" onClick={() => void save().catch(() => setTrouble(shell.designs.missing))}>
        <Icon name="download" size="s" />
        {words.download}
      </button>
      {trouble && (
        <p className="err-text" role="alert">
          {trouble}
        </p>
      )}
    </>
  )
}

export function All() {
  const { archive: words, stored } = useWords()
  const chooser = useRef<HTMLInputElement>(null)
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    const place = here()
    if (file && place) void takeIn(file, place)
    event.currentTarget.value = ''
  }
  return (
    <div className="all">
      <DownloadAll />
      <input ref={chooser} className="unseen" type="file" aria-label={words.takeIn} tabIndex={-1} onChange={chosen} />
      <button type="button" className="b line small" onClick={() => chooser.current?.click()}>
        <Icon name="upload" size="s" />
        {words.takeIn}
      </button>
      <button type="button" className="b line small" onClick={() => openPanel('stored')}>
        {stored.title}
      </button>
      <Brought />
    </div>
  )
}

function Brought() {
  const { archive: words } = useWords()
  const taken = useDesigner(takingIn.of)
  const says = useTaken()
  if (!taken) return null
  return (
    <p className="all-says" role="status">
      {taken.working ? words.working : says(taken).join(' ')}
    </p>
  )
}

/** What was brought, in sentences. */
function useTaken(): (taken: Taken) => string[] {
  const { archive: words } = useWords()
  const count = useCount()
  return (taken) => {
    const counts = (['designs', 'copies', 'versions', 'lessons', 'settings', 'present', 'without', 'unread'] as const).flatMap((word) =>
      taken[word] > 0 ? [count(words.taken[word], taken[word])] : [],
    )
    const ended = taken.ended ? [words.ended[taken.ended]] : []
    return counts.length + ended.length > 0 ? [...counts, ...ended] : [words.nothing]
  }
}
