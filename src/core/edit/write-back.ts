/** An edit of the picture, written into the text that a person wrote: only what the edit changes, at its place. */

import { asText } from '../base/loose'
import { saidIn } from '../base/said'
import { both, type Text } from '../base/text'
import { compile } from '../compile/compile'
import { defaultDialect } from '../compile/default-dialect'
import { dialects } from '../compile/dialects'
import { unfit } from '../compile/plan/fit'
import { plan } from '../compile/plan/plan'
import { isServiceHost } from '../istio/host-name'
import type { Design } from '../model/design'
import { remove } from '../model/edit'
import { type Path, pathsOf } from '../model/path'
import { tlsKinds } from '../model/tls'
import { draw } from '../picture/draw'
import { read } from '../read/read'
import type { Schemas } from '../schema/schema'
import type { DocumentId } from '../yaml/document'
import { differences } from '../yaml/patch'
import { costsOf, type Edited, fruitless, isWritten, roadsOf } from './costs'
import { formOf, type Manner } from './form'
import { goneOf } from './gone'
import { withOrphans } from './orphans'
import { type Renaming, renamedIn, renames, renamingsOf } from './rename'
import { type Source, sourceOf } from './source'
import { differing, sorted, unlike } from './unlike'
import { warningsOf } from './warnings'

const lost = both(
  'The text cannot be changed in place: it says this in another form than the picture does.',
  '无法就地修改文本：它的写法与图中的不同。',
)

/** What was written after an edit. */
export interface WrittenAs<T> {
  text: T
  /** Objects that it no longer has: they stay in a cluster until somebody deletes them. */
  gone: readonly DocumentId[]
  /** What it would cost beyond the edit. */
  costs: readonly Text[]
}

export type Written = WrittenAs<string>

/** Or why it cannot be written at all. */
type Back<T> = WrittenAs<T> | { refused: Text }
export type WrittenBack = Back<string>

/**
 * The text with what an edit of its picture changes: comments, order of keys and unknown documents stay. `before` is the picture of the text.
 * Refused where the new text, read again, would not be the new picture. `schemas`: what the API server takes, where that is known yet.
 */
export const writtenBack = (text: string, before: Design, after: Design, schemas: Schemas | null = null): WrittenBack =>
  writtenInto(sourceOf(text), before, after, schemas)

/** The same for whatever holds the documents, such as several files. */
export function writtenInto<T>(source: Source<T>, before: Design, after: Design, schemas: Schemas | null): Back<T> {
  const renamings = renamingsOf(before, after)
  const renamed =
    renamings.length > 0 && renamings.every(({ from, to }) => isServiceHost(from) === isServiceHost(to))
      ? inNewWords(source, before, after, renamings)
      : null
  return renamed
    ? edited(renamed.source, renamed.picture, { ...after, names: renamed.picture.names }, schemas, { source, picture: before })
    : edited(source, before, after, schemas)
}

/** The text with the new names of hosts in place of the old; null where it would then not show the picture with the new names. */
function inNewWords<T>(
  source: Source<T>,
  before: Design,
  after: Design,
  renamings: readonly Renaming[],
): { source: Source<T>; picture: Design } | null {
  const result = source.patched(renames(source.documents, renamings))
  if ('refused' in result) return null
  const { documents } = result
  const drawn = draw(documents, read(documents), renamedIn(before, after)).design
  // Objects keep the names that they have.
  const picture = { ...renamedIn(before, after), names: drawn.names }
  const dialect = dialects[defaultDialect]
  return differing(compile(drawn, dialect), compile(picture, dialect)).length === 0 ? { source: result, picture } : null
}

/** How an edit may be written, the likeliest first. */
const manners: readonly Manner[] = [
  { adopts: true, ports: false, fills: false },
  { adopts: true, ports: true, fills: false },
  { adopts: true, ports: true, fills: true },
  { adopts: false, ports: false, fills: false },
  { adopts: false, ports: true, fills: false },
]

/** `old`: the text and the picture with the old names of hosts, where those are changed already. */
function edited<T>(source: Source<T>, before: Design, after: Design, schemas: Schemas | null, old = { source, picture: before }): Back<T> {
  const { documents } = source
  // What does not depend on the manner is found once.
  const of = {
    was: documents,
    before,
    after,
    schemas,
    old: { documents: old.source.documents, picture: old.picture, roads: roadsOf(read(old.source.documents), old.picture) },
  }
  let best: Back<T> = { refused: lost }
  const tried = new Set<string>()
  for (const manner of manners) {
    const result = editedAs(manner, source, of, tried)
    // Another manner has written the same.
    if (!result) continue
    if ('refused' in result) {
      // The first that says why.
      if ('refused' in best && best.refused === lost) best = result
      continue
    }
    if (result.costs.length === 0) return result
    if ('refused' in best || result.costs.length < best.costs.length) best = result
  }
  return best
}

