/** Import: YAML is pasted, chosen as files or dropped; what it is is shown before it takes the place of what is drawn. */
import '../../store/words/later-words'
import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react'
import { both, plural, type Text } from '../../core/base/text'
import type { Work } from '../../core/model/work'
import { dismissHint } from '../../store/actions/view'
import { judged, type Verdict } from '../../store/derived/judging'
import type { Incoming } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { accept, decline, importText } from '../../store/text/drafting'
import { useCounted } from '../../store/words/numbers'
import { fill, useText } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { Said } from '../Said'
import './import.css'

const words = {
  title: both('Import', '导入'),
  close: both('Close', '关闭'),
  how: both(
    'Any YAML of Istio, the Gateway API and Kubernetes, several documents or files. Nothing leaves this browser.',
    '任意 Istio、Gateway API 与 Kubernetes 的 YAML，可含多个文档或文件。内容不会离开此浏览器。',
  ),
  text: both('YAML to import', '要导入的 YAML'),
  files: both('Choose files', '选择文件'),
  drop: both('or drop them anywhere on the page', '或拖放到页面任意位置'),
  read: both('Read', '读取'),
  reading: both('Reading: {done} of {of} documents', '正在读取：{done} / {of} 个文档'),
  found: both('What was read', '读取结果'),
  verdict: both('{errors}, {warnings}', '{errors}，{warnings}'),
  error: both('{n} error', '{n} 个错误'),
  errors: both('{n} errors', '{n} 个错误'),
  warning: both('{n} warning', '{n} 个警告'),
  warnings: both('{n} warnings', '{n} 个警告'),
  notDrawn: both('Not drawn, kept unchanged', '未画出，原样保留'),
  accept: both('Accept', '接受'),
  back: both('Back', '返回'),
  note: both('It takes the place of the design; undo brings that back.', '它将替换当前设计；撤销可恢复。'),
  empty: both('Paste some YAML, or choose a file.', '请粘贴 YAML，或选择文件。'),
  failed: both('It could not be read:', '无法读取：'),
  and: both('and {n} more', '以及另外 {n} 项'),
}

export default function Import({ onClose }: { onClose(): void }) {
  const say = useText()
  const incoming = useDesigner((s) => s.incoming)
  const [typed, setTyped] = useState('')
  const [trouble, setTrouble] = useState('')
  const leave = () => {
    decline()
    onClose()
  }
  const read = (from: string | readonly File[]) => {
    if (from.length === 0 || (typeof from === 'string' && from.trim() === '')) return setTrouble(say(words.empty))
    setTrouble('')
    importText(from).catch((error) => setTrouble(`${say(words.failed)} ${error instanceof Error ? error.message : String(error)}`))
  }
  const take = () => {
    accept()
    dismissHint()
    onClose()
  }
  const ready = incoming?.is === 'read'
  return (
    <Sheet
      title={say(words.title)}
      close={say(words.close)}
      onClose={leave}
      width={760}
      footer={
        <>
          <span className="quiet">{say(words.note)}</span>
          <span className="grow" />
          {ready && (
            <button type="button" className="b line" onClick={decline}>
              {say(words.back)}
            </button>
          )}
          {ready ? (
            <button type="button" className="b fill" onClick={take}>
              {say(words.accept)}
            </button>
          ) : (
            <button type="button" className="b fill" disabled={incoming !== null} onClick={() => read(typed)}>
              {say(words.read)}
            </button>
          )}
        </>
      }
    >
      {!incoming && <Source typed={typed} onType={setTyped} onFiles={read} trouble={trouble} />}
      {incoming && <Coming incoming={incoming} />}
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
  const say = useText()
  const id = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.currentTarget.files ?? [])])
    event.currentTarget.value = ''
  }
  return (
    <div className="import">
      <p id={`${id}-how`}>{say(words.how)}</p>
      <textarea
        className="input"
        rows={14}
        aria-label={say(words.text)}
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
          aria-label={say(words.files)}
          tabIndex={-1}
          onChange={chosen}
        />
        <button type="button" className="b line" onClick={() => chooser.current?.click()}>
          <Icon name="upload" size="s" />
          {say(words.files)}
        </button>
        <span className="quiet">{say(words.drop)}</span>
      </div>
      <p id={`${id}-trouble`} className="err-text" role="alert">
        {trouble}
      </p>
    </div>
  )
}

/** So many of what is not drawn are listed. */
const listed = 50

function Coming({ incoming }: { incoming: Incoming }) {
  const say = useText()
  const counted = useCounted()
  if (incoming.is === 'reading') {
    const { done, of } = incoming
    return (
      <div className="import" role="status">
        <p>{fill(say(words.reading), { done: counted(done), of: counted(of) })}</p>
        <progress value={of > 0 ? done : undefined} max={Math.max(1, of)} aria-label={say(words.title)} />
      </div>
    )
  }
  return <Found incoming={incoming} />
}

function Found({ incoming }: { incoming: Incoming & { is: 'read' } }) {
  const say = useText()
  const { says, notDrawn, work } = incoming
  const verdict = useVerdict(work)
  const counted = useCounted()
  const lang = useDesigner((s) => s.lang)
  const count = (n: number, one: Text, many: Text) => fill(plural(lang, n, { one, other: many })[lang], { n: counted(n) })
  return (
    <div className="import">
      <h3>{say(words.found)}</h3>
      <ul className="import-says" role="status">
        {says.map((one, index) => (
          <li key={`${index} ${one.en}`}>
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
            {fill(say(words.verdict), {
              errors: count(verdict.errors, words.error, words.errors),
              warnings: count(verdict.warnings, words.warning, words.warnings),
            })}
          </li>
        )}
      </ul>
      {notDrawn.length > 0 && (
        <>
          <h3>{say(words.notDrawn)}</h3>
          <ul className="import-rest">
            {notDrawn.slice(0, listed).map(({ name, why }, index) => (
              <li key={`${index} ${name}`}>
                <code>{name}</code> <Said text={why} />
              </li>
            ))}
            {notDrawn.length > listed && <li>{fill(say(words.and), { n: counted(notDrawn.length - listed) })}</li>}
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
