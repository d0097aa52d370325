/** The text beside another: in a dialect, as it was before a step, or one that is pasted or opened. Nothing is changed. */
import { type ChangeEvent, useDeferredValue, useId, useMemo, useState } from 'react'
import { compile } from '../../core/compile/compile'
import { type DialectId, dialects } from '../../core/compile/dialects'
import { print, textOf } from '../../core/compile/print'
import type { Design } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import { stepWord } from '../../store/actions/narrate'
import { textNow } from '../../store/derived/written'
import { designOf, type State, store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { pictureOf } from '../../store/text/drafting'
import { fill, useText, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { Changes } from './Changes'
import './import.css'
import { Picture } from './Picture'

/** So many steps are listed, the last first. */
const listed = 20

/** What stands on either side. */
interface Sides {
  before: string
  after: string
  was: Design | null
  is: Design | null
}

export default function Compare({ onClose }: { onClose(): void }) {
  const words = useWords()
  const { versus } = words
  const say = useText()
  const [other, setOther] = useState('text')
  const [typed, setTyped] = useState('')
  const pasted = useDeferredValue(typed)
  const history = useDesigner((s) => s.history)
  const sides = useMemo(() => sidesOf(store.getState(), other, pasted), [other, pasted])
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
          </select>
        </label>
        {other === 'text' && <Pasted typed={typed} onType={setTyped} />}
        {sides && <Changes before={sides.before} after={sides.after} />}
        {sides?.was && sides.is && <Picture before={sides.was} after={sides.is} />}
      </div>
    </Sheet>
  )
}

/** Null while nothing is there to compare with. */
function sidesOf(state: State, other: string, pasted: string): Sides | null {
  const [now, design] = [textNow(state), designOf(state)]
  const [is, which = ''] = other.split(' ')
  if (is === 'in') return { before: now, after: printed(design, which as DialectId, state), was: null, is: null }
  const step = is === 'step' ? state.history.past[Number(which)] : undefined
  if (step) return { before: textOfWork(step.value, state), after: now, was: step.value.design, is: design }
  return pasted.trim() === '' ? null : { before: now, after: pasted, was: design, is: pictureOf(pasted) }
}

const textOfWork = ({ draft, design }: Work, state: State): string => draft?.text ?? printed(design, state.dialect, state)

const printed = (design: Design, dialect: DialectId, { comments, lang }: State): string =>
  textOf(print(compile(design, dialects[dialect]), dialects[dialect], { comments, lang }))

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
