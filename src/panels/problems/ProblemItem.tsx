/** One problem: severity, code, headline, sentence, place, Fix, and a Why that unfolds. */

import { useEffect, useState } from 'react'
import { once } from '../../core/base/memo'
import { same } from '../../core/base/text'
import type { Why as Reason } from '../../core/check/why'
import { nodeOf } from '../../core/model/design'
import { lineOf } from '../../store/derived/lines'
import { designOf, type State } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { fill, nodeLabel, useWords } from '../../store/words/words'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import { Icon as AnyIcon } from '../../ui/icons'
import { OfferButton } from '../inspector/OfferButton'
import { Links } from '../Links'
import { Said } from '../Said'
import { FixButton } from './FixButton'
import { fixAllOf, type ProblemRow } from './problem-rows'

const icons: Record<ProblemRow['level'], FirstIcon> = { error: 'error', warning: 'warn', info: 'info' }

interface Props {
  row: ProblemRow
  all: readonly ProblemRow[]
  current: boolean
  onGo(row: ProblemRow): void
}

export function ProblemItem({ row, all, current, onGo }: Props) {
  const { strip: words } = useWords()
  const place = useDesigner((s) => placeWord(s, row))
  const [open, setOpen] = useState(false)
  const reason = useReason(row.code)
  return (
    <li className={`finding ${row.level}${current ? ' current' : ''}`} aria-current={current ? 'true' : undefined}>
      <button type="button" className="problem-go" onClick={() => onGo(row)}>
        <span className={`severity ${row.level}`}>
          <Icon name={icons[row.level]} size="s" />
          {words[row.level]}
        </span>
        <code className="problem-code">{row.code}</code>
        <span className="problem-says">
          {reason && (
            <b>
              <Said text={reason.title} />
            </b>
          )}{' '}
          <Said text={row.says} />
        </span>
        <span className="problem-place mono">{place}</span>
      </button>
      {row.fix ? <FixButton fix={row.fix} /> : row.offer && <OfferButton offer={row.offer} />}
      {reason && (
        <button
          type="button"
          className="b small"
          aria-expanded={open}
          aria-label={fill(words.whyOf, { code: row.code })}
          onClick={() => setOpen(!open)}
        >
          {words.why}
          <AnyIcon name="down" size="s" className={open ? 'up' : ''} />
        </button>
      )}
      {open && reason && <Why reason={reason} row={row} all={all} />}
    </li>
  )
}

/** `VirtualService cnn, line 96`, or the node or hop. */
function placeWord(state: State, { at, span, on }: ProblemRow): string {
  const line = lineOf(state, span ?? at)
  const lineWord = line === null ? '' : fill(state.words.strip.line, { n: line })
  if (at) return [`${at.of.kind} ${at.of.name}`, lineWord].filter(Boolean).join(' · ')
  if (lineWord) return lineWord
  if (!on) return ''
  const node = nodeOf(designOf(state), on)
  return node ? nodeLabel(state.words, node) : state.words.strip.inPicture
}

function Why({ reason, row, all }: { reason: Reason; row: ProblemRow; all: readonly ProblemRow[] }) {
  const { strip: words } = useWords()
  const count = all.filter(({ code, fix }) => code === row.code && fix).length
  const says = useCount()(words.fixAllSays, count)
  const fixAll = fixAllOf(all, row.code, same(says))
  return (
    <div className="problem-why">
      <p>
        <Said text={reason.why} />
      </p>
      <span className="problem-links">
        <Links to={reason.links} />
        {fixAll && <FixButton fix={fixAll.fix} of={fixAll.of} word={fill(words.fixAll, { n: fixAll.of.length, code: row.code })} />}
      </span>
    </div>
  )
}

const loadReasons = once(() => import('../../core/check/why'))

/** The reason behind a code, once the reasons are there; null for codes that nobody explains. */
function useReason(code: string): Reason | null {
  const [explain, setExplain] = useState<((code: string) => Reason | null) | null>(null)
  useEffect(() => {
    let gone = false
    void loadReasons().then(({ whyOf }) => {
      if (!gone) setExplain(() => whyOf)
    })
    return () => {
      gone = true
    }
  }, [])
  return explain && explain(code)
}
