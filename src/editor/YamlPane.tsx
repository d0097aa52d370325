/** The YAML: what the picture says, or what a person writes, coloured, marked where the selection is. */

import { useState } from 'react'
import type { Finding } from '../core/yaml/finding'
import { openPanel } from '../store/actions/view'
import { findingsOf } from '../store/derived/select'
import { docsOf, needsOf } from '../store/derived/written'
import { draftOf } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useCount } from '../store/words/numbers'
import { fill, useWords } from '../store/words/words'
import { Icon } from '../ui/icons'
import { Code } from './Code'
import { Head } from './Head'
import { useUnderstood } from './understood'
import { Yours } from './Yours'
import './yaml.css'

export default function YamlPane() {
  const { yamlPane: words } = useWords()
  const own = useDesigner((s) => draftOf(s) !== null)
  const objects = useUnderstood(
    (from, s) => (draftOf(s) ? from.documentsOf(s).length : docsOf(s).length),
    (s) => docsOf(s).length,
  )
  const findings = useUnderstood((from, s) => from.problemsOf(s), findingsOf)
  const drawing = useDesigner((s) => findingsOf(s).some(({ level }) => level === 'error'))
  const [line, setLine] = useState(1)
  const errors = countOf(findings, 'error')
  return (
    <section className="yaml-pane" data-control="yaml" aria-label={words.yaml}>
      <Head />
      <Crumbs line={line} />
      {drawing && !own && (
        <p className="yaml-note">
          <Icon name="error" size="s" className="err-text" />
          {words.problems}
        </p>
      )}
      <div className="yaml-body">
        <Code onLine={setLine} />
        {objects === 0 && !own && <p className="yaml-nothing">{words.nothing}</p>}
      </div>
      <Foot errors={errors} warnings={countOf(findings, 'warning')} objects={objects} line={line} />
    </section>
  )
}

const countOf = (findings: readonly Finding[], level: Finding['level']): number =>
  findings.filter((finding) => finding.level === level).length

/** What has to exist before the YAML is applied; opens the list of commands. */
function Beside() {
  const { yamlPane: words } = useWords()
  const needs = useDesigner(needsOf)
  if (needs.length === 0) return null
  return (
    <button type="button" className="linkish" onClick={() => openPanel('needs')}>
      <Icon name="type" size="s" />
      {fill(words.needs, { n: needs.length })}
    </button>
  )
}

/** Which object the cursor is in. */
function Crumbs({ line }: { line: number }) {
  const { yamlPane: words } = useWords()
  const at = useUnderstood(
    (from, s) => from.objectOfLine(s, line),
    () => null,
  )
  return (
    <div className="yaml-crumbs">
      {at && (
        <>
          <span className="ellipsis">{at.kind}</span>
          <Icon name="right" />
          <b className="mono">{at.name}</b>
          <span className="grow" />
          <span className="yaml-at">
            {at.index + 1} / {at.count}
          </span>
        </>
      )}
      {!at && <span className="grow" />}
      <Yours />
      <button type="button" className="b icon" aria-label={words.compare} title={words.compare} onClick={() => openPanel('compare')}>
        <Icon name="beside" size="s" />
      </button>
    </div>
  )
}

function Foot({ errors, warnings, objects, line }: { errors: number; warnings: number; objects: number; line: number }) {
  const { yamlPane: words } = useWords()
  const shell = useWords()
  const count = useCount()
  return (
    <footer className="yaml-foot">
      {errors > 0 && (
        <span>
          <Icon name="error" size="s" className="err-text" />
          {count(shell.errors, errors)}
        </span>
      )}
      {warnings > 0 && (
        <span>
          <Icon name="warn" size="s" className="warn-text" />
          {count(shell.warnings, warnings)}
        </span>
      )}
      {errors + warnings === 0 && objects > 0 && (
        <span>
          <Icon name="check" size="s" className="ok-text" />
          {words.noProblems}
        </span>
      )}
      <span>{count(words.objects, objects)}</span>
      <Beside />
      <span className="grow" />
      <span>{fill(words.line, { n: line })}</span>
    </footer>
  )
}
