/** All designs of this browser: to be found, opened, named, copied, and taken away. */
import { useCallback, useEffect, useState } from 'react'
import { download, fileName } from '../../store/actions/deliver'
import { designsOf, duplicate, type Listed, newDesign, openDesign, remove, rename, textOfDesign } from '../../store/documents/library'
import { here } from '../../store/documents/place'
import { takingIn } from '../../store/documents/taking-in'
import { useDesigner } from '../../store/state/use'
import { useTime } from '../../store/words/numbers'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { All } from './All'
import { Act, Done, NameField } from './RowParts'
import { Sketch } from './Sketch'
import { VersionsOf } from './Versions'
import './designs.css'

/** What was just deleted, and how it comes back. */
interface Deleted {
  title: string
  undo(): Promise<void>
}

export default function Designs({ onClose }: { onClose(): void }) {
  const shell = useWords()
  const { designs: words } = shell
  const { listed, reload } = useListed()
  const [wanted, setWanted] = useState('')
  const [deleted, setDeleted] = useState<Deleted | null>(null)
  const [versionsOf, setVersionsOf] = useState<Listed | null>(null)
  const shown = listed?.filter(({ title }) => title.toLowerCase().includes(wanted.trim().toLowerCase()))
  const leave = (opened: Promise<unknown>) => void opened.then(onClose)
  const away = async (one: Listed) => {
    const undo = await remove(one.id)
    setDeleted({ title: one.title, undo })
    reload()
  }
  if (versionsOf) return <VersionsOf id={versionsOf.id} title={versionsOf.title} onClose={() => setVersionsOf(null)} onDone={onClose} />
  return (
    <Sheet
      title={words.title}
      close={shell.close}
      onClose={onClose}
      width={760}
      aside={
        <button type="button" className="b line" onClick={() => leave(newDesign())}>
          <Icon name="plus" size="s" />
          {words.blank}
        </button>
      }
      footer={
        <Done
          says={deleted ? fill(words.deleted, { title: deleted.title || words.unreadable }) : words.note}
          undo={
            deleted &&
            (() => {
              setDeleted(null)
              void deleted.undo().then(reload)
            })
          }
        />
      }
    >
      <input
        type="search"
        className="input designs-search"
        aria-label={words.search}
        placeholder={words.search}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <All />
      {listed === undefined && <p className="quiet">{shell.loading}</p>}
      {listed === null && <p className="quiet">{words.missing}</p>}
      {shown?.length === 0 && <p className="quiet">{listed?.length === 0 ? words.none : words.noneFound}</p>}
      <ul className="designs" aria-label={words.title}>
        {shown?.map((one) => (
          <Row
            key={one.id}
            one={one}
            open={() => leave(openDesign(one.id))}
            versions={() => setVersionsOf(one)}
            away={() => void away(one)}
            changed={reload}
          />
        ))}
      </ul>
    </Sheet>
  )
}

/** Undefined while it is being read, null where the storage cannot be read. */
function useListed() {
  const [listed, setListed] = useState<readonly Listed[] | null | undefined>(undefined)
  const saved = useDesigner((s) => s.saved)
  const brings = useDesigner((s) => takingIn.of(s)?.working === true)
  const reload = useCallback(() => {
    const place = here()
    if (place) designsOf(place).then(setListed, () => setListed(null))
  }, [])
  // What is being edited is in the list once it is saved, what is taken in once all is.
  useEffect(() => {
    if (saved !== 'saving' && !brings) reload()
  }, [saved, brings, reload])
  return { listed, reload }
}

interface RowProps {
  one: Listed
  open(): void
  versions(): void
  away(): void
  changed(): void
}

function Row({ one, open, versions, away, changed }: RowProps) {
  const { designs: words } = useWords()
  const time = useTime()
  const isOpen = useDesigner((s) => s.id === one.id)
  const [naming, setNaming] = useState(false)
  const title = one.damaged ? words.unreadable : one.title
  const copy = (original: string) => fill(words.copyOf, { title: original })
  const save = async () => download(fileName(one.title || 'egress', 'json'), await textOfDesign(one.id), 'application/json')
  return (
    <li className={isOpen ? 'open' : undefined} aria-current={isOpen ? 'true' : undefined}>
      <Sketch of={one.sketch} />
      <div className="designs-about">
        {naming ? (
          <NameField
            label={words.name}
            name={one.title}
            done={(name) => {
              setNaming(false)
              if (name !== null && name.trim() !== '' && name !== one.title) void rename(one.id, name.trim()).then(changed)
            }}
          />
        ) : (
          <button type="button" className="designs-open" aria-label={fill(words.open, { title })} disabled={one.damaged} onClick={open}>
            {title}
          </button>
        )}
        <span className="quiet">{isOpen ? words.isOpen : time(one.changed)}</span>
      </div>
      {!one.damaged && <Act icon="pencil" says={fill(words.rename, { title })} run={() => setNaming(true)} />}
      {!one.damaged && (
        <Act icon="duplicate" says={fill(words.duplicate, { title })} run={() => void duplicate(one.id, copy).then(changed)} />
      )}
      {!one.damaged && <Act icon="history" says={fill(words.versions, { title })} run={versions} />}
      <Act icon="download" says={fill(words.download, { title })} run={() => void save()} />
      <Act icon="trash" says={fill(words.remove, { title })} run={away} />
    </li>
  )
}
