/** An edit of the picture, written into the text that a person wrote: only what the edit changes, at its place. */

import { asList, asMap, asText } from '../base/loose'
import { memo } from '../base/memo'
import { both, type Text } from '../base/text'
import { compile, keyOf } from '../compile/compile'
import { defaultDialect } from '../compile/default-dialect'
import { dialects } from '../compile/dialects'
import type { Dialect } from '../compile/dialects/kind'
import { objectOf } from '../compile/print'
import type { Resource } from '../compile/resource'
import { isServiceHost } from '../istio/host-name'
import type { Design } from '../model/design'
import { remove } from '../model/edit'
import { type Path, pathsOf } from '../model/path'
import { draw } from '../picture/draw'
import { read } from '../read/read'
import type { Schemas } from '../schema/schema'
import type { Document, DocumentId } from '../yaml/document'
import { parse } from '../yaml/parse'
import { differences, patched } from '../yaml/patch'
import { costsOf, goneOf, isWritten, saidIn } from './costs'
import { type Renaming, renamedIn, renames, renamingsOf } from './rename'

type Plain = Record<string, unknown>

const lost = both(
  'The text cannot be changed in place: it says this in another form than the picture does.',
  '无法就地修改文本：它的写法与图中的不同。',
)

/** The text after the edit, which objects it no longer has, and what it would cost beyond the edit; or why it cannot be written at all. */
export type WrittenBack = { text: string; gone: readonly DocumentId[]; costs: readonly Text[] } | { refused: Text }

/**
 * The text with what an edit of its picture changes: comments, order of keys and unknown documents stay. `before` is the picture of the text.
 * Refused where the new text, read again, would not be the new picture. `schemas`: what the API server takes, where that is known yet.
 */
export function writtenBack(text: string, before: Design, after: Design, schemas: Schemas | null = null): WrittenBack {
  const renamings = renamingsOf(before, after)
  const renamed =
    renamings.length > 0 && renamings.every(({ from, to }) => isServiceHost(from) === isServiceHost(to))
      ? inNewWords(text, before, after, renamings)
      : null
  return renamed
    ? edited(renamed.text, renamed.picture, { ...after, names: renamed.picture.names }, schemas, {
        documents: parse(text).documents,
        picture: before,
      })
    : edited(text, before, after, schemas)
}

/** The text with the new names of hosts in place of the old; null where it would then not show the picture with the new names. */
function inNewWords(text: string, before: Design, after: Design, renamings: readonly Renaming[]): { text: string; picture: Design } | null {
  const result = patched(text, renames(parse(text).documents, renamings))
  if ('refused' in result) return null
  const { documents } = parse(result.text)
  const drawn = draw(documents, read(documents), renamedIn(before, after)).design
  // Objects keep the names that they have.
  const picture = { ...renamedIn(before, after), names: drawn.names }
  const dialect = dialects[defaultDialect]
  return saysSame(compile(drawn, dialect), compile(picture, dialect)) ? { text: result.text, picture } : null
}

/** `old`: the text and the picture with the old names of hosts, where those are changed already. */
function edited(
  text: string,
  before: Design,
  after: Design,
  schemas: Schemas | null,
  old = { documents: parse(text).documents, picture: before },
): WrittenBack {
  const { documents } = parse(text)
  const { dialect, was, made } = formOf(documents, before)
  const is = compile(after, dialect, was)
  const objects = new Map<Resource, Plain>()
  const kinds = new Set([...was, ...is].map(({ kind }) => kind))
  const versions = [...new Set(documents.flatMap(({ kind, object }) => (kinds.has(kind) ? [asText(asMap(object).apiVersion)] : [])))]
  const plain = (resource: Resource): Plain => {
    // What is added speaks the version of the person's own objects, whatever form their names are most like.
    const own = versions.find((version) => resource.group !== '' && version.startsWith(`${resource.group}/`))
    const known = objects.get(resource) ?? named(objectOf(resource, own ?? dialect.version(resource.group)), made.get(keyOf(resource)))
    objects.set(resource, known)
    return known
  }
  const changes = differences(was.map(plain), is.map(plain), documents)
  const result = patched(text, changes)
  if ('refused' in result) return result
  const again = parse(result.text).documents
  const whole = draw(again, read(again), after).design
  const drawn = withoutStrays(whole, after)
  // What no compiled object says, such as a host that only a ServiceEntry names, would be drawn again from the text.
  const wanted = new Set(after.nodes.map(({ id }) => id))
  const back = drawn.nodes.some(({ id }) => !wanted.has(id))
  if (back || !saysSame(compile(drawn, dialect), is) || !shows(whole, after)) return { refused: lost }
  const ours = new Set(
    [...was, ...is].map(plain).flatMap((object) => [...saidIn(object)].map(([path]) => `${asText(object.kind)} ${path}`)),
  )
  const strays = straysOf(whole, after)
  const stays = strays.length > 0 ? stillCalled(strays, straysOf(draw(documents, read(documents), before).design, before)) : []
  return {
    text: result.text,
    gone: goneOf(documents, again).map(({ id }) => id),
    costs: [...stays, ...costsOf({ was: documents, is: again, before, after, old, ours, schemas })],
  }
}

