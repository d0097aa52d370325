import { refused } from '../core/check/refused'
import { plan } from '../core/compile/plan/plan'
import { goneOf } from '../core/edit/gone'
import { check } from '../core/model/check'
import type { Design } from '../core/model/design'
import type { Own } from '../core/runbook/chapters/kind'
import { toMarkdown } from '../core/runbook/markdown'
import { type Runbook, runbookOf } from '../core/runbook/runbook'
import { toScript } from '../core/runbook/script'
import { type SchemaFile, schemasOf } from '../core/schema/schema'
import { parse } from '../core/yaml/parse'
import { examples } from '../examples'
import gatewayApi from '../schemas/gateway-api.json'
import istio from '../schemas/istio.json'
import kubernetes from '../schemas/kubernetes.json'
import { type Args, readArgs } from './args'
import { dialectIn, dialectUsage } from './dialect'
import type { Command, Input, Output } from './kind'
import { drawnOf, isYaml, sourceOf } from './source'

const known = { values: ['flow', 'example', 'dialect', 'lang', 'format', 'since'], flags: ['json'] }

export const runbook: Command = {
  name: 'runbook',
  usage: `egress runbook [FILE|-] [--flow 'LINE' ...] [--example ID] ${dialectUsage()} [--lang en|zh] [--format md|sh] [--since OLD_FILE] [--json]`,
  says: 'prints what to do in a real cluster, step by step, with what each command prints: as Markdown, or as a shell script with apply, verify and cleanup; of a FILE of YAML that very text is applied, and what OLD_FILE had and it has not is taken away',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const format = args.values.format?.at(-1) ?? 'md'
    if (format !== 'md' && format !== 'sh') return usage(`--format is md or sh, not ${format}.`)
    const dialect = dialectIn(args)
    if ('problem' in dialect) return usage(dialect.problem)
    const written = writtenIn(args, input)
    const since = args.values.since?.at(-1)
    const before = since === undefined ? null : input.read(since)
    if (before && 'problem' in before) return usage(before.problem)
    if (before && !written) return usage('--since needs a FILE of YAML.')
    if (written) {
      const gone = before ? goneOf(parse(before.text).documents, written.own.parsed.documents) : []
      const made = runbookOf(written.design, dialect, [], written.own, gone)
      const err = made.notes.map((note) => `warning: ${note[lang]}\n`).join('')
      return { out: args.flags.has('json') ? asJson(made) : format === 'md' ? toMarkdown(made, lang) : toScript(made, lang), err, code: 0 }
    }
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
    return { out: args.flags.has('json') ? asJson(made) : format === 'md' ? toMarkdown(made, lang) : toScript(made, lang), err, code: 0 }
  },
}

const asJson = (made: Runbook): string => `${JSON.stringify(made, null, 2)}\n`

/** A file of Kubernetes objects, and the picture of it; null where something else is named. */
function writtenIn({ files, values }: Args, input: Input): { design: Design; own: Own } | null {
  const [file] = files
  if (file === undefined || files.length > 1 || values.flow || values.example) return null
  const text = input.read(file)
  if ('problem' in text || !isYaml(text.text)) return null
  const { design, parsed } = drawnOf(text.text, file)
  const schemas = schemasOf([istio, gatewayApi, kubernetes] as unknown as SchemaFile[])
  return {
    design,
    own: { parsed, refused: new Set(parsed.documents.filter((document) => refused(document, schemas))) },
  }
}

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${runbook.usage}\n`, code: 2 })
