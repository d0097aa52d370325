/** The runbook of a design: what to do in a real cluster, from an empty one to a clean one, and what is printed at each step. */
import { foretell } from '../analyze/analyze'
import { both, type Text } from '../base/text'
import { compile } from '../compile/compile'
import type { Dialect } from '../compile/dialects/kind'
import { plan as planOf } from '../compile/plan/plan'
import { print, textOf } from '../compile/print'
import type { Need, Resource } from '../compile/resource'
import { hostBelow, subsetOf } from '../istio/host-name'
import type { Surroundings } from '../istio/surroundings'
import { check } from '../model/check'
import { type Design, type Node, namespaceOf } from '../model/design'
import { type Path, pathsOf } from '../model/path'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import type { Request, Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import type { Document } from '../yaml/document'
import { parse } from '../yaml/parse'
import { withoutKeys } from '../yaml/secrets/keys'
import { chapters } from './chapters'
import type { Block, Flow, Named, Own, Subject } from './chapters/kind'
import { notesOn, resourcesIn } from './chapters/own-text'
import { notesOnOptions, optionsIn, withoutOptions } from './options'

export interface Runbook {
  title: string
  /** What has to be known before all else: what of the design or the text is left out. */
  notes: Text[]
  chapters: { id: string; title: Text; says: Text; blocks: Block[] }[]
}

/** A request that shows what a design does, such as an example's: `from` is namespace/pod. */
export interface Asked {
  from: string
  url: string
  says: Text
}

/**
 * The chapters that a design needs, in the order in which they are followed; one without blocks is left out. The flows are `asked`, and every
 * path of the design that none of them takes. `own` is the person's text where it is in place of what the design prints: that text is
 * applied, word by word, and taken away again. `gone`: what that text had before, and has no more. How flows end is what the tracer says of the text. Never throws; a design with errors gets a
 * runbook of what could be compiled, and says so in its notes.
 */
export const runbookOf = (...of: Sources): Runbook => ended(runbookSteps(...of))

type Sources = [design: Design, dialect: Dialect, asked?: readonly Asked[], own?: Own | null, gone?: readonly Named[]]

/** The same in steps, so that a page does not freeze over a thousand hosts. */
export function* runbookSteps(...[drawn, dialect, asked, own, gone]: Sources): Generator<undefined, Runbook> {
  const design = withoutKeys(drawn)
  const of = yield* subjectSteps(design, dialect, asked, own, gone)
  const written: Runbook['chapters'] = []
  const options = optionsIn(of)
  for (const { id, title, says, blocks } of chapters) {
    written.push({ id, title, says, blocks: withoutOptions(blocks(of), options) })
    yield
  }
  const notes = [...(own ? notesOn(own) : wrongIn(of)), ...notesOnOptions(options)]
  return { title: design.name, notes, chapters: written.filter(({ blocks }) => blocks.length > 0) }
}

function ended<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The errors of a design, a sentence each: what they touch could not be compiled. */
function wrongIn({ design, plan }: Subject): Text[] {
  const errors = [...check(design), ...plan.findings].filter(({ level }) => level === 'error')
  const left = both('The design has errors: what they touch is missing here, or wrong.', '设计中有错误：相关部分在此缺失或有误。')
  return errors.length === 0 ? [] : [left, ...errors.map(({ says }) => says)]
}

/** All that chapters are written from. */
export const subjectOf = (...of: Sources): Subject => ended(subjectSteps(...of))

function* subjectSteps(...[design, dialect, asked = [], own = null, gone = []]: Sources): Generator<undefined, Subject> {
  const compiled = compile(design, dialect)
  yield
  const documents = own ? takenOf(own) : parse(textOf(print(compiled, dialect, { comments: false, lang: 'en' }))).documents
  yield
  const mesh = read(documents)
  const paths = pathsOf(design)
  const asks = [...asked.flatMap((ask) => askOf(design, paths, ask)), ...restOf(design, paths, asked)]
  const around = withAsked(surroundingsOf(design, own ? mesh : null), asks)
  const flows: Flow[] = []
  for (const ask of asks) {
    yield
    flows.push(flowOf(ask, (request) => trace(mesh, around, request)))
  }
  return {
    design,
    dialect,
    plan: planOf(design, { preferRoute: dialect.preferRoute }),
    resources: own ? resourcesIn(own) : compiled,
    needs: needsOf(compiled),
    own,
    gone,
    flows,
    foretold: foretell({ documents, mesh, around }),
  }
}

function flowOf(ask: Ask, traced: (request: Request) => Trace): Flow {
  const resolve = resolveOf(ask)
  const curl = resolve === null ? [] : ['--resolve', resolve]
  return {
    ...ask,
    raw: ask.path?.speaks === 'TCP',
    resolve,
    trace: traced({ from: podOf(ask.pod), url: ask.url.replace(/^tcp:/, 'http:'), curl }),
  }
}

const takenOf = ({ parsed, refused }: Own): readonly Document[] =>
  refused.size === 0 ? parsed.documents : parsed.documents.filter((document) => !refused.has(document))

/** Each once: several objects may ask for the same Secret. What makes the files comes first, for Secrets are made of them. */
function needsOf(resources: readonly Resource[]): Need[] {
  const needs = new Map(resources.flatMap(({ needs }) => needs).map((need) => [need.run, need]))
  return [...needs.values()]
}

type Ask = Pick<Flow, 'pod' | 'url' | 'says' | 'path'>

const podOf = (pod: Node): string => `${namespaceOf(pod)}/${pod.name}`
const schemes = { HTTP: 'http', HTTPS: 'https', TCP: 'tcp' } as const

/** No DNS knows the test server’s host. Any address will do, for the sidecar goes by the name; but TCP has none, and goes by its own. */
function resolveOf({ url, path }: Ask): string | null {
  const called = calledBy(url)
  if (!called || !path?.host.fields.testServer) return null
  const address = path.speaks === 'TCP' ? path.host.fields.addresses?.[0] : undefined
  return `${called.host}:${called.port}:${address ?? '1.1.1.1'}`
}

interface Called {
  scheme: string
  host: string
  port: number
}

function calledBy(url: string): Called | null {
  const parts = /^(https?|tcp):\/\/([^/:?#]+)(?::(\d+))?/.exec(url)
  if (!parts) return null
  const [, scheme = '', host = '', port] = parts
  return { scheme, host, port: port ? Number(port) : scheme === 'https' ? 443 : 80 }
}

const takes = (path: Path, from: string, { scheme, host, port }: Called): boolean =>
  podOf(path.pod) === from && schemes[path.speaks] === scheme && path.dialled === port && subsetOf(host, path.host.name)

/** A request that somebody asked for; none from a pod that the design has not. */
function askOf(design: Design, paths: readonly Path[], { from, url, says }: Asked): Ask[] {
  const pod = design.nodes.find((node) => node.kind === 'pod' && podOf(node) === from)
  const called = calledBy(url)
  if (!pod || !called) return []
  return [{ pod, url, says, path: paths.find((path) => takes(path, from, called)) ?? null }]
}

/** A request along each path that nobody asked for, and one to where nothing is drawn, if that is to be stopped and nobody asked for such. */
function restOf(design: Design, paths: readonly Path[], asked: readonly Asked[]): Ask[] {
  const known = asked.flatMap(({ from, url }) => {
    const called = calledBy(url)
    return called ? [{ from, called }] : []
  })
  const rest = paths.filter((path) => !known.some(({ from, called }) => takes(path, from, called)))
  const strays = known.some(({ from, called }) => !paths.some((path) => takes(path, from, called)))
  return [...rest.map(alongOf), ...(strays ? [] : undrawn(design, paths))]
}

function alongOf(path: Path): Ask {
  const usual = path.dialled === (path.speaks === 'HTTPS' ? 443 : path.speaks === 'HTTP' ? 80 : 0)
  const host = hostBelow(path.host.name, 'www')
  const url = `${schemes[path.speaks]}://${host}${usual ? '' : `:${path.dialled}`}${path.speaks === 'TCP' ? '' : '/'}`
  const says = path.gateway
    ? both(`${path.pod.name} asks ${host} through ${path.gateway.name}.`, `${path.pod.name} 经 ${path.gateway.name} 访问 ${host}。`)
    : both(`${path.pod.name} asks ${host} straight.`, `${path.pod.name} 直接访问 ${host}。`)
  return { pod: path.pod, url, says, path }
}

function undrawn(design: Design, paths: readonly Path[]): Ask[] {
  const guarded = new Set(design.guards.map((guard) => guard.namespace))
  const closed = design.world.outbound === 'REGISTRY_ONLY'
  const pods = new Set(paths.map((path) => path.pod).filter((pod) => closed || guarded.has(namespaceOf(pod))))
  const says = both('Nobody drew this host: the request is stopped.', '没有画出这个主机：请求会被拦下。')
  return [...pods].map((pod) => ({ pod, url: 'https://www.example.org/', says, path: null }))
}

/** Whoever is asked for below a wildcard serves what is behind the wildcard. */
function withAsked(around: Surroundings, asks: readonly Ask[]): Surroundings {
  const hosts = new Map(Object.entries(around.hosts))
  for (const { url, path } of asks) {
    const name = calledBy(url)?.host.toLowerCase()
    const host = path && hosts.get(path.host.name)
    if (name && host && !hosts.has(name)) hosts.set(name, { ...host, addresses: [] })
  }
  return { ...around, hosts: Object.fromEntries(hosts) }
}
