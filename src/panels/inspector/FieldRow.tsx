/** One field of a node or hop, drawn from its description: sentence of help, complaint, and a button that puts it right. */
import { type ReactNode, useId, useRef, useState } from 'react'
import type { Field } from '../../core/model/field'
import type { Finding } from '../../core/yaml/finding'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { isListed, parsed, printed, repaired, troubles } from './values'

interface Props {
  field: Field
  value: unknown
  /** Findings on this field; what its own check says is known here already. */
  findings: readonly Finding[]
  placeholder?: string
  must?: boolean
  help?: string
  /** `step` joins what is typed during one visit of the field into one entry of the history. */
  onCommit(value: unknown, step: string): void
}

let visits = 0

export function FieldRow(props: Props) {
  if (props.field.type === 'flag') return <FlagRow {...props} />
  if (props.field.type === 'choice') return <ChoiceRow {...props} />
  return <TextRow {...props} />
}

function TextRow({ field, value, findings, placeholder, must = field.id === 'name', help, onCommit }: Props) {
  const text = useText()
  const id = useId()
  const step = useRef('')
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? printed(field, value)
  const wrong = troubles(field, shown, must)
  const others = findings.filter((finding) => finding.rule !== 'field')
  const commit = (next: string) => {
    const result = parsed(field, next)
    setTyped(next)
    if (result) onCommit(result.value, step.current)
    return result
  }
  const leave = () => {
    if (parsed(field, shown)) setTyped(null)
  }
  return (
    <Row id={id} field={field} help={help}>
      <input
        id={id}
        className="input"
        value={shown}
        spellCheck={false}
        autoComplete="off"
        inputMode={field.type === 'number' ? 'numeric' : undefined}
        placeholder={placeholder ?? field.placeholder}
        aria-invalid={wrong.length > 0 || others.some((finding) => finding.level === 'error')}
        aria-describedby={`${id}-help ${id}-says`}
        onFocus={() => {
          step.current = `field ${++visits}`
        }}
        onChange={(event) => commit(event.currentTarget.value)}
        onBlur={leave}
      />
      <div id={`${id}-says`} className="complaints">
        {wrong.map(({ entry, says, offer }) => (
          <Complaint
            key={entry}
            says={text(says)}
            offer={offer}
            onUse={(next) => commit(repaired(field, shown, entry, next)) && setTyped(null)}
          />
        ))}
        {others.map((finding) => (
          <Complaint
            key={finding.rule}
            level={finding.level}
            says={text(finding.says)}
            offer={finding.offer}
            onUse={(next) => commit(isListed(field) && shown ? `${shown}, ${next}` : next) && setTyped(null)}
          />
        ))}
      </div>
    </Row>
  )
}

function ChoiceRow({ field, value, findings, placeholder, onCommit }: Props) {
  const words = useWords()
  const text = useText()
  const id = useId()
  return (
    <Row id={id} field={field}>
      <span className="chosen wide">
        <select
          id={id}
          className="input"
          value={String(value ?? '')}
          aria-describedby={`${id}-help ${id}-says`}
          onChange={(event) => onCommit(event.currentTarget.value || undefined, '')}
        >
          <option value="">{placeholder ?? words.automatic}</option>
          {field.choices?.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
        <Icon name="down" size="s" />
      </span>
      <div id={`${id}-says`} className="complaints">
        {findings.map((finding) => (
          <Complaint
            key={finding.rule}
            level={finding.level}
            says={text(finding.says)}
            offer={finding.offer}
            onUse={(next) => onCommit(next, '')}
          />
        ))}
      </div>
    </Row>
  )
}

function FlagRow({ field, value, findings, onCommit }: Props) {
  const text = useText()
  const id = useId()
  return (
    <Row id={id} field={field}>
      <label className="flag">
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          aria-label={text(field.title)}
          aria-describedby={`${id}-help`}
          onChange={(event) => onCommit(event.currentTarget.checked, '')}
        />
      </label>
      <div className="complaints">
        {findings.map((finding) => (
          <Complaint key={finding.rule} level={finding.level} says={text(finding.says)} />
        ))}
      </div>
    </Row>
  )
}

function Row({ id, field, help, children }: { id: string; field: Field; help?: string | undefined; children: ReactNode }) {
  const text = useText()
  return (
    <div className="row">
      <label htmlFor={id}>{text(field.title)}</label>
      <div className="cell">
        {children}
        <p className="help" id={`${id}-help`}>
          {help ?? text(field.help)}
        </p>
      </div>
    </div>
  )
}

export function Complaint({
  says,
  level = 'error',
  offer,
  onUse,
}: {
  says: string
  level?: Finding['level']
  offer?: string | undefined
  onUse?(offer: string): void
}) {
  const words = useWords()
  return (
    <p className={`note ${level}`}>
      <Icon name={level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'info'} size="s" />
      <span className="grow">{says}</span>
      {offer !== undefined && onUse && (
        <button type="button" className="b line small" onClick={() => onUse(offer)}>
          <Icon name="bulb" size="s" />
          {fill(words.use, { value: offer })}
        </button>
      )}
    </p>
  )
}
