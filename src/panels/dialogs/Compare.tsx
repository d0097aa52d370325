/** The text beside another: in a dialect, as it was before a step or in a version, or one that is pasted or opened. Nothing is changed. */
import { type ChangeEvent, useDeferredValue, useId, useMemo, useState } from 'react'
import { type DialectId, dialects } from '../../core/compile/dialects'
import type { Work } from '../../core/model/work'
import { stepWord } from '../../store/actions/narrate'
import { textNow } from '../../store/derived/written'
import { designOf, type State, store, workOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { pictureOf } from '../../store/text/drafting'
import { printedAs } from '../../store/text/work-text'
import { fill, useText, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { useVersionLabel, useVersions, useVersionWork } from '../documents/use-versions'
import { Between, type Sides, sidesOfWorks } from './Between'
import './import.css'

/** So many steps are listed, the last first. */
const listed = 20

export default function Compare({ onClose }: { onClose(): void }) {
  const words = useWords()
  const { versus } = words
  const say = useText()
  const [other, setOther] = useState('text')
  const [typed, setTyped] = useState('')
  const pasted = useDeferredValue(typed)
  const history = useDesigner((s) => s.history)
  const { list: versions } = useVersions(useDesigner((s) => s.id))
  const labelOf = useVersionLabel()
  const [is = '', which = ''] = other.split(' ')
  const version = useVersionWork(store.getState().id, is === 'version' ? which : undefined)
  const sides = useMemo(() => sidesOf(store.getState(), is, which, pasted, version), [is, which, pasted, version])
  const steps = history.past.map((_, index) => ({ index, word: stepWord(words, history.past[index + 1]?.label ?? history.label) }))
  return (
    <Sheet title={versus.title} close={words.close} onClose={onClose} width={760}>
      <div className="import">
        <label className="compare-with">
          <span>{versus.with}</span>
          <select className="input" value={other} onChange={(event) => setOther(event.currentTarget.value)}>
            <option value="text">{versus.text}</option>
            {Object.values(dialects).map(({ id, title }) => (
              <option key={id} value={`in ${id}`}>
                {fill(versus.dialect, { name: say(title) })}
              </option>
            ))}
            {steps
              .toReversed()
              .slice(0, listed)
              .map(({ index, word }) => (
                <option key={index} value={`step ${index}`}>
                  {fill(versus.before, { step: word })}
                </option>
              ))}
            {versions?.map((one) => (
              <option key={one.id} value={`version ${one.id}`}>
                {fill(words.versions.as, { version: labelOf(one) })}
              </option>
            ))}
          </select>
        </label>
        {other === 'text' && <Pasted typed={typed} onType={setTyped} />}
        {version === null && <p className="quiet">{words.versions.unreadable}</p>}
        {sides && <Between sides={sides} />}
      </div>
    </Sheet>
  )
}

/** Null while nothing is there to compare with. */
function sidesOf(state: State, is: string, which: string, pasted: string, version: Work | null | undefined): Sides | null {
  const [now, design] = [textNow(state), designOf(state)]
  if (is === 'in') return { before: now, after: printedAs(design, which as DialectId, state), was: null, is: null }
  if (is === 'version') return version ? sidesOfWorks(version, workOf(state), state) : null
  const step = is === 'step' ? state.history.past[Number(which)] : undefined
  if (step) return sidesOfWorks(step.value, workOf(state), state)
  return pasted.trim() === '' ? null : { before: now, after: pasted, was: design, is: pictureOf(pasted) }
}

function Pasted({ typed, onType }: { typed: string; onType(text: string): void }) {
  const { versus } = useWords()
  const id = useId()
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    const texts = await Promise.all([...(event.currentTarget.files ?? [])].map((file) => file.text()))
    onType(texts.map((text) => text.replace(/\r\n?/g, '\n').trimEnd()).join('\n---\n'))
  }
  return (
    <>
      <textarea
        className="input"
        rows={6}
        aria-label={versus.paste}
        placeholder={versus.paste}
        spellCheck={false}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <div className="import-files">
        <label htmlFor={id}>{versus.files}</label>
        <input id={id} type="file" multiple accept=".yaml,.yml,.json,.txt" onChange={(event) => void open(event).catch(reportError)} />
      </div>
    </>
  )
}
