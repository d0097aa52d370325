/** What `agree.mjs` needs of the product's code; it is bundled for Node before it runs. */
import { dump } from 'js-yaml'
import { surroundingsOfCase } from '../../src/core/istio/surroundings'
import { read } from '../../src/core/read/read'
import { type LabHop, type LabOutcome, labOutcome } from '../../src/core/trace/lab-outcome'
import { trace } from '../../src/core/trace/trace'
import { parse } from '../../src/core/yaml/parse'
import type { Thing } from '../../src/testing/mistakes/thing'
import { type Ask, type Configuration, configurationOf } from './agree-case'

/** A case as the lab plays it (case.go); JSON is YAML. */
export interface PlayedCase extends Record<string, unknown> {
  name: string
  says: string[]
  yaml: string
  requests: Ask[]
}

export const caseOfSeed = (seed: number, folder: string): PlayedCase => {
  const { says, objects, around, requests }: Configuration = configurationOf(seed, folder)
  return { ...around, name: `agree-${seed}`, says, yaml: yamlOf(objects), requests }
}

const yamlOf = (objects: readonly Thing[]): string => objects.map((object) => dump(object, { lineWidth: -1, noRefs: true })).join('---\n')

/** Without what only we read. */
export const labCase = (played: PlayedCase): string => JSON.stringify({ ...played, says: undefined }, null, 1)

/** The outcome of each request as the tracer tells it; `unknown` where it says that it cannot. */
export function told(played: PlayedCase): { outcome: LabOutcome; unknown: string | null; failure: string | null }[] {
  const around = surroundingsOfCase(played)
  const mesh = read(parse(played.yaml).documents)
  const [first] = around.pods
  return played.requests.map((ask) => {
    const from = ask.from ?? `${first?.namespace}/${first?.name}`
    const { outcome, unknown, failure } = trace(mesh, around, { from, url: ask.url, curl: ask.curl ?? [] })
    return { outcome: labOutcome(outcome), unknown: unknown?.en ?? null, failure }
  })
}

const flagsOf = (flags: unknown): string => String(flags).split(',').toSorted().join(',')

/** A connection that ends without a byte: whether curl says "empty reply" or "reset" is a race, and differs from play to play. */
const resets = [52, 56]

/** What of an outcome is compared, in lines. */
export function linesOf(outcome: Partial<LabOutcome>): string[] {
  const { status = 0, exit = 0, hops = [], server } = outcome
  return [
    `status ${status} exit ${resets.includes(exit) ? resets.join(' or ') : exit}`,
    ...hops.map(({ proxy, code, flags, tls, sni, peer, cluster }) =>
      [proxy, code, flagsOf(flags), `tls ${blank(tls)}`, `sni ${blank(sni)}`, `peer ${blank(peer)}`, blank(cluster)].join(' '),
    ),
    server ? `server ${server.port} tls ${blank(server.tls)} sni ${blank(server.sni)} cert ${blank(server.clientCert)}` : 'server -',
  ]
}

/** More lines than any road has, retries included: proxies send the request round and round until one gives up. How often is chance. */
const loop = 16

/** Whether two outcomes are the same in what is compared. */
export function alike(real: Partial<LabOutcome>, traced: Partial<LabOutcome>): boolean {
  const round = Math.max(real.hops?.length ?? 0, traced.hops?.length ?? 0) > loop
  const lines = (outcome: Partial<LabOutcome>, other: Partial<LabOutcome>) => {
    const all = linesOf({ ...outcome, hops: (outcome.hops ?? []).map((hop, index) => unraced(hop, other.hops?.[index])) })
    return round ? [...new Set(all)].toSorted() : all
  }
  return JSON.stringify(lines(real, traced)) === JSON.stringify(lines(traced, real))
}

/**
 * A TCP proxy dials as soon as somebody connects. Where that is refused, the line has the caller's identity only if its certificate was there
 * first: a race, of which both ends were seen (seed 80979, busy and idle).
 */
function unraced(hop: LabHop, other: LabHop | undefined): LabHop {
  const races = hop.code === 0 && hop.tls === 'TLSv1.3' && hop.flags.includes('UF') && (hop.peer === '' || other?.peer === '')
  return races ? { ...hop, peer: '' } : hop
}

/**
 * The case up to the first request that curl gave up on, or that went round: proxies write its lines later, among those of the requests
 * behind it.
 */
export function steady(played: PlayedCase, outcomes: readonly Partial<LabOutcome>[]): PlayedCase {
  const late = outcomes.findIndex(({ exit, hops = [] }) => exit === 28 || hops.length > loop)
  return late < 0 ? played : { ...played, requests: played.requests.slice(0, late + 1) }
}

const blank = (text: string | undefined): string => text || '-'

/** A case with the recorded outcomes as what is expected, as one keeps it. */
export function kept(played: PlayedCase, outcomes: readonly Partial<LabOutcome>[]): string {
  const { says, name: _, yaml, requests, ...around } = played
  const asks = requests.map((ask, index) => ({ ...ask, expect: expected(outcomes[index] ?? {}) }))
  const comment = says.map((line) => `# ${line}\n`).join('')
  return comment + dump({ ...around, yaml, requests: asks }, { lineWidth: -1, noRefs: true })
}

const expected = ({ status, exit, hops = [], server }: Partial<LabOutcome>) => ({
  status,
  exit,
  hops: hops.map(({ proxy, code, flags, tls, sni, peer, cluster }) => ({ proxy, code, flags, tls, sni, peer, cluster })),
  server: server ? { port: server.port, tls: server.tls, sni: server.sni, clientCert: server.clientCert } : null,
})
