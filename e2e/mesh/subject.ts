/** What is proven: a design under a dialect, with the requests that are sent in it and what each path promises of them. */

import { compile } from '../../src/core/compile/compile'
import { defaultDialect } from '../../src/core/compile/default-dialect'
import { type DialectId, dialectIds, dialects } from '../../src/core/compile/dialects'
import { objectOf, print, textOf } from '../../src/core/compile/print'
import { hostBelow, subsetOf } from '../../src/core/istio/host-name'
import { originatesTls } from '../../src/core/istio/tls-mode'
import { type Design, namespaceOf } from '../../src/core/model/design'
import { type Path, pathsOf } from '../../src/core/model/path'
import type { Example } from '../../src/examples/kind'

export interface Ask {
  /** namespace/pod */
  from: string
  url: string
  /** The path that the request takes; null: it is stopped before it reaches anything. */
  path: Path | null
}

export interface Subject {
  name: string
  design: Design
  dialect: DialectId
  asks: Ask[]
  /** Every server has a certificate of another name: whoever starts TLS must refuse it. */
  impostor?: boolean
}

/** The objects that the YAML is to be read as. */
export const objectsOf = (design: Design, id: DialectId): unknown[] =>
  compile(design, dialects[id]).map((resource) => JSON.parse(JSON.stringify(objectOf(resource, dialects[id].version(resource.group)))))

export const yamlOf = (design: Design, id: DialectId): string =>
  textOf(print(compile(design, dialects[id]), dialects[id], { comments: true, lang: 'en' }))

/** Of many designs each in one dialect: which one the next has. */
export const dialectInTurn = (index: number): DialectId => dialectIds[index % dialectIds.length] ?? defaultDialect

const schemes = { HTTP: 'http', HTTPS: 'https', TCP: 'tcp' } as const
const podOf = (path: Path): string => `${namespaceOf(path.pod)}/${path.pod.name}`

/** A host's name as an app asks for it: a wildcard stands for any name below it. */
export const concrete = (host: string): string => hostBelow(host, 'one')

/** A request for each path of a design. */
export const askedOf = (path: Path): Ask => ({
  from: podOf(path),
  url: `${schemes[path.speaks]}://${concrete(path.host.name)}:${path.dialled}/`,
  path,
})

/** Requests for a host that nobody drew, where the design promises that they are stopped: at guards, and under REGISTRY_ONLY. */
function stopped(design: Design, paths: readonly Path[]): Ask[] {
  const guarded = new Set(design.guards.map((guard) => guard.namespace))
  const inside = design.world.outbound === 'REGISTRY_ONLY' ? paths : paths.filter((path) => guarded.has(namespaceOf(path.pod)))
  const pods = [...new Set(inside.map(podOf))]
  return pods.map((from, index) => ({
    from,
    url: index % 2 === 0 ? 'http://undrawn.example.net/' : 'https://undrawn.example.net/',
    path: null,
  }))
}

export function subjectOf(name: string, design: Design, dialect: DialectId): Subject {
  const paths = pathsOf(design)
  return { name, design, dialect, asks: [...paths.map(askedOf), ...stopped(design, paths)] }
}

/** An example as it promises itself, and every path of it that it has no request for. */
export function subjectOfExample(example: Example, dialect: DialectId): Subject {
  const paths = pathsOf(example.design)
  const asks = example.requests.map((request): Ask => {
    const path = request.ends === 'arrives' ? pathOf(paths, request.from, request.url) : null
    if (path === undefined) throw new Error(`${example.id}: no path is drawn for ${request.url} from ${request.from}`)
    return { from: request.from, url: request.url, path }
  })
  const rest = paths.filter((path) => !asks.some((ask) => ask.path === path))
  return { name: example.id, design: example.design, dialect, asks: [...asks, ...rest.map(askedOf)] }
}

function pathOf(paths: readonly Path[], from: string, text: string): Path | undefined {
  const url = new URL(text)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  return paths.find(
    (path) =>
      podOf(path) === from &&
      `${schemes[path.speaks]}:` === url.protocol &&
      path.dialled === port &&
      subsetOf(url.hostname, path.host.name),
  )
}

/** The same mesh, but with servers that are not who they say. Null where no proxy starts TLS, or nothing is checked. */
export function withImpostors(subject: Subject): Subject | null {
  const checks = ({ outside: { tls, fields } }: Path) => originatesTls(tls) && !fields.insecureSkipVerify
  const asks = subject.asks.filter((ask) => ask.path && checks(ask.path)).map((ask) => ({ ...ask, path: null }))
  return asks.length > 0 ? { ...subject, name: `${subject.name}-impostor`, impostor: true, asks } : null
}
