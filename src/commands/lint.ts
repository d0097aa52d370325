import { type Foretold, foretell } from '../core/analyze/analyze'
import { both, type Lang } from '../core/base/text'
import { inOrder, lint as judge } from '../core/check/lint'
import { whyOf } from '../core/check/why'
import { isWildcarded } from '../core/istio/host-name'
import { type Surroundings, surroundingsOfCase } from '../core/istio/surroundings'
import { legsOf } from '../core/lint/legs'
import { read } from '../core/read/read'
import type { RuleInput } from '../core/rules/kind'
import { shape } from '../core/schema/schema'
import { bypass } from '../core/trace/bypass'
import { type Finding, found } from '../core/yaml/finding'
import { locate, type Parsed, parse, parseAll } from '../core/yaml/parse'
import { type Args, readArgs } from './args'
import { aroundYaml, problemOf, type Said } from './around'
import type { Command, Input, Output } from './kind'
import { allSchemas } from './schemas'

const known = { values: ['world', 'from', 'gateway', 'outbound', 'istio', 'lang'], flags: ['json', 'bypass', 'analyze'] }

export const lint: Command = {
  name: 'lint',
  usage:
    'egress lint FILE|- ... [--world FILE] [--from NAMESPACE/POD] [--gateway NAMESPACE/NAME[:LABELS] ...] [--outbound ALLOW_ANY|REGISTRY_ONLY] [--istio VERSION] [--bypass] [--analyze] [--lang en|zh] [--json]',
  says: 'prints what is wrong with YAML, as file:line:column level code sentence; several files are one configuration; --world names a case of the lab for what is around them, else pods and gateways are those that the YAML speaks of; --bypass reports who can get past the gateway; --analyze, what istioctl analyze will say, and which of it is harmless',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    if (args.files.length === 0) return usage('Name a FILE of YAML, or - for standard input.')
    const wrong = problemOf(saidIn(args))
    if (wrong) return usage(wrong)
    const around = aroundOf(args, input)
    if ('problem' in around) return usage(around.problem)
    const texts: { file: string; text: string }[] = []
    for (const file of args.files) {
      const text = input.read(file)
      if ('problem' in text) return usage(text.problem)
      texts.push({ file, text: text.text })
    }
    const parsed = parseAll(texts.map(({ text }) => text))
    return told(
      texts.flatMap(({ file }, index) => (parsed[index] ? [{ file, parsed: parsed[index] }] : [])),
      around,
      lang,
      args,
    )
  },
}

