/** What `edits.mjs` needs of the product's code; it is bundled for Node before it runs. */
import fc from 'fast-check'
import { compile } from '../../src/core/compile/compile'
import { defaultDialect } from '../../src/core/compile/default-dialect'
import { dialects } from '../../src/core/compile/dialects'
import { print, textOf } from '../../src/core/compile/print'
import { isWritten, otherwise } from '../../src/core/edit/costs'
import { type Renaming, renamedIn, renamingsOf } from '../../src/core/edit/rename'
import { writtenBack } from '../../src/core/edit/write-back'
import { clusterName, clusterNamed } from '../../src/core/istio/cluster-ref'
import { hostBelow } from '../../src/core/istio/host-name'
import { check } from '../../src/core/model/check'
import { type Design, namespaceOf } from '../../src/core/model/design'
import { type Path, pathsOf } from '../../src/core/model/path'
import { draw } from '../../src/core/picture/draw'
import { surroundingsOf } from '../../src/core/picture/drawn-surroundings'
import { read } from '../../src/core/read/read'
import type { LabOutcome } from '../../src/core/trace/lab-outcome'
import { trace } from '../../src/core/trace/trace'
import type { Document } from '../../src/core/yaml/document'
import { parse } from '../../src/core/yaml/parse'
import { requestAlong, roadOf } from '../../src/testing/along'
import { anyEdit, type Edit } from '../../src/testing/any-edit'
import { anyRestyled, type Restyled } from '../../src/testing/any-restyled'
import { appliedOver } from '../../src/testing/edited'
import { schemas } from '../../src/testing/schemas'
import { alike, linesOf } from './agree-entry'
import { caseOf, type LabCase } from './case'
import { differences, type Outcome } from './judge'
import { askedOf, type Subject } from './subject'

export { steady } from './agree-entry'

/** A text with its picture, as the lab plays it: one request along each path. */
export interface Play {
  name: string
  text: string
  picture: Design
  case: Record<string, unknown>
}

/** An edit that is written without a question. */
export interface EditPlay extends Play {
  says: string[]
  was: Play
  /** The same picture as the compiler alone writes it: what analyze says of that is not of the edit. */
  drawn: Play
  /** The new text applied over the old objects, where some of those are in it no longer. */
  over: Play | null
}

/** Edits of other people's texts, several of each text, until there are so many. */
export function plays(seed: number, count: number): EditPlay[] {
  const anyText = fc.tuple(anyRestyled(undefined, 6), fc.array(anyEdit, { minLength: perText, maxLength: perText }))
  const made: EditPlay[] = []
  for (const [index, [one, edits]] of fc.sample(anyText, { seed, numRuns: count }).entries()) {
    made.push(...editsOf(`${seed}-${index + 1}`, one, edits))
    if (made.length >= count) break
  }
  return made.slice(0, count)
}

const perText = 6

function editsOf(name: string, { text, applied }: Restyled, edits: readonly Edit[]): EditPlay[] {
  const { documents } = parse(text)
  const before = draw(documents, read(documents), null).design
  const was: Play = { name, text, picture: before, case: {} }
  was.case = labCase(was, caseFor(was))
  return edits.flatMap((edit, index) => {
    const after = edit.of(before)
    if (after === before || check(after).some(({ level }) => level === 'error')) return []
    const result = writtenBack(text, before, after, schemas)
    if ('refused' in result || result.costs.length > 0 || result.text === text) return []
    const play: Play = { name: `${name}-edit-${index + 1}`, text: result.text, picture: after, case: {} }
    const [old, now] = [caseFor(was), caseFor(play)]
    if (servesBoth(old, now)) return []
    const of = labCase(play, withServersOf(old, now))
    const compiled = textOf(print(compile(after, dialects[defaultDialect]), dialects[defaultDialect], { comments: false, lang: 'en' }))
    const drawn: Play = { ...play, name: `${play.name}-drawn`, text: compiled, case: { ...of, yaml: compiled } }
    const left = result.gone.length > 0 ? printed(appliedOver(documents, parse(result.text).documents)) : null
    const over: Play | null = left === null ? null : { ...play, name: `${play.name}-over`, text: left, case: { ...of, yaml: left } }
    return [{ ...play, case: of, says: [edit.name, applied.join(', ')], was, drawn, over }]
  })
}

/** JSON is YAML. */
const printed = (documents: readonly Document[]): string => documents.map(({ object }) => JSON.stringify(object)).join('\n---\n')

const drawnPaths = (design: Design): Path[] => pathsOf(design).filter(isWritten)

function caseFor({ name, text, picture }: Play): LabCase {
  const made = caseOf({ name, design: picture, dialect: defaultDialect, asks: drawnPaths(picture).map(askedOf) }, '')
  // istiod makes the pods of a Gateway of the Gateway API.
  const own = surroundingsOf(picture, read(parse(text).documents)).gateways.map((gateway) => `${gateway.namespace}/${gateway.name}`)
  const gateways = made.gateways?.filter((gateway) => {
    const { namespace, name: called } = gateway as { namespace: string; name: string }
    return own.includes(`${namespace}/${called}`)
  })
  return { ...made, ...(gateways && { gateways }) }
}

/** Whether a port would have to speak plain for one and TLS for the other: no host does. */
function servesBoth(was: LabCase, is: LabCase): boolean {
  return Object.entries(is.hosts).some(([name, { ports }]) =>
    Object.entries(ports).some(([port, kind]) => {
      const old = was.hosts[name]?.ports[port]
      return old !== undefined && old !== kind && [old, kind].includes('plain')
    }),
  )
}

