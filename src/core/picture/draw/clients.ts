/**
 * Who takes which way. No YAML names its clients, so they are taken from the design before, from what matches and selectors say of them, and
 * where nothing names one, a workload of the text, or a `sleep`, represents them.
 */

import type { Labels } from '../../base/labels'
import { slug } from '../../base/slug'
import type { PodTemplate } from '../../istio/mesh'
import { fits } from '../../istio/selector'
import { type Design, namespaceOf } from '../../model/design'
import { pathsOf } from '../../model/path'
import type { Source } from './legs'
import { type Client, clientKey, clientOf, podsOf } from './road'
import type { HostDial, Way } from './ways'

/** What tells of a client that no match names: its namespace, and its labels where they are known. */
export interface Hint {
  namespace: string
  labels: Labels | null
}

export interface Crowd {
  /** Everybody, in the order of the drawing. */
  readonly all: Client[]
  /** Who makes this call in the design before; `dial` null: any call to that host. */
  callers(host: string, dial: Pick<HostDial, 'speaks' | 'port'> | null): readonly Client[]
  /** What is called at a host in the design before. */
  calls(host: string): readonly Pick<HostDial, 'speaks' | 'port'>[]
  /** A workload of the text that is free, as a client; null where there is none. */
  workload(free: (client: Client) => boolean): Client | null
  /** A client there; a new one where none fits. */
  ensure(hint: Hint, free: (client: Client) => boolean): Client
}

export function crowdOf(
  before: Design | null,
  accountIn: (namespace: string, name: string) => string | undefined,
  workloads: readonly PodTemplate[],
): Crowd {
  const all = podsOf(before).map(clientOf)
  const byKey = new Map(all.map((client) => [clientKey(client), client]))
  const calls = new Map<string, Set<Client>>()
  const dials = new Map<string, Map<string, Pick<HostDial, 'speaks' | 'port'>>>()
  const note = (key: string, client: Client) => calls.set(key, (calls.get(key) ?? new Set()).add(client))
  for (const path of before ? pathsOf(before) : []) {
    const client = byKey.get(clientKey({ namespace: namespaceOf(path.pod), name: path.pod.name }))
    if (!client) continue
    note(path.host.name, client)
    const said = dials.get(path.host.name) ?? new Map()
    dials.set(path.host.name, said.set(`${path.speaks} ${path.dialled}`, { speaks: path.speaks, port: path.dialled }))
    note(`${path.host.name} ${path.speaks} ${path.dialled}`, client)
  }
  const added = ({ name, namespace, labels, serviceAccount }: Client): Client => {
    const client = { name, namespace, labels, ...(serviceAccount && { serviceAccount }) }
    byKey.set(clientKey(client), client)
    all.push(client)
    return client
  }
  const workload = (free: (client: Client) => boolean): Client | null => {
    const own = workloads.find((pods) => !byKey.has(clientKey(pods)) && free(pods))
    return own ? added(own) : null
  }
  const ensure = ({ namespace, labels }: Hint, free: (client: Client) => boolean): Client => {
    const there = all.find((client) => client.namespace === namespace && (!labels || fits(labels, client.labels)) && free(client))
    if (there) return there
    const own = workload((pods) => pods.namespace === namespace && (!labels || fits(labels, pods.labels)) && free(pods))
    if (own) return own
    const wish = labels?.app ? slug(labels.app) : 'sleep'
    for (let n = 1; ; n++) {
      const name = n === 1 ? wish : `${wish}-${n}`
      if (byKey.has(clientKey({ namespace, name }))) continue
      const account = accountIn(namespace, name)
      const client: Client = { name, namespace, labels: labels ?? { app: name }, ...(account && { serviceAccount: account }) }
      if (!free(client) && n < 20) continue
      return added(client)
    }
  }
  return {
    all,
    callers: (host, dial) => [...(calls.get(dial ? `${host} ${dial.speaks} ${dial.port}` : host) ?? [])],
    calls: (host) => [...(dials.get(host)?.values() ?? [])],
    workload,
    ensure,
  }
}

const takes = (source: Source, client: Client): boolean =>
  (source.namespace === '' || source.namespace === client.namespace) && fits(source.labels, client.labels)

/** The way that a client takes: the first that is for it; null: none. */
export const wayOf = (dial: HostDial, client: Client): Way | null =>
  dial.ways.find((way) => way.sources.length === 0 || way.sources.some((source) => takes(source, client))) ?? null

export interface Asking {
  crowd: Crowd
  host: string
  /** Where the host's objects lie, or who else is likely to call it: the first counts where nothing else is said. */
  home: readonly string[]
  /** What the rules tell of the clients of a way. */
  hints(way: Way): readonly Hint[]
  /** Whether a NetworkPolicy lets pods of a namespace go this way. */
  mayGo(namespace: string, way: Way): boolean
  /** Whether its sidecar lets a client say on this way what it has to say: it does not where it would encrypt the client’s own TLS again, or knows no such subset. */
  suits(client: Client, way: Way): boolean
  /** Namespaces of the gateways that ways lead to. */
  gateways(way: Way): string | null
}

