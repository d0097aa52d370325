/** Lint knows what the trace knows: what does not arrive is told at a line that decides it, and what arrives is not called wrong. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { anyBroken } from '../../testing/any-broken'
import { anyRestyled } from '../../testing/any-restyled'
import { runs } from '../../testing/runs'
import { schemas } from '../../testing/schemas'
import { matches } from '../istio/host-name'
import { fits } from '../istio/selector'
import { surroundingsOfCase } from '../istio/surroundings'
import type { Design } from '../model/design'
import { draw } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import type { RuleFinding, RuleInput } from '../rules/kind'
import type { Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { askedIn } from './calls'
import { lint } from './lint'
import { refused } from './refused'

vi.setConfig({ testTimeout: 600_000 })

const urlOf = (url: string) => new URL(url)
/** Any name below a wildcard does for all. */
const plain = (host: string) => host.replace(/^(one|www)\./, '')

/** Whether a finding speaks of the request: it names it, foretells it, or is about an object that the request meets. */
function tells({ around }: RuleInput, { request, steps }: Trace, { level, at, calls, foretells }: RuleFinding): boolean {
  if (level === 'info') return false
  if (calls?.some(({ from, url }) => from === request.from && url === request.url)) return true
  const pod = around.pods.find(({ namespace, name }) => `${namespace}/${name}` === request.from)
  const [one, other] = [urlOf(foretells?.url ?? request.url), urlOf(request.url)]
  if (foretells)
    return (
      one.protocol === other.protocol &&
      (plain(one.hostname) === plain(other.hostname) ||
        (foretells.wildcard !== undefined && matches(foretells.wildcard, other.hostname))) &&
      foretells.clients.some((each) => each.namespace === pod?.namespace && JSON.stringify(each.labels) === JSON.stringify(pod.labels))
    )
  return steps.some(({ because }) => because !== null && because.of.key === at?.of.key)
}

/**
 * Whether it is a mistake only who asks can say, and nobody does: a policy or REGISTRY_ONLY keeps pods in, a port is there for a proxy that
 * starts TLS, a route is for some paths. Or the host decides it, which no text says.
 */
const unsaid = ['blocked', 'denied', 'unknown-host', 'double-tls', 'no-route', 'no-route-at-gateway'].concat([
  'server-untrusted',
  'server-name',
  'client-certificate',
  'no-secret',
  'no-dns',
  'refused',
  'unreachable',
])

/** What an app sends to a port of TCP is not known: it may be TLS, or none. */
const ofBytes = ['plain-to-tls-server', 'plain-to-tls', 'tls-to-plain-server']

const isUnsaid = ({ mesh }: RuleInput, { failure, outcome: { hops } }: Trace): boolean => {
  const cluster = hops.at(-1)?.cluster
  const entries = mesh.serviceHosts.filter(({ hosts }) => cluster && 'host' in cluster && hosts.includes(cluster.host))
  // A name that DNS does not know.
  const isLookedUp = entries.some(({ resolution }) => resolution.startsWith('DNS'))
  // Workloads that are selected, and not one of them is in the text.
  const isElsewhere = entries.some(
    ({ selector, namespace }) =>
      selector !== null && !mesh.workloadEntries.some((each) => each.namespace === namespace || fits(selector, each.labels)),
  )
  return (failure?.startsWith('unhealthy') && (isLookedUp || isElsewhere)) || unsaid.includes(failure ?? '')
}

/** What does not arrive, and of it what no finding tells. */
function unheard(of: RuleInput): { failing: number; silent: string[] } {
  const findings = lint(of)
  const failing = askedIn(of).flatMap(({ calls, known, bytes }) => {
    const traces = calls.map((call) => trace(of.mesh, of.around, { ...call, curl: [...call.curl] }))
    const dead = traces.filter(({ failure, unknown }) => failure !== null && unknown === null)
    if (known) return dead
    return dead.length === traces.length
      ? dead.slice(0, 1).filter((traced) => !isUnsaid(of, traced) && !(bytes && ofBytes.includes(traced.failure ?? '')))
      : []
  })
  const silent = failing.filter((traced) => !findings.some((finding) => tells(of, traced, finding)))
  return { failing: failing.length, silent: silent.map(({ request, says }) => `${request.from} ${request.url}: ${says.en}`) }
}

/** A text with the pods and hosts of the design that it came from, and with those of its own picture. */
function worldsOf(text: string, design: Design): RuleInput[] {
  const { documents } = parse(text)
  const mesh = read(documents)
  return [surroundingsOf(design), surroundingsOf(draw(documents, mesh, null).design, mesh)].map((around) => ({ documents, mesh, around }))
}

test('each request of a broken text that does not arrive has a finding', () => {
  let [failing, texts] = [0, 0]
  const wouldBeTaken = (text: string) => !parse(text).documents.some((document) => refused(document, schemas))
  fc.assert(
    fc.property(
      anyBroken().filter(({ text }) => wouldBeTaken(text)),
      ({ text, design }) => {
        texts++
        for (const of of worldsOf(text, design)) {
          const heard = unheard(of)
          failing += heard.failing
          expect(heard.silent).toEqual([])
        }
      },
    ),
    runs(80),
  )
  expect(failing).toBeGreaterThan(texts / 10)
})

test('what other people write is not called wrong where it works', () =>
  fc.assert(
    fc.property(anyRestyled(), ({ text, design }) => {
      for (const of of worldsOf(text, design)) {
        const errors = lint(of).filter(({ level }) => level === 'error')
        expect(errors.map(({ rule, says }) => `${rule} ${says.en}`)).toEqual([])
      }
    }),
    runs(80),
  ))

const lab = new URL('../../../e2e/mesh/', import.meta.url)
const plays = ['cases/', 'corpus/', 'kept/', 'field/'].flatMap((folder) =>
  readdirSync(new URL(folder, lab))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [folder + file, folder] as const),
)

test.each(plays)('recorded play: %s', (file, folder) => {
  const of = (parse(readFileSync(new URL(file, lab), 'utf8')).documents[0]?.object ?? {}) as { yaml?: string; manifests?: string[] }
  const yaml = [of.yaml ?? '', ...(of.manifests ?? []).map((name) => readFileSync(new URL(folder + name, lab), 'utf8'))].join('\n---\n')
  const { documents } = parse(yaml)
  expect(unheard({ documents, mesh: read(documents), around: surroundingsOfCase(of) }).silent).toEqual([])
})