const saidIn = ({ values }: Args): Said => ({ from: values.from?.at(-1), gateways: values.gateway ?? [] })

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${lint.usage}\n`, code: 2 })

interface Source {
  file: string
  parsed: Parsed
}

/** A finding where a person finds it. */
interface Spot {
  file: string
  line: number
  column: number
  finding: Finding
}

/** What a case says, or the lab's defaults. */
function aroundOf(args: Args, input: Input): Surroundings | { problem: string } {
  const file = args.values.world?.at(-1)
  const text = file === undefined ? { text: '{}' } : input.read(file)
  if ('problem' in text) return text
  const outbound = args.values.outbound?.at(-1)
  if (outbound !== undefined && outbound !== 'ALLOW_ANY' && outbound !== 'REGISTRY_ONLY')
    return { problem: `--outbound is ALLOW_ANY or REGISTRY_ONLY, not ${outbound}.` }
  const version = args.values.istio?.at(-1)
  if (version !== undefined && !/^\d+\.\d+/.test(version)) return { problem: `--istio is a version such as 1.32, not ${version}.` }
  const around = surroundingsOfCase({ ...parse(text.text).documents[0]?.object, ...(outbound && { outbound }) })
  return version === undefined ? around : { ...around, istio: version }
}

function told(sources: readonly Source[], given: Surroundings, lang: Lang, args: Args): Output {
  const documents = sources.flatMap(({ parsed }) => parsed.documents)
  const mesh = read(documents)
  const of: RuleInput = { documents, mesh, around: args.values.world ? given : { ...given, ...aroundYaml(documents, mesh, saidIn(args)) } }
  const objects = inOrder(of, [...shape(documents, allSchemas()), ...judge(of)])
  const spots = spotsOf(sources, objects)
  const sayings = args.flags.has('analyze') ? sayingsOf(sources, foretell(of)) : []
  const past = args.flags.has('bypass') ? bypasses(of) : []
  const code = spots.some(({ finding }) => finding.level === 'error') ? 1 : 0
  if (args.flags.has('json')) return { out: asJson(spots, sayings, past, lang), err: '', code }
  const lines = spots.map(
    ({ file, line, column, finding }) => `${file}:${line}:${column} ${finding.level} ${finding.rule} ${finding.says[lang]}\n`,
  )
  const ways = past.flatMap(({ client, host, ways: all }) =>
    all.map(({ way, says, closedBy }) => `${client} ${host} bypass ${way} ${says[lang]} ${closedBy[lang]}\n`),
  )
  const foretold = sayings.map(
    ({ file, line, column, finding }) => `${file}:${line}:${column} analyze ${finding.level} ${finding.rule} ${finding.says[lang]}\n`,
  )
  return { out: [...lines, ...foretold, ...ways].join(''), err: '', code }
}

interface Saying extends Spot {
  saying: Foretold
}

/** What analyze will say, with its place; the exit status does not go by it. */
function sayingsOf(sources: readonly Source[], all: readonly Foretold[]): Saying[] {
  const sayings = new Map(all.map((saying) => [sentenceOf(saying), saying]))
  return spotsOf(sources, [...sayings.keys()]).flatMap((spot) => {
    const saying = sayings.get(spot.finding)
    return saying ? [{ ...spot, saying }] : []
  })
}

const sentenceOf = ({ code, level, at, says, falseAlarm }: Foretold): Finding =>
  found(
    'rule',
    code,
    level,
    at,
    falseAlarm ? both(`${says.en} Harmless here: ${falseAlarm.en}`, `${says.zh}此处无害：${falseAlarm.zh}`) : says,
  )

/** In the order of the files, and in each of its lines. */
function spotsOf(sources: readonly Source[], objects: readonly Finding[]): Spot[] {
  const owner = new Map(sources.flatMap((source) => source.parsed.documents.map(({ id }) => [id.key, source] as const)))
  const lines = new Map(sources.map((source) => [source, linesOf(source.parsed.text)]))
  const spots = new Map<Source, Spot[]>(sources.map((source) => [source, []]))
  const put = (source: Source, finding: Finding) => {
    const offset = finding.span?.from ?? (finding.at ? (locate(source.parsed, finding.at)?.from ?? 0) : 0)
    spots.get(source)?.push({ file: source.file, ...positionOf(lines.get(source) ?? [0], offset), finding })
  }
  for (const source of sources) for (const finding of source.parsed.findings) put(source, finding)
  for (const finding of objects) {
    const source = finding.at ? owner.get(finding.at.of.key) : sources[0]
    if (source) put(source, finding)
  }
  return sources.flatMap((source) => (spots.get(source) ?? []).toSorted((a, b) => a.line - b.line || a.column - b.column))
}

/** Where each line begins. */
function linesOf(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Line and column of an offset, both counted from 1. */
function positionOf(starts: readonly number[], offset: number): { line: number; column: number } {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 }
}

/** Each client and each host that routes bring to a gateway. */
function bypasses(of: RuleInput) {
  const hosts = [...new Set(legsOf(of).flatMap((leg) => leg.hosts))].filter((host) => !isWildcarded(host))
  return of.around.pods.flatMap(({ namespace, name }) => hosts.map((host) => bypass(of.mesh, of.around, `${namespace}/${name}`, host)))
}

function asJson(spots: readonly Spot[], sayings: readonly Saying[], past: ReturnType<typeof bypasses>, lang: Lang): string {
  const findings = spots.map(({ file, line, column, finding }) => {
    const reason = whyOf(finding.rule)
    return {
      file,
      line,
      column,
      level: finding.level,
      rule: finding.rule,
      by: finding.by,
      says: finding.says[lang],
      ...(finding.at && {
        object: `${finding.at.of.kind} ${finding.at.of.namespace}/${finding.at.of.name}`,
        path: finding.at.path.join('.'),
      }),
      ...(finding.fix && { fix: finding.fix.says[lang] }),
      ...(reason && { title: reason.title[lang], why: reason.why[lang], links: reason.links }),
    }
  })
  const ways = past.map(({ ways: all, ...verdict }) => ({
    ...verdict,
    ways: all.map(({ way, takes, urls, says, closedBy }) => ({ way, takes, urls, says: says[lang], closedBy: closedBy[lang] })),
  }))
  const analyze = sayings.map(({ file, line, column, saying: { code, level, says, falseAlarm, links, at } }) => ({
    file,
    line,
    column,
    code,
    level,
    says: says[lang],
    falseAlarm: falseAlarm?.[lang] ?? null,
    links,
    object: `${at.of.kind} ${at.of.namespace}/${at.of.name}`,
    path: at.path.join('.'),
  }))
  return `${JSON.stringify({ findings, bypass: ways, ...(sayings.length > 0 && { analyze }) }, null, 2)}\n`
}