/** The clients of each way of a dial; every way has one, unless the first way leaves nobody over. */
export function clientsOf(dial: HostDial, asking: Asking): Map<Way, Client[]> {
  const { crowd, host } = asking
  const taken = new Map<Way, Client[]>(dial.ways.map((way) => [way, []]))
  const put = (way: Way, client: Client) => {
    const list = taken.get(way) as Client[]
    if (!list.includes(client)) list.push(client)
  }
  for (const client of crowd.callers(host, dial)) {
    const way = wayOf(dial, client)
    // Also where a policy stops them: that they call it all the same is what is wrong.
    if (way) put(way, client)
  }
  for (const way of dial.ways) {
    const free = (client: Client) => wayOf(dial, client) === way
    for (const source of way.sources) {
      if ((taken.get(way) as Client[]).some((client) => takes(source, client))) continue
      for (const hint of hintsWithin(source, asking, way)) put(way, crowd.ensure(hint, free))
    }
  }
  const last = dial.ways.at(-1)
  if (last && last.sources.length === 0 && taken.get(last)?.length === 0)
    for (const client of last.unsaid ? hinted(dial, last, asking) : others(dial, last, taken, suitable(dial, last, asking)))
      put(last, client)
  return taken
}

/** Who a source is: as it says, and as rules that select some of those there say. */
function hintsWithin({ namespace, labels }: Source, { hints, home }: Asking, way: Way): Hint[] {
  const own: Hint = { namespace: namespace || (home[0] as string), labels: Object.keys(labels).length > 0 ? labels : null }
  const told = hints(way).filter(
    (hint) => hint.labels && hint.namespace === own.namespace && (!own.labels || fits(own.labels, { ...own.labels, ...hint.labels })),
  )
  if (told.length === 0) return [own]
  // Whom fewer labels name comes first: a pod that has the labels of others too obeys their rule.
  return told.map((hint) => ({ ...own, labels: { ...hint.labels, ...labels } })).toSorted((a, b) => countOf(a) - countOf(b))
}

const countOf = ({ labels }: Hint): number => Object.keys(labels ?? {}).length

/** Who goes a way that no route speaks of: those alone whom a rule tells. */
function hinted(dial: HostDial, way: Way, { crowd, hints, mayGo }: Asking): Client[] {
  const free = (client: Client) => wayOf(dial, client) === way && mayGo(client.namespace, way)
  return hints(way)
    .map((hint) => crowd.ensure(hint, free))
    .filter(free)
}

/** Where the way suits nobody, it is a mistake of the text: whoever takes it shows it. */
function suitable(dial: HostDial, last: Way, asking: Asking): Asking {
  const hinted = asking.hints(last).map(({ namespace, labels }) => ({ name: '', namespace, labels: labels ?? {} }))
  const anybody =
    [...asking.crowd.all, ...hinted].some((client) => wayOf(dial, client) === last && asking.suits(client, last)) ||
    [...asking.home, 'default', 'other'].some((namespace) => canHold(namespace, dial, last, asking))
  return anybody ? asking : { ...asking, suits: () => true }
}

/** Whoever no other way names. */
function others(dial: HostDial, last: Way, taken: ReadonlyMap<Way, readonly Client[]>, asking: Asking): Client[] {
  const free = (client: Client) => wayOf(dial, client) === last && asking.mayGo(client.namespace, last) && asking.suits(client, last)
  const told = asking.hints(last)
  const hints = [...told, ...besides(dial, taken, asking).filter(({ namespace }) => !told.some((hint) => hint.namespace === namespace))]
  const able = hints.filter(({ namespace, labels }) => labels || canHold(namespace, dial, last, asking))
  const made = able.map((hint) => asking.crowd.ensure(hint, free)).filter(free)
  if (made.length > 0) return made
  const callers = asking.crowd.callers(asking.host, null).filter(free)
  if (callers.length > 0) return callers
  const all = asking.crowd.all.filter(free)
  for (const namespace of asking.home) {
    const there = all.find((client) => client.namespace === namespace)
    if (there) return [there]
  }
  if (all[0]) return [all[0]]
  const own = asking.crowd.workload(free)
  if (own) return [own]
  const space = asking.home.find((namespace) => canHold(namespace, dial, last, asking))
  return [asking.crowd.ensure({ namespace: space ?? elsewhere(dial, last, asking), labels: null }, free)]
}

/** A namespace in which only some pods are named has others, or it would have been named as a whole. */
function besides(dial: HostDial, taken: ReadonlyMap<Way, readonly Client[]>, { gateways }: Asking): Hint[] {
  const spaces = new Set<string>()
  for (const way of dial.ways) {
    for (const { namespace, labels } of way.sources) {
      if (namespace === '' || Object.keys(labels).length === 0) continue
      const beside = dial.ways.some(
        (other) => (other !== way && taken.get(other)?.some((client) => client.namespace === namespace)) || gateways(other) === namespace,
      )
      if (!beside) spaces.add(namespace)
    }
  }
  return [...spaces].map((namespace) => ({ namespace, labels: null }))
}

/** Whether a pod that nobody names can be there and take this way. */
function canHold(namespace: string, dial: HostDial, way: Way, { mayGo, suits }: Asking): boolean {
  const nobody = { name: '', namespace, labels: {} }
  return wayOf(dial, nobody) === way && mayGo(namespace, way) && suits(nobody, way)
}

function elsewhere(dial: HostDial, way: Way, asking: Asking): string {
  for (let n = 1; n < 10; n++) {
    const namespace = n === 1 ? 'default' : n === 2 ? 'other' : `other-${n}`
    if (canHold(namespace, dial, way, asking)) return namespace
  }
  return 'default'
}
