/** How a text says its picture: in which dialect, and which document is for what the compiler would write. */
import { asList, asMap, asText, isMap } from '../base/loose'
import { memoLast } from '../base/memo'
import { compile, keyOf } from '../compile/compile'
import { dialects } from '../compile/dialects'
import type { Dialect } from '../compile/dialects/kind'
import { keeping } from '../compile/keeps'
import { objectOf } from '../compile/print'
import type { Resource } from '../compile/resource'
import { asProtocol } from '../istio/protocol'
import { type Design, defaultNamespace, serviceHostOf } from '../model/design'
import { pathsOf } from '../model/path'
import { familyOf } from '../picture/draw/ways'
import type { Document } from '../yaml/document'
import { sameThing } from '../yaml/patch/differences'
import { alike } from '../yaml/patch/refine'
import { bareHostsOf, type Plain, withoutBare } from './bare'
import { gatewayLike, gatewayNames, withGatewayNames } from './gateways'
import { legsOf, partsOf } from './legs'
import { habitsOf, likeNeighbours, portsLike } from './neighbours'

/** How an edit is written into a text that says the picture in another form than the compiler. */
export interface Manner {
  /** An object that the edit brings goes into the document that is for the same thing. */
  adopts: boolean
  /** Ports that a ServiceEntry of the text lacks come with the edit. */
  ports: boolean
  /** All that objects of the edit's own hosts lack comes with it. */
  fills: boolean
}

/** The compiled objects of a picture before and after an edit, under the names, namespaces and versions of the text. */
export interface Form {
  dialect: Dialect
  before: Plain[]
  after: Plain[]
  is: Resource[]
}

export function formOf(documents: readonly Document[], before: Design, after: Design, { adopts, ports, fills }: Manner): Form {
  const concerns = fills ? concernsOf(before, after) : () => false
  const { dialect, was } = dialectOf(documents, before)
  const is = compile(after, dialect, was)
  const old = new Set(was.map(keyOf))
  const come = adopts ? is.filter((resource) => !old.has(keyOf(resource))) : []
  const made = standing([...was, ...come], documents)
  const now = new Set(is.map(keyOf))
  for (const [resource, from] of moved(
    was.filter((resource) => !now.has(keyOf(resource))),
    come,
  )) {
    const of = made.get(keyOf(from))
    if (of) made.set(keyOf(resource), of)
  }
  const called = gatewayNames([...was, ...is], (resource) => made.get(keyOf(resource)))
  const objects = new Map<Resource, Plain>()
  const writesDefault =
    documents.length === 0 ||
    documents.some(({ object }) => asMap(asMap(object).metadata).namespace === defaultNamespace) ||
    documents.every(({ namespace }) => namespace !== defaultNamespace)
  const kinds = new Set([...was, ...is].map(({ kind }) => kind))
  const versions = [...new Set(documents.flatMap(({ kind, object }) => (kinds.has(kind) ? [asText(asMap(object).apiVersion)] : [])))]
  const plain = (resource: Resource): Plain => {
    // What is added speaks the version of the person's own objects, whatever form their names are most like.
    const version = versions.find((version) => resource.group !== '' && version.startsWith(`${resource.group}/`))
    const own = made.get(keyOf(resource))
    const known =
      objects.get(resource) ??
      withGatewayNames(named(objectOf(resource, version ?? dialect.version(resource.group)), own, writesDefault), resource, own, called)
    objects.set(resource, known)
    return known
  }
  const legs = new Map(was.map((resource) => [keyOf(resource), legsOf(plain(resource), documents)]))
  const parts = (resource: Resource): { object: Plain; own: Document | undefined }[] => {
    const several = legs.get(keyOf(resource))
    return several ? partsOf(plain(resource), several) : [{ object: plain(resource), own: made.get(keyOf(resource)) }]
  }
  const older = was.flatMap((resource) =>
    parts(resource).map(({ object, own }) => {
      if (own && concerns(resource)) return { ...object, spec: saidToo(object.spec, asMap(own.object).spec) }
      return ports ? withPortsOf(object, own) : object
    }),
  )
  const known = new Map(older.map((object) => [calledOf(object), object]))
  const habits = habitsOf(documents)
  const newer = is.flatMap((resource) =>
    parts(resource).map(({ object, own }) => {
      // What is written as it was is no news, whether the text has it or not.
      const isNew = !own && !known.has(calledOf(object))
      const like = own ? withPortNames(object, own, habits) : isNew ? likeNeighbours(object, habits) : object
      return withServerNames(like, known.get(calledOf(object)))
    }),
  )
  const bare = bareHostsOf(documents)
  return { dialect, before: withoutBare(older, bare), after: withoutBare(newer, bare), is }
}

