import type { Lang, Text } from '../core/base/text'
import { type OutboundMode, outboundModes } from '../core/istio/mesh-config'
import { type Surroundings, surroundingsOfCase } from '../core/istio/surroundings'
import { read } from '../core/read/read'
import { type LabHop, labOutcome } from '../core/trace/lab-outcome'
import type { Layer, Trace } from '../core/trace/outcome'
import { titleOf } from '../core/trace/ref'
import { trace as walk } from '../core/trace/trace'
import type { DocumentId, Place } from '../core/yaml/document'
import { locate, type Parsed, parse, parseAll } from '../core/yaml/parse'
import { type Args, readArgs } from './args'
import { aroundYaml, problemOf, type Said } from './around'
import type { Command, Input, Output } from './kind'

const known = { values: ['url', 'from', 'gateway', 'outbound', 'case', 'curl', 'lang'], flags: ['json'] }

export const trace: Command = {
  name: 'trace',
  usage:
    'egress trace FILE|- ... --url URL [--from NAMESPACE/POD] [--gateway NAMESPACE/NAME[:LABELS] ...] [--outbound ALLOW_ANY|REGISTRY_ONLY|ALLOW_ANY_DYNAMIC_DNS] [--case FILE] [--curl ARGUMENT ...] [--lang en|zh] [--json]',
  says: 'walks a request through the YAML: each hop, what real proxies would log, what the app sees; --case names a case of the lab for what is around the YAML, else pods, gateways and hosts are those that the YAML and --from and --gateway speak of',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const url = args.values.url?.at(-1)
    if (url === undefined) return usage('Name the --url that is asked for.')
    const around = aroundOf(args, url, input)
    if ('problem' in around) return usage(around.problem)
    const sources = sourcesOf(args, around.yaml, input)
    if ('problem' in sources) return usage(sources.problem)
    const documents = sources.flatMap(({ parsed }) => parsed.documents)
    const mesh = read(documents)
    const said: Said = { from: args.values.from?.at(-1), gateways: args.values.gateway ?? [] }
    const wrong = problemOf(said)
    if (wrong) return usage(wrong)
    const surroundings = args.values.case ? around.surroundings : withYaml(around.surroundings, aroundYaml(documents, mesh, said))
    const [pod] = surroundings.pods
    const from = said.from ?? `${pod?.namespace}/${pod?.name}`
    const traced = walk(mesh, surroundings, { url, from, curl: args.values.curl ?? [] })
    const code = traced.unknown === null && traced.outcome.server !== null ? 0 : 1
    const err = problemsOf(sources, lang)
    return { out: args.flags.has('json') ? asJson(traced, sources) : asSteps(traced, sources, lang), err, code }
  },
}

