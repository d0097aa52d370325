/** The YAML: what the picture says, or what a person writes, coloured, marked where the selection is. */
import { useState } from 'react'
import { plural, type Text } from '../core/base/text'
import type { Finding } from '../core/yaml/finding'
import { openPanel } from '../store/actions/view'
import { findingsOf } from '../store/derived/select'
import { docsOf, needsOf } from '../store/derived/written'
import { draftOf } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useCounted } from '../store/words/numbers'
import { fill, useText } from '../store/words/words'
import { Icon } from '../ui/icons'
import { Code } from './Code'
import { Head } from './Head'
import { useUnderstood } from './understood'
import { words } from './words'
import { Yours } from './Yours'
import './yaml.css'

export default function YamlPane() {
  const say = useText()
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
    <section className="yaml-pane" data-control="yaml" aria-label={say(words.yaml)}>
      <Head />
      <Crumbs line={line} />
      {drawing && !own && (
        <p className="yaml-note">
          <Icon name="error" size="s" className="err-text" />
          {say(words.problems)}
        </p>
      )}
      <div className="yaml-body">
        <Code onLine={setLine} />
        {objects === 0 && !own && <p className="yaml-nothing">{say(words.nothing)}</p>}
      </div>
      <Foot errors={errors} warnings={countOf(findings, 'warning')} objects={objects} line={line} />
    </section>
  )
}

const countOf = (findings: readonly Finding[], level: Finding['level']): number =>
  findings.filter((finding) => finding.level === level).length

/** What has to exist before the YAML is applied; opens the list of commands. */
function Beside() {
  const say = useText()
  const needs = useDesigner(needsOf)
  if (needs.length === 0) return null
  return (
    <button type="button" className="linkish" onClick={() => openPanel('needs')}>
      <Icon name="type" size="s" />
      {fill(say(words.needs), { n: needs.length })}
    </button>
  )
}

/** Which object the cursor is in. */
function Crumbs({ line }: { line: number }) {
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
    </div>
  )
}

function Foot({ errors, warnings, objects, line }: { errors: number; warnings: number; objects: number; line: number }) {
  const say = useText()
  const counted = useCounted()
  const lang = useDesigner((s) => s.lang)
  const count = (n: number, one: Text, many: Text) => fill(plural(lang, n, { one, other: many })[lang], { n: counted(n) })
  return (
    <footer className="yaml-foot">
      {errors > 0 && (
        <span>
          <Icon name="error" size="s" className="err-text" />
          {count(errors, words.error, words.errors)}
        </span>
      )}
      {warnings > 0 && (
        <span>
          <Icon name="warn" size="s" className="warn-text" />
          {count(warnings, words.warning, words.warnings)}
        </span>
      )}
      {errors + warnings === 0 && (
        <span>
          <Icon name="check" size="s" className="ok-text" />
          {say(words.noProblems)}
        </span>
      )}
      <span>{count(objects, words.object, words.objects)}</span>
      <Beside />
      <span className="grow" />
      <span>{fill(say(words.line), { n: line })}</span>
    </footer>
  )
}