/** Objects that come under another name or in another namespace than what was for the same thing: they may stay where they are. */
function moved(gone: readonly Resource[], come: readonly Resource[]): [Resource, Resource][] {
  const only = (list: readonly Resource[]) => (list.length === 1 ? list[0] : undefined)
  const left = new Set(gone)
  const pairs: [Resource, Resource][] = []
  const selects = (a: Resource, b: Resource) => selectsAlike(a.body, b.body) && a.namespace === b.namespace
  const near = (a: Resource, b: Resource) => a.namespace === b.namespace
  // First what selects the same workloads, then what stays in its namespace.
  for (const by of [selects, near, () => true])
    for (const resource of come) {
      if (pairs.some(([one]) => one === resource)) continue
      const isLike = (other: Resource) =>
        purposeOf(other.kind, other.body) === purposeOf(resource.kind, resource.body) && by(other, resource)
      const from = only([...left].filter(isLike))
      if (!from || !only(come.filter(isLike))) continue
      left.delete(from)
      pairs.push([resource, from])
    }
  return pairs
}

/** Which objects an edit is about: those of hosts and gateways whose paths it changes. */
function concernsOf(before: Design, after: Design): (resource: Resource) => boolean {
  const told = (design: Design) =>
    new Map(pathsOf(design).map((path) => [JSON.stringify([path.pod.id, path.speaks, path.dialled, path.host.id]), path]))
  const [old, now] = [told(before), told(after)]
  const names = new Set<string>()
  for (const [key, path] of now) {
    const was = old.get(key)
    const same = was && JSON.stringify([was.mesh, was.outside]) === JSON.stringify([path.mesh, path.outside])
    if (same) continue
    names.add(path.host.name)
    if (path.gateway) names.add(serviceHostOf(path.gateway))
  }
  return ({ body }) => {
    const spec = asMap(body.spec)
    const hosts = [spec.host, ...asList(spec.hosts), ...asList(spec.servers).flatMap((server) => asList(asMap(server).hosts))]
    return hosts.some((host) => names.has(asText(host)))
  }
}

/** What of a compiled value a text says too: the rest is as good as not written yet. */
function saidToo<T>(made: T, own: unknown): T {
  if (Array.isArray(made)) {
    const there = Array.isArray(own) ? own : []
    return made.flatMap((item) => {
      const like =
        there.find((one) => alike(one, item) || sameThing(one, item)) ??
        (there.length === made.length ? there[made.indexOf(item)] : undefined)
      return like === undefined ? [] : [saidToo(item, like)]
    }) as T
  }
  if (!isMap(made)) return made
  const map = asMap(own)
  return Object.fromEntries(
    Object.entries(made).flatMap(([key, part]) => (Object.hasOwn(map, key) ? [[key, saidToo(part, map[key])]] : [])),
  ) as T
}

/** Ports of a ServiceEntry under the names that they have, with the protocol that says the same; what comes, as the text names ports. */
function withPortNames(object: Plain, of: Document, habits: ReturnType<typeof habitsOf>): Plain {
  if (object.kind !== 'ServiceEntry') return object
  const own = asList(asMap(asMap(of.object).spec).ports).map(asMap)
  const taken = own.map(({ name }) => asText(name))
  const spec = asMap(object.spec)
  const ports = asList(spec.ports).flatMap((each) => {
    const port = asMap(each)
    const same = own.find((one) => one.number === port.number)
    if (!same) return portsLike([port], taken, habits)
    const isLike = familyOf(asProtocol(same.protocol)) === familyOf(asProtocol(port.protocol))
    return [{ ...port, ...(same.name !== undefined && { name: same.name }), ...(isLike && { protocol: same.protocol }) }]
  })
  return { ...object, spec: { ...spec, ports } }
}

const calledOf = ({ kind, metadata }: Plain): string =>
  `${asText(kind)} ${asText(asMap(metadata).namespace)}/${asText(asMap(metadata).name)}`

/** Servers keep the names of their ports when others come or go beside them. */
function withServerNames(object: Plain, older: Plain | undefined): Plain {
  if (object.kind !== 'Gateway' || !older) return object
  const spec = asMap(object.spec)
  const old = asList(asMap(older.spec).servers).map(asMap)
  const servers = asList(spec.servers).map((each) => {
    const server = asMap(each)
    const port = asMap(server.port)
    const same = old.find((one) => asMap(one.port).number === port.number && alike(one.hosts, server.hosts))
    return same ? { ...server, port: { ...port, name: asMap(same.port).name } } : server
  })
  return { ...object, spec: { ...spec, servers } }
}