/** Of a host that the URL names and an entry too, the entry says what it serves. */
const withYaml = (given: Surroundings, yaml: ReturnType<typeof aroundYaml>): Surroundings => ({
  ...given,
  ...yaml,
  hosts: { ...given.hosts, ...yaml.hosts },
})

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${trace.usage}\n`, code: 2 })

interface Source {
  file: string
  parsed: Parsed
}

interface Around {
  surroundings: Surroundings
  /** YAML that the case itself holds. */
  yaml: string | null
}

/** The lab's defaults, or what a case says; the URL's host is one of those that DNS knows. */
function aroundOf(args: Args, url: string, input: Input): Around | { problem: string } {
  const file = args.values.case?.at(-1)
  const text = file === undefined ? { text: '{}' } : input.read(file)
  if ('problem' in text) return text
  const of = parse(text.text).documents[0]?.object ?? {}
  const outbound = args.values.outbound?.at(-1)
  if (outbound !== undefined && !outboundModes.includes(outbound as OutboundMode))
    return { problem: `--outbound is ${outboundModes.join(', ')}, not ${outbound}.` }
  const requests = [...(Array.isArray(of.requests) ? of.requests : []), { url }]
  const surroundings = surroundingsOfCase({ ...of, requests, ...(outbound !== undefined && { outbound }) })
  return { surroundings, yaml: typeof of.yaml === 'string' ? of.yaml : null }
}

function sourcesOf(args: Args, yaml: string | null, input: Input): Source[] | { problem: string } {
  if (args.files.length === 0 && yaml === null) return { problem: 'Name a FILE of YAML, or - for standard input.' }
  const texts = args.files.length === 0 ? [{ file: args.values.case?.at(-1) ?? '', text: yaml ?? '' }] : []
  for (const file of args.files) {
    const text = input.read(file)
    if ('problem' in text) return text
    texts.push({ file, text: text.text })
  }
  const parsed = parseAll(texts.map(({ text }) => text))
  return texts.flatMap(({ file }, index) => (parsed[index] ? [{ file, parsed: parsed[index] }] : []))
}

/** What could not be read, as a compiler says it. */
function problemsOf(sources: readonly Source[], lang: Lang): string {
  return sources
    .flatMap(({ file, parsed }) =>
      parsed.findings
        .filter(({ level }) => level === 'error')
        .map(({ says, span }) => `${file}:${span ? lineAt(parsed.text, span.from) : 1}: ${says[lang]}\n`),
    )
    .join('')
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

interface Spot {
  object: string
  path: string
  file: string
  line: number
}

const nameOf = ({ kind, namespace, name }: DocumentId): string => `${kind} ${namespace}/${name}`

/** Where a place is written; null for what no YAML decided. */
function spotOf(place: Place | null, sources: readonly Source[]): Spot | null {
  if (!place) return null
  for (const { file, parsed } of sources) {
    const span = locate(parsed, place)
    if (span) return { object: nameOf(place.of), path: place.path.join('.'), file, line: lineAt(parsed.text, span.from) }
  }
  return null
}

/** The lab's own form, so that both can be compared field by field, and our sentences. */
function asJson({ request, outcome, steps, says, failure, unknown }: Trace, sources: readonly Source[]): string {
  const { status, exit, hops, server } = labOutcome(outcome)
  const told = steps.map(({ because, ...step }) => ({ ...step, at: titleOf(step.at), because: spotOf(because, sources) }))
  return `${JSON.stringify({ url: request.url, from: request.from, status, exit, hops, server, failure, says, unknown, steps: told }, null, 2)}\n`
}

const labels: Record<'wire' | 'log' | 'unknown', Text> = {
  wire: { en: 'on the wire', zh: '链路上' },
  log: { en: 'What the proxies log', zh: '代理日志' },
  unknown: { en: 'I do not know', zh: '不能确定' },
}

function asSteps({ steps, outcome, says, unknown }: Trace, sources: readonly Source[], lang: Lang): string {
  const lines = steps.flatMap((step, index) => {
    const spot = spotOf(step.because, sources)
    const mark = step.ok ? ' ' : '✗'
    const to = step.to ? ` -> ${step.to.host}:${step.to.port}` : ''
    return [
      `${String(index + 1).padStart(2)}.${mark} ${titleOf(step.at)}: ${step.says[lang]}${step.flag ? ` [${step.flag}]` : ''}`,
      ...(step.wire.length > 0 ? [`      ${labels.wire[lang]}: ${step.wire.map(layerText).join(' > ')}${to}`] : []),
      ...(spot ? [`      ${spot.file}:${spot.line}: ${spot.object}${spot.path && ` ${spot.path}`}`] : []),
    ]
  })
  const hops =
    !unknown && outcome.hops.length > 0 ? ['', `${labels.log[lang]}:`, ...labOutcome(outcome).hops.map((hop) => `  ${hopText(hop)}`)] : []
  return `${[...lines, ...hops, '', unknown ? `${labels.unknown[lang]}: ${unknown[lang]}` : says[lang]].join('\n')}\n`
}

const layerText = (layer: Layer): string =>
  layer.is === 'HTTP'
    ? `HTTP ${layer.host}`
    : layer.is === 'TCP'
      ? 'TCP'
      : `${layer.is}${layer.sni && ` sni=${layer.sni}`}${layer.peer && ` peer=${layer.peer}`}`

const hopText = ({ proxy, code, flags, details, sni, peer, cluster, failure }: LabHop): string =>
  [proxy, code, flags, details || '-', cluster || '-', sni && `sni=${sni}`, peer && `peer=${peer}`, failure]
    .filter((part) => part !== '' && part !== undefined)
    .join('  ')
