/** What is selected, as a form. It is drawn from the fields of the kinds and knows none of them. */
import { type ReactNode } from 'react'
import { hopOf, isAppHop, nodeOf } from '../core/design'
import type { Finding } from '../core/finding'
import { remove, select } from '../store/actions'
import { perform, titleOf } from '../store/deeds'
import { findingsOn } from '../store/select'
import { designOf } from '../store/store'
import { useDesigner } from '../store/use'
import { fill, useText, useWords } from '../store/words'
import { Icon, type IconName } from '../ui/icons'
import { CallForm } from './CallForm'
import { DesignForm } from './DesignForm'
import { Complaint } from './FieldRow'
import { NodeForm } from './NodeForm'
import { WireForm } from './WireForm'
import './inspector.css'

export default function Inspector() {
  const words = useWords()
  return (
    <section className="inspector" aria-label={words.inspector}>
      <Selected />
    </section>
  )
}

function Selected() {
  const selected = useDesigner((s) => s.selected)
  const [id] = selected
  const node = useDesigner((s) => (id ? nodeOf(designOf(s), id) : undefined))
  const hop = useDesigner((s) => (id ? hopOf(designOf(s), id) : undefined))
  if (selected.length > 1) return <Many count={selected.length} />
  if (node) return <NodeForm key={node.id} node={node} />
  if (hop) return isAppHop(hop) ? <CallForm key={hop.id} hop={hop} /> : <WireForm key={hop.id} hop={hop} />
  return <DesignForm />
}

function Many({ count }: { count: number }) {
  const words = useWords()
  return (
    <Head title={fill(words.manySelected, { n: count })}>
      <Tools />
    </Head>
  )
}

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