/** Null where one of the texts that were tried, and could be written, comes out again. */
function editedAs<T>(manner: Manner, source: Source<T>, of: Omit<Edited, 'is' | 'now' | 'ours'>, tried: Set<string>): Back<T> | null {
  const { was: documents, before, after } = of
  const form = formOf(documents, before, after, manner)
  const result = source.patched(withOrphans(differences(form.before, form.after, documents), documents))
  if ('refused' in result) return result
  if (tried.has(String(result.written))) return null
  const again = result.documents
  const mesh = read(again)
  const whole = draw(again, mesh, after).design
  // Objects keep the names that they have, unless the edit speaks of those.
  const drawn = { ...withoutStrays(whole, after), ...(after.names === before.names && { names: after.names }) }
  // What no compiled object says, such as a host that only a ServiceEntry names, would be drawn again from the text.
  const wanted = new Set(after.nodes.map(({ id }) => id))
  const left = drawn.nodes.filter(({ id }) => !wanted.has(id))
  const otherwise = differing(compile(drawn, form.dialect), form.is)
  if (left.length > 0 || otherwise.length > 0 || !shows(whole, after)) {
    const why = impossible(before, after)[0] ?? fruitless({ before, after, now: roadsOf(mesh, after) })[0]
    return { refused: why ?? unlike({ drawn: whole, after, left, otherwise, documents }) ?? lost }
  }
  tried.add(String(result.written))
  const ours = new Set(
    [...form.before, ...form.after].flatMap((object) => [...saidIn(object)].map(([path]) => `${asText(object.kind)} ${path}`)),
  )
  const strays = straysOf(whole, after)
  const stays = strays.length > 0 ? stillCalled(strays, straysOf(draw(documents, read(documents), before).design, before)) : []
  const now = { ...of, is: again, now: roadsOf(mesh, after), ours }
  const costs = [...impossibleOfWritten(before, after), ...stays, ...costsOf(now), ...warningsOf(now)]
  return { text: result.written, gone: goneOf(documents, again).map(({ id }) => id), costs }
}

/** What Istio cannot do of a picture, and what an edit brings of it. */
function impossible(before: Design, after: Design): Text[] {
  const errorsOf = (design: Design) => plan(design).findings.filter(({ level }) => level === 'error')
  const known = new Set(errorsOf(before).map(({ says }) => says.en))
  return errorsOf(after).flatMap(({ says }) => (known.has(says.en) ? [] : [says]))
}

/** The same of what is written: a hop that does not fit its app is written nowhere. */
function impossibleOfWritten(before: Design, after: Design): Text[] {
  const unwritten = new Set(pathsOf(after).flatMap((path) => unfit(path)?.says.en ?? []))
  return impossible(before, after).filter(({ en }) => !unwritten.has(en))
}

/** Whether all that can be written of a picture is drawn. */
function shows(drawn: Design, picture: Design): boolean {
  const roads = new Set(pathsOf(drawn).map(roadOf))
  return pathsOf(picture).every((path) => roads.has(roadOf(path)) || !isWritten(path))
}

/** Paths that a text shows and its picture does not: calls that nothing leads elsewhere. */
function straysOf(drawn: Design, picture: Design): Path[] {
  const shown = new Set(pathsOf(picture).map(callOf))
  return pathsOf(drawn).filter((path) => !shown.has(callOf(path)))
}

const roadOf = (path: Path): string => {
  const { mesh, outside, host, speaks } = path
  const says = tlsKinds[outside.tls].client(outside.fields, { host: host.name, speaks })
  return JSON.stringify([callOf(path), mesh?.tls, outside.tls, outside.port, sorted(says)])
}
const callOf = ({ pod, speaks, dialled, gateway, host }: Path): string => JSON.stringify([pod.id, speaks, dialled, gateway?.id, host.name])

/** What the edit takes away and the text still allows; what it allowed beside the picture before is not of this edit. */
function stillCalled(strays: readonly Path[], old: readonly Path[]): Text[] {
  const known = new Set(old.map(callOf))
  return strays
    .filter((path) => !known.has(callOf(path)))
    .map(({ pod, host, dialled }) =>
      both(
        `${pod.name} can still call ${host.name} on port ${dialled}: the text lists the port for others.`,
        `${pod.name} 仍可访问 ${host.name} 的 ${dialled} 端口：文本中为其他客户端列出了此端口。`,
      ),
    )
}

/**
 * A port that the text lists and that no route uses any more could be called directly, and would be drawn so; the edit does not call it, and
 * what the text lists beyond the picture is its own.
 */
function withoutStrays(drawn: Design, after: Design): Design {
  const known = new Set(after.hops.map(({ id }) => id))
  const sidecars = new Set(drawn.nodes.filter(({ kind }) => kind === 'sidecar').map(({ id }) => id))
  const strays = drawn.hops.filter(({ id, from }) => sidecars.has(from) && !known.has(id)).map(({ id }) => id)
  return strays.length > 0 ? remove(drawn, strays) : drawn
}