/** An edit of a text moves no server, and takes no Secret away. An address is where the edit says. */
function withServersOf(was: LabCase, is: LabCase): LabCase {
  const taken = new Set(Object.values(is.hosts).flatMap(({ addresses }) => addresses ?? []))
  const stays = (name: string) => !was.hosts[name]?.addresses?.some((ip) => taken.has(ip))
  const names = new Set([...Object.keys(is.hosts), ...Object.keys(was.hosts).filter(stays)])
  const hosts = Object.fromEntries(
    [...names].map((name) => {
      const [old, now] = [was.hosts[name], is.hosts[name]]
      const both = old && now && { ...now, ports: { ...old.ports, ...now.ports }, names: [...new Set([...old.names, ...now.names])] }
      return [name, both ?? now ?? (old as LabCase['hosts'][string])]
    }),
  )
  const keyOf = (each: object) =>
    JSON.stringify([Reflect.get(each, 'namespace'), Reflect.get(each, 'service') ?? Reflect.get(each, 'name')])
  const joined = (one: readonly object[], other: readonly object[]) => [
    ...one,
    ...other.filter((each) => !one.some((known) => keyOf(known) === keyOf(each))),
  ]
  return {
    ...is,
    hosts,
    servers: joined(is.servers, was.servers),
    secrets: joined(is.secrets, was.secrets),
    filesOf: { ...was.filesOf, ...is.filesOf },
  }
}

const labCase = ({ name, text }: Play, of: LabCase): Record<string, unknown> => ({ ...of, manifests: undefined, name, yaml: text })

export interface Verdict {
  /** Requests that arrived before and that the edit leaves alone. */
  kept: number
  /** Requests that the edit draws. */
  anew: number
  unknown: number
  wrong: string[]
}

const titled = (path: Path): string => `${namespaceOf(path.pod)}/${path.pod.name} ${roadOf(path)}`

/** What the outcomes of both plays say of an edit. Over the old objects nothing is drawn anew before those are deleted. */
export function judged(edit: EditPlay, old: readonly LabOutcome[], now: readonly LabOutcome[], isOver = false): Verdict {
  const { picture: before } = edit.was
  const { picture: after } = edit
  const renamings = renamingsOf(before, after)
  const paths = drawnPaths(after)
  const verdict: Verdict = { kept: 0, anew: 0, unknown: 0, wrong: [] }
  const fields = new Map(after.nodes.map(({ id, fields: of }) => [id, of]))
  const met = new Set<Path>()
  // The same paths under the names that the edit gives to hosts.
  const renamed = pathsOf(renamedIn(before, after))
  for (const [index, path] of drawnPaths(before).entries()) {
    const called = renamed.find(({ pod, hops }) => pod.id === path.pod.id && String(hops) === String(path.hops))
    const at = paths.findIndex((other) => called && titled(other) === titled(called))
    const [then, is] = [old[index], now[at]]
    const same = paths[at]
    if (!same || !then || !is) continue
    // How a host is reached, where the edit says that, is as what is drawn anew.
    if (fields.get(path.host.id) !== path.host.fields) continue
    met.add(same)
    if (then.exit !== 0 || then.status !== 200) continue
    verdict.kept++
    const told = inNewWords(then, renamings)
    // A subset may be called after its host.
    const isCalledAnew = path.host.name !== same.host.name && alike(withoutSubsets(unread(told)), withoutSubsets(unread(is)))
    if (!alike(unread(told), unread(is)) && !isCalledAnew)
      verdict.wrong.push(`otherwise than before: ${titled(same)}`, ...different(told, is))
  }
  for (const [at, path] of isOver ? [] : paths.entries()) {
    const is = now[at]
    if (met.has(path) || !is) continue
    const foretold = trace(read(parse(edit.text).documents), surroundingsOf(after, read(parse(edit.text).documents)), requestAlong(path))
    if (foretold.unknown) verdict.unknown++
    // Policies, certificates and names outside are not of the edit.
    if (foretold.unknown || otherwise.has(foretold.failure ?? '')) continue
    verdict.anew++
    const subject: Subject = { name: edit.name, design: after, dialect: defaultDialect, asks: paths.map(askedOf) }
    const wrong = differences(subject, askedOf(path), path, is as unknown as Outcome, at)
    if (wrong.length > 0)
      verdict.wrong.push(`not as drawn: ${titled(path)} (foretold: ${foretold.failure ?? 'arrives'})`, ...wrong, ...linesOf(is))
  }
  return verdict
}

/** An outcome with the names that the edit gives to hosts; below a wildcard with the name that is asked for. */
function inNewWords(outcome: LabOutcome, renamings: readonly Renaming[]): LabOutcome {
  const text = renamings.reduce(
    (told, { from, to }) => told.replaceAll(from, to).replaceAll(hostBelow(from, 'one'), hostBelow(to, 'one')),
    JSON.stringify(outcome),
  )
  return JSON.parse(text)
}

const withoutSubsets = (outcome: LabOutcome): LabOutcome => ({
  ...outcome,
  hops: outcome.hops.map((hop) => {
    const cluster = clusterNamed(hop.cluster)
    return cluster && 'host' in cluster ? { ...hop, cluster: clusterName({ ...cluster, subset: '' }) } : hop
  }),
})

/** Where no route of the host asks for SNI any more, a sidecar passes TLS on and reads none of it; what it passes on the server tells. */
const unread = (outcome: LabOutcome): LabOutcome => ({
  ...outcome,
  hops: outcome.hops.map((hop, index) => (index === 0 && hop.code === 0 ? { ...hop, sni: '' } : hop)),
})

function different(then: LabOutcome, is: LabOutcome): string[] {
  const [old, now] = [linesOf(then), linesOf(is)]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `  before ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `  now    ${line}`),
  ]
}