/** Whether all that can be written of a picture is drawn. */
function shows(drawn: Design, picture: Design): boolean {
  const calls = new Set(pathsOf(drawn).map(callOf))
  return pathsOf(picture).every((path) => calls.has(callOf(path)) || !isWritten(path))
}

/** Paths that a text shows and its picture does not: calls that nothing leads elsewhere. */
function straysOf(drawn: Design, picture: Design): Path[] {
  const shown = new Set(pathsOf(picture).map(callOf))
  return pathsOf(drawn).filter((path) => !shown.has(callOf(path)))
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

/** The dialect whose objects the text has most of, what it writes, and the documents that hold them. */
function formOf(documents: readonly Document[], design: Design): { dialect: Dialect; was: Resource[]; made: Map<string, Document> } {
  const forms = Object.values(dialects).map((dialect) => {
    const was = compile(design, dialect)
    return { dialect, was, made: standing(was, documents) }
  })
  const exact = ({ was, made }: (typeof forms)[number]) =>
    was.filter((resource) => {
      const of = made.get(keyOf(resource))
      return of?.name === resource.name && of.namespace === resource.namespace
    }).length
  return forms.reduce((best, form) => (exact(form) > exact(best) ? form : best))
}

/** For each object the document of its name; else the only one of its kind that is for the same thing. */
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
  const left = new Map<string, Document[]>()
  for (const of of documents)
    if (!taken.has(of)) left.set(purposeOf(of.kind, of.object), [...(left.get(purposeOf(of.kind, of.object)) ?? []), of])
  for (const resource of resources) {
    if (made.has(keyOf(resource))) continue
    const same = left.get(purposeOf(resource.kind, resource.body)) ?? []
    const of = same.length === 1 ? same[0] : undefined
    if (of) made.set(keyOf(resource), of)
  }
  return made
}

/** What an object is for, whatever its name. */
function purposeOf(kind: string, body: Readonly<Record<string, unknown>>): string {
  const spec = asMap(body.spec)
  const host = asText(spec.host) || asText(asList(spec.hosts)[0])
  return `${kind} ${host || JSON.stringify(spec.selector ?? spec.podSelector ?? '')}`
}

/** The object under the name that its document has in the text. */
function named(object: Plain, of: Document | undefined): Plain {
  if (!of) return object
  const metadata = { ...asMap(object.metadata), name: of.name, ...(of.namespace && { namespace: of.namespace }) }
  return { ...object, metadata }
}

/** The same objects; lists in any order. */
function saysSame(a: readonly Resource[], b: readonly Resource[]): boolean {
  const told = (list: readonly Resource[]) => new Map(list.map((resource) => [keyOf(resource), resource]))
  const [one, other] = [told(a), told(b)]
  return one.size === other.size && [...one].every(([key, { body }]) => sorted(body) === sorted(other.get(key)?.body))
}

const sorted = (value: unknown): string =>
  typeof value === 'object' && value !== null ? sortedParts(value) : (JSON.stringify(value) ?? '')

const sortedParts = memo((value: object): string => {
  if (Array.isArray(value)) return `[${value.map(sorted).toSorted().join()}]`
  const parts = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${sorted(part)}`)
  return `{${parts.toSorted().join()}}`
})
