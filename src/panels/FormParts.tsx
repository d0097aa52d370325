/** What every form of the inspector has: a head, tools, and the findings that no field shows. */
import type { ReactNode } from 'react'
import type { Finding } from '../core/finding'
import { remove, select } from '../store/actions'
import { perform, titleOf } from '../store/deeds'
import { findingsOn } from '../store/select'
import { useDesigner } from '../store/use'
import { useText, useWords } from '../store/words'
import { Icon, type IconName } from '../ui/icons'
import { Complaint } from './FieldRow'

/** The head of the form: what it is about, and what can be done with the whole of it. */
export function Head({ title, more, children }: { title: string; more?: string; children?: ReactNode }) {
  const words = useWords()
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
      <button type="button" className="b icon" aria-label={words.close} title={words.close} onClick={() => select([])}>
        <Icon name="close" />
      </button>
    </div>
  )
}

export function Tools({ hop }: { hop?: string }) {
  const words = useWords()
  const lang = useDesigner((s) => s.lang)
  return (
    <>
      {!hop && <Tool icon="duplicate" word={words.duplicate} title={titleOf('duplicate', lang)} run={() => perform('duplicate')} />}
      <Tool icon="trash" word={words.removeThem} title={titleOf('remove', lang)} run={() => (hop ? remove([hop]) : perform('remove'))} />
    </>
  )
}

const Tool = ({ icon, word, title, run }: { icon: IconName; word: string; title: string; run(): void }) => (
  <button type="button" className="b icon" aria-label={word} title={title} onClick={run}>
    <Icon name={icon} />
  </button>
)

const noFindings: readonly Finding[] = []

/** Findings of one thing, and which of them no field of the form shows. */
export function useFindings(id: string, fields: readonly string[]): { on(field: string): readonly Finding[]; rest: readonly Finding[] } {
  const all = useDesigner((s) => findingsOn(s, id))
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
