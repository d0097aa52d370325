/** Import: YAML is pasted, chosen as files or dropped; what it is is shown before it takes the place of what is drawn. */
import { type ChangeEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Work } from '../../core/model/work'
import { dismissHint } from '../../store/actions/view'
import { judged, type Verdict } from '../../store/derived/judging'
import { textNow } from '../../store/derived/written'
import { isArchive } from '../../store/documents/archive-file'
import { bring } from '../../store/documents/bring'
import { Refused } from '../../store/state/saying'
import { designOf, type Incoming } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { chosenOf } from '../../store/text/changed'
import { accept, decline, importText, pictureOf } from '../../store/text/drafting'
import { useCount, useCounted } from '../../store/words/numbers'
import { useTold } from '../../store/words/saying'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { Said } from '../Said'
import { Changes, type Choice } from './Changes'
import './import.css'
import { Picture } from './Picture'

export default function Import({ onClose }: { onClose(): void }) {
  const { importing: words } = useWords()
  const incoming = useDesigner((s) => s.incoming)
  const [typed, setTyped] = useState('')
  const [trouble, setTrouble] = useState('')
  const told = useTold()
  const before = useDesigner(textNow)
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set())
  const text = incoming?.is === 'read' ? incoming.text : null
  const chosen = useMemo(
    () => (text === null || leftOut.size === 0 ? null : chosenOf(before, text, (index) => !leftOut.has(index))),
    [before, text, leftOut],
  )
  const leave = () => {
    decline()
    onClose()
  }
  const read = async (from: string | readonly File[]) => {
    const [file] = typeof from === 'string' ? [new Blob([from])] : from
    if (file && (await isArchive(file))) return bring(file)
    if (from.length === 0 || (typeof from === 'string' && from.trim() === '')) return setTrouble(words.empty)
    setTrouble('')
    setLeftOut(new Set())
    importText(from).catch((error) => setTrouble(`${words.failed} ${error instanceof Refused ? told(error.says) : String(error)}`))
  }
  const take = () => {
    accept(chosen).then(() => {
      dismissHint()
      onClose()
    }, reportError)
  }
  const ready = incoming?.is === 'read'
  return (
    <Sheet
      title={words.title}
      close={words.close}
      onClose={leave}
      width={760}
      footer={
        <>
          <span className="quiet">{words.note}</span>
          <span className="grow" />
          {ready && (
            <button type="button" className="b line" onClick={decline}>
              {words.back}
            </button>
          )}
          {ready ? (
            <button type="button" className="b fill" onClick={take}>
              {words.accept}
            </button>
          ) : (
            <button type="button" className="b fill" disabled={incoming !== null} onClick={() => void read(typed)}>
              {words.read}
            </button>
          )}
        </>
      }
    >
      {!incoming && <Source typed={typed} onType={setTyped} onFiles={(files) => void read(files)} trouble={trouble} />}
      {incoming && <Coming incoming={incoming} before={before} chosen={chosen} leftOut={leftOut} onLeaveOut={setLeftOut} />}
    </Sheet>
  )
}

interface SourceProps {
  typed: string
  onType(text: string): void
  onFiles(files: readonly File[]): void
  trouble: string
}

function Source({ typed, onType, onFiles, trouble }: SourceProps) {
  const { importing: words } = useWords()
  const id = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.currentTarget.files ?? [])])
    event.currentTarget.value = ''
  }
  return (
    <div className="import">
      <p id={`${id}-how`}>{words.how}</p>
      <textarea
        className="input"
        rows={14}
        aria-label={words.text}
        aria-describedby={`${id}-how ${id}-trouble`}
        aria-invalid={trouble !== ''}
        spellCheck={false}
        placeholder={'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n…'}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <div className="import-files">
        <input
          ref={chooser}
          className="unseen"
          type="file"
          multiple
          accept=".yaml,.yml,.json,.txt,application/yaml,text/yaml,application/json,text/plain"
          aria-label={words.files}
          tabIndex={-1}
          onChange={chosen}
        />
        <button type="button" className="b line" onClick={() => chooser.current?.click()}>
          <Icon name="upload" size="s" />
          {words.files}
        </button>
        <span className="quiet">{words.drop}</span>
      </div>
      <p id={`${id}-trouble`} className="err-text" role="alert">
        {trouble}
      </p>
    </div>
  )
}

