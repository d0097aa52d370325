/** What every form of the inspector has: a head, tools, and the findings that no field shows. */

import type { ReactNode } from 'react'
import { memoLast } from '../../core/base/memo'
import type { Finding } from '../../core/yaml/finding'
import { askedAlong } from '../../store/actions/ask-path'
import { send } from '../../store/actions/asking'
import { perform, titleOf } from '../../store/actions/registry'
import { removeSelected } from '../../store/actions/selected'
import { select } from '../../store/actions/view'
import { problemsOn } from '../../store/derived/understand'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useText, useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
import { Complaint } from './FieldRow'

/** The head of the form: what it is about, and what can be done with the whole of it. */
export function Head({ title, more, children }: { title: string; more?: string; children?: ReactNode }) {
  const shell = useWords()
  return (
    <div className="pane-head">
      <i className="markbar" />
      <h2>{title}</h2>
      {more && (
        <span className="quiet ellipsis" title={more}>
          {more}
        </span>
      )}
      <span className="grow" />
      {children}
      <button type="button" className="b icon" aria-label={shell.close} title={shell.close} onClick={() => select([])}>
        <Icon name="close" />
      </button>
    </div>
  )
}

export function Tools({ hop }: { hop?: string }) {
  const shell = useWords()
  return (
    <>
      {!hop && <Tool icon="duplicate" word={shell.duplicate} title={titleOf('duplicate', shell)} run={() => perform('duplicate')} />}
      <Tool
        icon="trash"
        word={shell.removeThem}
        title={titleOf('remove', shell)}
        run={() => (hop ? removeSelected([hop]) : perform('remove'))}
      />
    </>
  )
}

/** Sends the request of the first road along a node or hop, and opens the Trace. */
export function SendTool({ id }: { id: string }) {
  const { strip: words } = useWords()
  const asked = useDesigner((s) => askedNow(designOf(s), id))
  if (!asked) return null
  return <Tool icon="send" word={words.sendHere} title={`${words.sendHere}: ${asked.url}`} run={() => send(asked)} />
}

/** The same object while design and thing are the same. */
const askedNow = memoLast(askedAlong)

const Tool = ({ icon, word, title, run }: { icon: IconName; word: string; title: string; run(): void }) => (
  <button type="button" className="b icon" aria-label={word} title={title} onClick={run}>
    <Icon name={icon} />
  </button>
)

const noFindings: readonly Finding[] = []

/** Findings of one thing, and which of them no field of the form shows. */
export function useFindings(id: string, fields: readonly string[]): { on(field: string): readonly Finding[]; rest: readonly Finding[] } {
  const all = useDesigner((s) => problemsOn(s, id))
  return {
    on: (field) => (all.length === 0 ? noFindings : all.filter((finding) => finding.field === field)),
    rest: all.filter((finding) => !finding.field || !fields.includes(finding.field)),
  }
}

export function Rest({ findings }: { findings: readonly Finding[] }) {
  const text = useText()
  if (findings.length === 0) return null
  return (
    <div className="complaints rest">
      {findings.map((finding, index) => (
        <Complaint key={`${finding.rule} ${index}`} level={finding.level} says={text(finding.says)} />
      ))}
    </div>
  )
}