/** A ServiceEntry with only those of its ports that the document lists. */
function withPortsOf(object: Plain, of: Document | undefined): Plain {
  const spec = asMap(object.spec)
  if (object.kind !== 'ServiceEntry' || !of) return object
  const listed = new Set(asList(asMap(asMap(of.object).spec).ports).map((port) => asMap(port).number))
  return { ...object, spec: { ...spec, ports: asList(spec.ports).filter((port) => listed.has(asMap(port).number)) } }
}

/** The dialect whose objects the text has most of, as it wrote them, and what it writes; every manner of an edit asks for it. */
const dialectOf = memoLast((documents: readonly Document[], design: Design): { dialect: Dialect; was: Resource[] } => {
  const forms = Object.values(dialects).map((dialect) => {
    const was = compile(design, dialect)
    return { dialect, was, made: standing(was, documents) }
  })
  const exact = ({ was, made }: (typeof forms)[number]) =>
    was.filter((resource) => {
      const of = made.get(keyOf(resource))
      return of?.name === resource.name && of.namespace === resource.namespace
    }).length
  const { dialect, was, made } = forms.reduce((best, form) => (exact(form) > exact(best) ? form : best))
  return {
    dialect: keeping(
      dialect,
      design,
      was.filter((resource) => made.has(keyOf(resource))),
    ),
    was,
  }
})

/** For each object the document of its name; else the only one of its kind that is for the same thing, there or anywhere; or the Gateway that is most like it. */
function standing(resources: readonly Resource[], documents: readonly Document[]): Map<string, Document> {
  const named = new Map(documents.map((of) => [`${of.kind} ${of.namespace}/${of.name}`, of]))
  const made = new Map<string, Document>()
  const taken = new Set<Document>()
  for (const resource of resources) {
    const of = named.get(keyOf(resource))
    if (!of) continue
    made.set(keyOf(resource), of)
    taken.add(of)
  }
  // Rules of one host are told apart by the workloads that they select.
  for (const resource of resources) {
    if (made.has(keyOf(resource))) continue
    const [of, ...others] = documents.filter(
      (one) =>
        !taken.has(one) &&
        one.namespace === resource.namespace &&
        purposeOf(one.kind, one.object) === purposeOf(resource.kind, resource.body) &&
        selectsAlike(one.object, resource.body),
    )
    if (!of || others.length > 0) continue
    made.set(keyOf(resource), of)
    taken.add(of)
  }
  const left = new Map<string, Document[]>()
  for (const of of documents)
    if (!taken.has(of)) left.set(purposeOf(of.kind, of.object), [...(left.get(purposeOf(of.kind, of.object)) ?? []), of])
  for (const resource of resources) {
    if (made.has(keyOf(resource))) continue
    const same = left.get(purposeOf(resource.kind, resource.body)) ?? []
    const near = same.filter(({ namespace }) => namespace === resource.namespace)
    const only = [same, near].find((list) => list.length === 1)?.[0]
    const of = only ?? (resource.kind === 'Gateway' ? gatewayLike(resource, same) : undefined)
    if (of) made.set(keyOf(resource), of)
  }
  return made
}

/** Whether two DestinationRules select the same workloads, and not all. */
function selectsAlike(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const [own, theirs] = [one, other].map(({ spec }) => asMap(asMap(spec).workloadSelector).matchLabels)
  return own !== undefined && alike(own, theirs)
}

/** What an object is for, whatever its name. */
function purposeOf(kind: string, body: Readonly<Record<string, unknown>>): string {
  const spec = asMap(body.spec)
  const host = asText(spec.host) || asText(asList(spec.hosts)[0])
  return `${kind} ${host || JSON.stringify(spec.selector ?? spec.podSelector ?? '')}`
}

/** The object under the name that its document has in the text; a new one without a namespace where the person never writes the default one. */
function named(object: Plain, of: Document | undefined, writesDefault: boolean): Plain {
  if (!of) {
    const { namespace, ...metadata } = asMap(object.metadata)
    return namespace === defaultNamespace && !writesDefault ? { ...object, metadata } : object
  }
  const metadata = { ...asMap(object.metadata), name: of.name, ...(of.namespace && { namespace: of.namespace }) }
  return { ...object, metadata }
}
