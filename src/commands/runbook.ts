import { check } from '../core/check'
import { dialects } from '../core/dialects'
import { plan } from '../core/plan/plan'
import { runbookOf } from '../core/runbook'
import { toMarkdown } from '../core/runbook-markdown'
import { toScript } from '../core/runbook-script'
import { examples } from '../examples'
import { readArgs } from './args'
import type { Command, Output } from './kind'
import { sourceOf } from './source'

const known = { values: ['flow', 'example', 'dialect', 'lang', 'format'], flags: ['json'] }

export const runbook: Command = {
  name: 'runbook',
  usage:
    "egress runbook [FILE|-] [--flow 'LINE' ...] [--example ID] [--dialect istio-v1|istio-v1alpha3] [--lang en|zh] [--format md|sh] [--json]",
  says: 'prints what to do in a real cluster, step by step, with what each command prints: as Markdown, or as a shell script with apply, verify and cleanup',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const format = args.values.format?.at(-1) ?? 'md'
    if (format !== 'md' && format !== 'sh') return usage(`--format is md or sh, not ${format}.`)
    const name = args.values.dialect?.at(-1) ?? 'istio-v1'
    const dialect = Object.values(dialects).find((candidate) => candidate.id === name)
    if (!dialect) return usage(`--dialect is ${Object.keys(dialects).join(' or ')}, not ${name}.`)
    const source = sourceOf(args, input, lang)
    if ('problem' in source) return usage(source.problem)
    if ('reasons' in source) return { out: '', err: source.reasons.map(({ line }) => `${line}\n`).join(''), code: 1 }
    const { design } = source
    const errors = [...check(design), ...plan(design, { preferRoute: dialect.preferRoute }).findings].filter(
      ({ level }) => level === 'error',
    )
    const says = [...source.warnings.map(({ line }) => line), ...errors.map((finding) => `error: ${finding.says[lang]} [${finding.rule}]`)]
    const err = says.map((line) => `${line}\n`).join('')
    if (errors.length > 0) return { out: '', err, code: 1 }
    const example = examples.find(({ id }) => id === args.values.example?.at(-1))
    const made = runbookOf(design, dialect, example?.requests)
    if (args.flags.has('json')) return { out: `${JSON.stringify(made, null, 2)}\n`, err, code: 0 }
    return { out: format === 'md' ? toMarkdown(made, lang) : toScript(made, lang), err, code: 0 }
  },
}

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${runbook.usage}\n`, code: 2 })
