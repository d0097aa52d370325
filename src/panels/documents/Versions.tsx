/** The versions of a design: what each was, what has changed since, and the way back to it. */
import { type FormEvent, useEffect, useMemo, useState } from 'react'
import type { Id } from '../../core/base/id'
import type { Work } from '../../core/model/work'
import { workOfDesign } from '../../store/documents/library'
import { here } from '../../store/documents/place'
import { duplicateVersion, keepAs, rename, restore } from '../../store/documents/restoring'
import { titleOf } from '../../store/documents/title'
import { budget, type Kept, removeVersion, type Version } from '../../store/documents/versions'
import { store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useTime } from '../../store/words/numbers'
import { fill, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { Between, sidesOfWorks } from '../dialogs/Between'
import { Act, Done, NameField } from './RowParts'
import { Sketch } from './Sketch'
import { useVersionName, useVersions, useVersionWork } from './use-versions'
import './versions.css'

/** Of the design that is open. */
export default function Versions({ onClose }: { onClose(): void }) {
  const shell = useWords()
  const { versions: words } = shell
  const id = useDesigner((s) => s.id)
  const learns = useDesigner((s) => s.lesson !== null)
  const title = useDesigner((s) => titleOf(s.history.now.design))
  if (!learns) return <VersionsOf id={id} title={title} onClose={onClose} onDone={onClose} />
  return (
    <Sheet title={words.title} close={shell.close} onClose={onClose} width={640}>
      <p>{words.lesson}</p>
    </Sheet>
  )
}

interface Props {
  id: Id
  title: string
  onClose(): void
  /** Another design is open now, or this one is as it was. */
  onDone(): void
}

/** What was just done, and how it is taken back where it can be. */
interface Said {
  says: string
  undo?(): Promise<boolean>
}

export function VersionsOf({ id, title, onClose, onDone }: Props) {
  const shell = useWords()
  const { versions: words } = shell
  const { list, reload } = useVersions(id)
  const [chosen, setChosen] = useState<Id | null>(null)
  const [said, setSaid] = useState<Said | null>(null)
  const nameOf = useVersionName()
  const isOpen = useDesigner((s) => s.id === id)
  const full = fill(words.full, { megabytes: budget.letters / 1e6, named: budget.named })
  const version = list?.find((one) => one.id === chosen) ?? list?.[0]
  const keep = async (name: string) => {
    const kept = await keepAs(name)
    const says: Record<Kept | 'off', string> = {
      kept: fill(words.kept, { name }),
      same: fill(words.kept, { name }),
      elsewhere: words.elsewhere,
      empty: words.off,
      'no room': full,
      off: words.off,
    }
    setSaid({ says: says[kept] })
    setChosen(null)
    await reload()
  }
  const away = async (one: Version) => {
    const place = here()
    if (!place) return
    const undo = await removeVersion(id, one.id, place)
    setSaid({ says: fill(words.deleted, { name: nameOf(one) }), undo })
    await reload()
  }
  const named = async (one: Version, name: string) => {
    if (!(await rename(id, one.id, name).catch(() => false))) setSaid({ says: full })
    await reload()
  }
  const done = (finished: Promise<boolean>) => void finished.then((done) => (done ? onDone() : onClose()))
  const undo = async () => {
    setSaid((await said?.undo?.()) === false ? { says: full } : null)
    await reload()
  }
  return (
    <Sheet
      title={fill(words.of, { title })}
      close={shell.close}
      onClose={onClose}
      width={980}
      footer={
        <Done
          says={said?.says ?? fill(words.note, { unnamed: budget.unnamed })}
          undo={said?.undo ? () => void undo().catch(reportError) : null}
        />
      }
    >
      {isOpen && <KeepAs keep={(name) => void keep(name).catch(reportError)} />}
      {list === undefined && <p className="quiet">{shell.loading}</p>}
      {list === null && <p className="quiet">{words.missing}</p>}
      {list?.length === 0 && <p className="quiet">{words.none}</p>}
      {list && version && (
        <div className="versions">
          <List list={list} chosen={version} choose={setChosen} />
          <One
            key={version.id}
            id={id}
            version={version}
            named={(name) => void named(version, name).catch(reportError)}
            away={() => void away(version).catch(reportError)}
            done={done}
          />
        </div>
      )}
    </Sheet>
  )
}

function KeepAs({ keep }: { keep(name: string): void }) {
  const { versions: words } = useWords()
  const [name, setName] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    keep(name.trim())
    setName('')
  }
  return (
    <form className="versions-keep" onSubmit={submit}>
      <input
        className="input"
        aria-label={words.keepAs}
        placeholder={words.keepAs}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" className="b line" disabled={name.trim() === ''}>
        {words.keep}
      </button>
    </form>
  )
}

function List({ list, chosen, choose }: { list: readonly Version[]; chosen: Version; choose(id: Id): void }) {
  const { versions: words } = useWords()
  const time = useTime()
  const nameOf = useVersionName()
  return (
    <ul className="versions-list" aria-label={words.title}>
      {list.map((one) => (
        <li key={one.id}>
          <button type="button" aria-current={one.id === chosen.id ? 'true' : undefined} onClick={() => choose(one.id)}>
            <Sketch of={one.sketch} />
            <span>
              <b>{nameOf(one)}</b>
              <time>{time(one.at)}</time>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

interface OneProps {
  id: Id
  version: Version
  named(name: string): void
  away(): void
  done(finished: Promise<boolean>): void
}

function One({ id, version, named, away, done }: OneProps) {
  const { versions: words } = useWords()
  const nameOf = useVersionName()
  const time = useTime()
  const [naming, setNaming] = useState(false)
  const was = useVersionWork(id, version.id)
  const copy = (title: string) => fill(words.copyOf, { title, version: version.name || time(version.at) })
  return (
    <section className="version" aria-label={nameOf(version)}>
      <div className="version-head">
        {naming ? (
          <NameField
            label={words.name}
            name={version.name}
            done={(name) => {
              setNaming(false)
              if (name !== null && name.trim() !== '' && name.trim() !== version.name) named(name.trim())
            }}
          />
        ) : (
          <h3>{words.between}</h3>
        )}
        <span className="grow" />
        <button type="button" className="b fill small" disabled={!was} onClick={() => done(restore(id, version.id))}>
          {words.restore}
        </button>
        <Act icon="pencil" says={words.rename} run={() => setNaming(true)} />
        <Act icon="duplicate" says={words.duplicate} run={() => done(duplicateVersion(id, version.id, copy))} />
        <Act icon="trash" says={words.remove} run={away} />
      </div>
      {was === null && <p className="quiet">{words.unreadable}</p>}
      {was && <Since id={id} was={was} />}
    </section>
  )
}

function Since({ id, was }: { id: Id; was: Work }) {
  const is = useWorkNow(id)
  const sides = useMemo(() => is && sidesOfWorks(was, is, store.getState()), [was, is])
  return sides && <Between sides={sides} />
}

/** Null while it is being read, or where it cannot be. */
function useWorkNow(id: Id): Work | null {
  const open = useDesigner((s) => (s.id === id ? s.history.now : null))
  const [read, setRead] = useState<Work | null>(null)
  useEffect(() => {
    const place = here()
    if (open || !place) return
    workOfDesign(id, place).then(setRead, () => setRead(null))
  }, [id, open])
  return open ?? read
}
