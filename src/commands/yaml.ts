import type { Lang } from '../core/base/text'
import { compile } from '../core/compile/compile'
import type { Dialect } from '../core/compile/dialects/kind'
import { plan } from '../core/compile/plan/plan'
import { print, textOf } from '../core/compile/print'
import { check } from '../core/model/check'
import type { Design } from '../core/model/design'
import type { Finding } from '../core/yaml/finding'
import { readArgs } from './args'
import { dialectIn, dialectUsage } from './dialect'
import type { Command, Output } from './kind'
import { type Reason, sourceOf } from './source'

const known = { values: ['flow', 'example', 'dialect', 'lang'], flags: ['json', 'no-comments'] }

export const yaml: Command = {
  name: 'yaml',
  usage: `egress yaml [FILE|-] [--flow 'LINE' ...] [--example ID] ${dialectUsage()} [--lang en|zh] [--no-comments] [--json]`,
  says: 'prints the Istio YAML of a design (JSON) or of flow notation',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const dialect = dialectIn(args)
    if ('problem' in dialect) return usage(dialect.problem)
    const source = sourceOf(args, input, lang)
    if ('problem' in source) return usage(source.problem)
    const json = args.flags.has('json')
    if ('reasons' in source)
      return json
        ? {
            ...asJson(
              '',
              source.reasons.map(({ finding }) => finding),
              [],
            ),
            code: 1,
          }
        : { out: '', err: lines(source.reasons.map(({ line }) => line)), code: 1 }
    return written(source.design, { dialect, lang, comments: !args.flags.has('no-comments'), json }, source.warnings)
  },
}

interface Wish {
  dialect: Dialect
  lang: Lang
  comments: boolean
  json: boolean
}

function written(design: Design, { dialect, lang, comments, json }: Wish, warnings: readonly Reason[]): Output {
  const findings = [...check(design), ...plan(design, { preferRoute: dialect.preferRoute }).findings]
  const errors = findings.filter((finding) => finding.level === 'error')
  const resources = compile(design, dialect)
  const text = textOf(print(resources, dialect, { comments, lang }))
  const says = lines([
    ...warnings.map(({ line }) => line),
    ...findings.filter((finding) => finding.level !== 'info').map((finding) => sentence(finding, lang)),
  ])
  const code = errors.length > 0 ? 1 : 0
  if (!json) return { out: code === 0 ? text : '', err: says, code }
  const told = [
    ...warnings.map(({ finding }) => finding),
    ...findings.map(({ says: sentences, ...finding }) => ({ ...finding, says: sentences[lang] })),
  ]
  const needs = resources.flatMap((resource) => resource.needs.map((need) => ({ says: need.says[lang], run: need.run })))
  return {
    ...asJson(
      text,
      told,
      resources.map(({ kind, name, namespace }) => ({ kind, name, namespace })),
      needs,
    ),
    code,
  }
}

/** Always the same four keys, so that a program needs no other case for a text that could not be read. */
const asJson = (yaml: string, findings: readonly object[], resources: readonly object[], needs: readonly object[] = []) => ({
  out: `${JSON.stringify({ yaml, findings, resources, needs }, null, 2)}\n`,
  err: '',
})

const sentence = (finding: Finding, lang: Lang): string =>
  `${finding.level}: ${finding.on ? `${finding.on}: ` : ''}${finding.says[lang]} [${finding.rule}]`
const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('')
const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${yaml.usage}\n`, code: 2 })
