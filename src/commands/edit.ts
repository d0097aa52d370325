import type { Lang, Text } from '../core/base/text'
import { inOrder, lint } from '../core/check/lint'
import { type Source, sourceOfFiles } from '../core/edit/source'
import { type WrittenAs, writtenInto } from '../core/edit/write-back'
import type { Design } from '../core/model/design'
import { placed } from '../core/model/layout'
import { draw } from '../core/picture/draw'
import { surroundingsOf } from '../core/picture/drawn-surroundings'
import { read } from '../core/read/read'
import { deletionOf, writtenIn } from '../core/runbook/chapters/named'
import type { Fix } from '../core/yaml/document'
import { readArgs } from './args'
import { type Step, stepsOf } from './edit-steps'
import type { Command, Output } from './kind'
import { allSchemas } from './schemas'
import { unified } from './unified'

const known = { values: ['rename', 'add', 'remove', 'tls', 'fix', 'lang'], flags: ['diff', 'write', 'anyway'] }

export const edit: Command = {
  name: 'edit',
  usage:
    "egress edit FILE ...|- [--rename OLD=NEW ...] [--add 'FLOW LINE' ...] [--remove HOST|'FLOW LINE' ...] [--tls 'FROM to TO=MODE' ...] [--fix CODE|all] [--diff | --write] [--anyway] [--lang en|zh]",
  says: 'changes what the options say in YAML that somebody wrote, and nothing else, and prints it; --diff prints what changes, --write writes it; of several files, which are one configuration, each document stays in its own, and a new one comes to its kin, with --diff or --write alone; what would be lost or would no longer arrive is told, and then made with --anyway alone; exit status 3: there was nothing to change',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const { files, flags } = args
    if (files.length === 0) return usage('Name a FILE of YAML, or - for standard input.')
    if (new Set(files).size < files.length) return usage('Name each FILE once.')
    if (flags.has('write') && (files.includes('-') || flags.has('diff'))) return usage('--write needs a FILE, and goes without --diff.')
    if (files.length > 1 && !flags.has('write') && !flags.has('diff'))
      return usage('Several files are changed with --write, or shown with --diff.')
    const steps = stepsOf(args.values)
    if ('problem' in steps) return usage(steps.problem)
    const fix = args.values.fix?.at(-1)
    if (steps.length === 0 && fix === undefined) return usage('Say what to change: --rename, --add, --remove, --tls or --fix.')
    const texts: string[] = []
    for (const file of files) {
      const source = input.read(file)
      if ('problem' in source) return usage(source.problem)
      texts.push(source.text)
    }
    const made = edited(texts, steps, fix, flags.has('anyway'))
    if ('refused' in made) return { out: '', err: made.refused.map((says) => `${says[lang]}\n`).join(''), code: 1 }
    return told(files, texts, made, { diff: flags.has('diff'), write: flags.has('write') }, lang)
  },
}

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${edit.usage}\n`, code: 2 })

interface Made {
  texts: readonly string[]
  /** What is to be known of it: costs that were accepted, and objects to delete in the cluster. */
  says: readonly Text[]
}

/** The texts after each step; or why one cannot be made, and what it would cost. */
function edited(
  texts: readonly string[],
  steps: readonly Step[],
  fix: string | undefined,
  anyway: boolean,
): Made | { refused: readonly Text[] } {
  let now = sourceOfFiles(texts)
  const says: Text[] = []
  for (const step of steps) {
    const { documents } = now
    const before = draw(documents, read(documents), null).design
    const after = step(before)
    if ('refused' in after) return { refused: [after.refused] }
    if (after.design === before) continue
    const result = writtenInto(now, before, placed(after.design), allSchemas())
    if ('refused' in result) return { refused: [result.refused] }
    if (result.costs.length > 0 && !anyway) return { refused: result.costs }
    says.push(...result.costs, ...goneSays(result))
    now = sourceOfFiles(result.text)
  }
  return { texts: (fix === undefined ? now : fixed(now, fix)).written, says }
}

const goneSays = ({ gone }: WrittenAs<unknown>): Text[] =>
  gone.map((object) => {
    const { kind, namespace, name } = object
    const command = writtenIn([object]).map(deletionOf).join('')
    return {
      en: `${kind} ${namespace}/${name} is gone from the text; delete it in the cluster too: ${command}`,
      zh: `文本中已没有 ${kind} ${namespace}/${name}；请在集群中也删除它：${command}`,
    }
  })

type Files = Source<readonly string[]>

/** A fix may make another one possible; none is made twice for the same finding. */
const mostFixes = 200

function fixed(source: Files, code: string): Files {
  let now = source
  const tried = new Set<string>()
  for (let count = 0; count < mostFixes; count++) {
    const { documents } = now
    const mesh = read(documents)
    const design: Design = draw(documents, mesh, null).design
    const of = { documents, mesh, around: surroundingsOf(design, mesh) }
    const next = inOrder(of, lint(of)).find(
      ({ rule, fix, at }) => fix && (code === 'all' || rule === code) && !tried.has(keyOf(rule, fix, at)),
    )
    if (!next?.fix) return now
    tried.add(keyOf(next.rule, next.fix, next.at))
    const result = now.patched(next.fix.changes)
    if (!('refused' in result)) now = result
  }
  return now
}

const keyOf = (rule: string, fix: Fix, at: unknown): string => JSON.stringify([rule, fix.changes, at])

function told(
  names: readonly string[],
  before: readonly string[],
  { texts, says }: Made,
  { diff, write }: { diff: boolean; write: boolean },
  lang: Lang,
): Output {
  const err = says.map((each) => `${each[lang]}\n`).join('')
  const changed = names.flatMap((name, index) => {
    const [old = '', text = ''] = [before[index], texts[index]]
    return old === text ? [] : [{ name, old, text }]
  })
  if (changed.length === 0) return { out: diff || write ? '' : texts.join(''), err: 'There is nothing to change.\n', code: 3 }
  if (write) return { out: '', err, code: 0, files: changed.map(({ name, text }) => ({ name, text })) }
  if (!diff) return { out: texts.join(''), err, code: 0 }
  return {
    out: changed.map(({ name, old, text }) => unified(name === '-' ? 'standard-input.yaml' : name, old, text)).join(''),
    err,
    code: 0,
  }
}