/** So many of what is not drawn are listed. */
const listed = 50

interface ComingProps extends Choice {
  incoming: Incoming
  /** The text that is there now. */
  before: string
  /** What is taken over where something is left out. */
  chosen: string | null
}

function Coming({ incoming, before, chosen, ...choice }: ComingProps) {
  const { importing: words } = useWords()
  const counted = useCounted()
  const [shows, setShows] = useState<'found' | 'changes'>('found')
  const id = useId()
  if (incoming.is === 'reading') {
    const { done, of } = incoming
    return (
      <div className="import" role="status">
        <p>{fill(words.reading, { done: counted(done), of: counted(of) })}</p>
        <progress value={of > 0 ? done : undefined} max={Math.max(1, of)} aria-label={words.title} />
      </div>
    )
  }
  // Over nothing at all everything is new.
  if (before === '') return <Found incoming={incoming} />
  return (
    <div className="import">
      <fieldset className="segments">
        <legend className="unseen">{words.views}</legend>
        {(['found', 'changes'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name={id} checked={shows === one} onChange={() => setShows(one)} />
            {words[one]}
          </label>
        ))}
      </fieldset>
      {shows === 'found' ? <Found incoming={incoming} /> : <Differing incoming={incoming} before={before} chosen={chosen} {...choice} />}
    </div>
  )
}

function Differing({ incoming, before, chosen, ...choice }: ComingProps & { incoming: Incoming & { is: 'read' } }) {
  const now = useDesigner(designOf)
  const after = useMemo(() => (chosen === null ? incoming.work.design : pictureOf(chosen)), [chosen, incoming])
  return (
    <>
      <Changes before={before} after={incoming.text} choice={choice} />
      {after && <Picture before={now} after={after} />}
    </>
  )
}

function Found({ incoming }: { incoming: Incoming & { is: 'read' } }) {
  const { importing: words } = useWords()
  const { says, notDrawn, work } = incoming
  const verdict = useVerdict(work)
  const shell = useWords()
  const count = useCount()
  const counted = useCounted()
  return (
    <div className="import">
      <ul className="import-says" role="status">
        {says.map((one, index) => (
          // They come all at once, and none goes.
          <li key={index}>
            <Said text={one} />
          </li>
        ))}
        {verdict && (
          <li className="import-verdict">
            <Icon
              name={verdict.errors > 0 ? 'error' : verdict.warnings > 0 ? 'warn' : 'check'}
              size="s"
              className={verdict.errors > 0 ? 'err-text' : verdict.warnings > 0 ? 'warn-text' : 'ok-text'}
            />
            {fill(words.verdict, {
              errors: count(shell.errors, verdict.errors),
              warnings: count(shell.warnings, verdict.warnings),
            })}
          </li>
        )}
      </ul>
      {notDrawn.length > 0 && (
        <>
          <h3>{words.notDrawn}</h3>
          <ul className="import-rest">
            {notDrawn.slice(0, listed).map(({ name, why }, index) => (
              <li key={`${index} ${name}`}>
                <code>{name}</code> <Said text={why} />
              </li>
            ))}
            {notDrawn.length > listed && <li>{fill(words.and, { n: counted(notDrawn.length - listed) })}</li>}
          </ul>
        </>
      )}
    </div>
  )
}

/** Counted once the dialog shows: a long text takes a moment. */
function useVerdict(work: Work): Verdict | null {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  useEffect(() => {
    let gone = false
    const timer = setTimeout(() => {
      judged(work).then((found) => !gone && setVerdict(found), reportError)
    }, 50)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [work])
  return verdict
}
