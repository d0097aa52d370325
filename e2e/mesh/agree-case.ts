/** A random configuration and the requests that are sent in it: something that works, and one to three mistakes. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dialectIds } from '../../src/core/compile/dialects'
import { hostBelow, serviceHost } from '../../src/core/istio/host-name'
import { parse } from '../../src/core/yaml/parse'
import { examples } from '../../src/examples'
import { type Chance, chanceOf } from '../../src/testing/chance'
import { mutate } from '../../src/testing/mistakes/mutate'
import { copyOf, metadataOf, nameOf, type Thing } from '../../src/testing/mistakes/thing'
import { vocabularyOf } from '../../src/testing/mistakes/values'
import { caseOf } from './case'
import { randomDesigns } from './random'
import { objectsOf, type Subject, subjectOf, subjectOfExample } from './subject'

export interface Ask {
  from?: string
  url: string
  curl?: string[]
}

/** A case of the lab without its YAML (case.go). */
export type Around = Record<string, unknown> & { pods?: { namespace: string; name: string }[] }

export interface Configuration {
  seed: number
  /** What it was before, and what was changed. */
  says: string[]
  objects: Thing[]
  around: Around
  requests: Ask[]
}

interface Start {
  name: string
  objects: Thing[]
  around: Around
  requests: Ask[]
}

/** The configuration of a seed; the same for the same files of `folder` (the cases of the lab to start from). */
export function configurationOf(seed: number, folder: string): Configuration {
  const chance = chanceOf(seed)
  const start = startOf(seed, folder, chance)
  const says = [start.name]
  let { objects } = start
  const count = 1 + chance.int(3)
  for (let step = 0; step < count; step++) {
    const next = mutate(objects, chance)
    objects = next.objects
    says.push(next.says)
  }
  objects = named(objects)
  const around = aroundOf(start.around, chance, says)
  return { seed, says, objects, around, requests: requestsOf(start, objects, chance) }
}

/** Now and then the mesh is another one: what it lets out, or a pod that lets some of its traffic past its sidecar. */
function aroundOf(around: Around, chance: Chance, says: string[]): Around {
  const pods = around.pods ?? [{ namespace: 'default', name: 'sleep' }]
  if (chance.one(8)) {
    const outbound = chance.pick(['ALLOW_ANY', 'REGISTRY_ONLY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'])
    says.push(`the mesh's outbound mode is ${outbound}`)
    return { ...around, outbound }
  }
  if (!chance.one(16)) return around
  const which = chance.pick(pods)
  const key = chance.pick(['excludeOutboundPorts', 'excludeOutboundIPRanges', 'includeOutboundIPRanges'])
  const value = key.endsWith('Ports') ? chance.pick(['443', '80,8443']) : chance.pick(['198.51.100.0/24', '10.0.0.0/8'])
  says.push(`${which.namespace}/${which.name} is annotated ${key} ${value}`)
  return {
    ...around,
    pods: pods.map((pod) => (pod === which ? { ...pod, annotations: { [`traffic.sidecar.istio.io/${key}`]: value } } : pod)),
  }
}

function startOf(seed: number, folder: string, chance: Chance): Start {
  const dialect = chance.pick(dialectIds)
  const kind = chance.int(12)
  if (kind < 4) return ofSubject(`random design ${seed} ${dialect}`, subjectOf('random', randomDesigns(seed, 4)[3] as never, dialect))
  if (kind < 5) {
    const example = chance.pick(examples)
    return ofSubject(`example ${example.id} ${dialect}`, subjectOfExample(example, dialect))
  }
  for (;;) {
    const start = ofCase(folder, chance.pick(kind < 8 ? ['cases'] : kind < 10 ? ['corpus'] : ['cases', 'corpus']), chance)
    // The Gateway API's are few among all: they get a share of their own.
    if (start && (kind < 10 || start.objects.some((object) => String(object.apiVersion).startsWith('gateway.')))) return start
  }
}

function ofSubject(name: string, subject: Subject): Start {
  const { manifests: _, requests, ...around } = caseOf(subject, '')
  return { name, objects: objectsOf(subject.design, subject.dialect) as Thing[], around: around as never, requests }
}

const asObject = (text: string): Record<string, unknown> => (parse(text).documents[0]?.object ?? {}) as Record<string, unknown>

/** A case of the lab as it is; null for one without YAML. */
function ofCase(folder: string, which: string, chance: Chance): Start | null {
  const files = readdirSync(join(folder, which))
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
  const file = chance.pick(files)
  const { manifests = [], yaml = '', requests = [], name: _, ...around } = asObject(readFileSync(join(folder, which, file), 'utf8'))
  const texts = (manifests as string[]).map((manifest) => readFileSync(join(folder, which, manifest), 'utf8'))
  const objects = parse([...texts, yaml as string].join('\n---\n')).documents.map((document) => copyOf(document.object) as Thing)
  if (objects.length === 0 || 'textLogs' in around) return null
  const asks = (requests as Ask[]).map(({ from, url, curl }) => ({ ...(from && { from }), url, ...(curl && { curl }) }))
  return { name: `${which}/${file}`, objects, around: around as Around, requests: asks }
}

/** A cluster holds one object of a name: later ones of the same get another. */
function named(objects: readonly Thing[]): Thing[] {
  const seen = new Set<string>()
  return objects.map((object) => {
    let made = object
    for (let nth = 2; seen.has(nameOf(made)); nth++)
      made = { ...copyOf(object), metadata: { ...metadataOf(object), name: `${String(metadataOf(object).name)}-${nth}` } }
    seen.add(nameOf(made))
    return made
  })
}

/** Up to four requests: those of the start, and others from its pods to hosts and ports that the objects name. */
function requestsOf(start: Start, objects: readonly Thing[], chance: Chance): Ask[] {
  const words = vocabularyOf(objects)
  const pods = [...new Set((start.around.pods ?? [{ namespace: 'default', name: 'sleep' }]).map((pod) => `${pod.namespace}/${pod.name}`))]
  const asks = chance.some(start.requests, 2)
  const wanted = objects.some((object) => object.kind === 'NetworkPolicy') ? 3 : 4
  const known = start.requests.map((ask) => new URL(ask.url).hostname)
  while (asks.length < wanted) {
    const inside = objects
      .filter(({ kind }) => kind === 'Service')
      .map((object) => serviceHost(String(metadataOf(object).name), String(metadataOf(object).namespace ?? 'default')))
    const host = chance.pick([...inside, ...known, ...known, ...words.hosts.map((host) => hostBelow(host, 'one')), 'undrawn.example.net'])
    const secure = chance.one(2)
    const usual = secure ? 443 : 80
    const port = chance.one(4) ? chance.pick(words.ports) : usual
    const path = chance.pick(['/', '/politics', '/a/b'])
    const from = chance.pick(pods)
    asks.push({ from, url: `${secure ? 'https' : 'http'}://${host}${port === usual ? '' : `:${port}`}${path}`, ...odd(chance) })
  }
  return [...new Map(asks.map((ask) => [JSON.stringify(ask), ask])).values()]
}

/** Now and then curl is told something. */
function odd(chance: Chance): Pick<Ask, 'curl'> {
  if (!chance.one(16)) return {}
  return { curl: chance.pick([['-k'], ['-H', 'Host: other.example.net'], ['-X', 'POST'], ['-H', 'x-a: b']]) }
}
