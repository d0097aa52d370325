/** What istioctl analyze will say of the text, its false alarms told apart; below the problems, for most of it is none. */

import { useState } from 'react'
import { foretell, type Foretold as Saying } from '../../core/analyze/analyze'
import { memoLast } from '../../core/base/memo'
import type { RuleInput } from '../../core/rules/kind'
import type { Level } from '../../core/yaml/finding'
import { jump } from '../../store/actions/jump'
import { lineOf } from '../../store/derived/lines'
import { documentsOf, idsOfPlace, meshOf, spanOf, surroundingsNow, textOf } from '../../store/derived/understand'
import { type State, store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { fill, useWords } from '../../store/words/words'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import { Icon as AnyIcon } from '../../ui/icons'
import { Links } from '../Links'
import { Said } from '../Said'

/** The same array while text and surroundings are the same. */
const sayingsOf = (state: State): readonly Saying[] => sayingsFrom(documentsOf(state), meshOf(state), surroundingsNow(state))

const sayingsFrom = memoLast((documents: RuleInput['documents'], mesh: RuleInput['mesh'], around: RuleInput['around']): readonly Saying[] =>
  foretell({ documents, mesh, around }),
)

export function Foretold() {
  const { strip: words } = useWords()
  const [open, setOpen] = useState(false)
  // Of a long text it is told when somebody asks: every change of it would take half a second more.
  const sayings = useDesigner((s) => (open || textOf(s).length < long ? sayingsOf(s) : null))
  const count = useCount()
  const harmless = sayings?.filter(({ falseAlarm }) => falseAlarm).length ?? 0
  return (
    <section className="foretold" aria-label={words.sectionAnalyze}>
      <button type="button" className="foretold-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <AnyIcon name="down" size="s" className={open ? '' : 'folded'} />
        <b>{words.sectionAnalyze}</b>
        {sayings && (
          <span className="quiet">{sayings.length === 0 ? words.nothing : count(words.harmlessOf, harmless, { all: sayings.length })}</span>
        )}
      </button>
      {open && sayings && (
        <ul className="problem-list">
          {sayings.slice(0, shown).map((saying, index) => (
            <Item key={`${saying.code} ${index}`} saying={saying} />
          ))}
        </ul>
      )}
    </section>
  )
}

const long = 300_000

/** So many are listed; a long text repeats itself. */
const shown = 200

const icons: Record<Level, FirstIcon> = { error: 'error', warning: 'warn', info: 'info' }

function Item({ saying }: { saying: Saying }) {
  const { strip: words } = useWords()
  const { code, level, says, falseAlarm, links, at } = saying
  const line = useDesigner((s) => lineOf(s, at))
  const go = () => {
    const state = store.getState()
    jump(idsOfPlace(state, at), spanOf(state, at))
  }
  return (
    <li className={`finding ${level}`}>
      <button type="button" className="problem-go" onClick={go}>
        <span className={`severity ${level}`}>
          <Icon name={icons[level]} size="s" />
          {words[level]}
        </span>
        <code className="problem-code">{code}</code>
        <span className="problem-says">
          <Said text={says} />
        </span>
        <span className="problem-place mono">
          {at.of.kind} {at.of.name}
          {line !== null && ` · ${fill(words.line, { n: line })}`}
        </span>
      </button>
      <div className="problem-why">
        {falseAlarm && (
          <p>
            <AnyIcon name="check" size="s" className="ok-text" /> <b>{words.harmless}.</b> <Said text={falseAlarm} />
          </p>
        )}
        <Links to={links} />
      </div>
    </li>
  )
}
