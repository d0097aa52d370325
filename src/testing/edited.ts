/** What an edit of a person's text did beyond what it was asked to: a sentence for each fault. */

import { foretell } from '../core/analyze/analyze'
import { isMap } from '../core/base/loose'
import { judge } from '../core/check/judged'
import { compile } from '../core/compile/compile'
import { defaultDialect } from '../core/compile/default-dialect'
import { dialects } from '../core/compile/dialects'
import { objectOf, print, textOf } from '../core/compile/print'
import { isWritten } from '../core/edit/costs'
import { type Design, namespaceOf } from '../core/model/design'
import { type Path, pathsOf } from '../core/model/path'
import { draw } from '../core/picture/draw'
import { surroundingsOf } from '../core/picture/drawn-surroundings'
import { read } from '../core/read/read'
import { shape } from '../core/schema/schema'
import { trace } from '../core/trace/trace'
import { webhookRules } from '../core/webhook'
import type { Document } from '../core/yaml/document'
import { parse } from '../core/yaml/parse'
import { leaves, requestAlong, roadOf } from './along'
import { schemas } from './schemas'

export interface Edited {
  text: string
  before: Design
  after: Design
  result: string
}

const titled = (path: Path): string => `${namespaceOf(path.pod)}/${path.pod.name} ${roadOf(path)}`
export const nameOf = ({ kind, namespace, name }: Pick<Document, 'kind' | 'namespace' | 'name'>): string => `${kind} ${namespace}/${name}`

/** The picture of the result is the picture that was asked for. */
export function otherPicture({ after, result }: Edited): string[] {
  const { documents } = parse(result)
  const drawn = new Set(pathsOf(draw(documents, read(documents), after).design).map(titled))
  const asked = new Set(pathsOf(after).map(titled))
  // What no app can say is drawn with its warning, and written nowhere, as is a call straight to a Service.
  const written = pathsOf(after).filter(isWritten).map(titled)
  return [
    ...written.filter((path) => !drawn.has(path)).map((path) => `not drawn: ${path}`),
    ...[...drawn].filter((path) => !asked.has(path)).map((path) => `drawn, not asked for: ${path}`),
  ]
}

/** The new text applied over the old objects in a cluster: what is in it no longer is there until somebody deletes it. */
export function appliedOver(old: readonly Document[], now: readonly Document[]): Document[] {
  const names = new Set(now.map(nameOf))
  return [...old.filter((document) => !names.has(nameOf(document))), ...now]
}

/** What arrived, and the edit does not change, arrives in the same way: with the result alone, and with it applied over the objects of before. */
export function harmed({ text, before, after, result }: Edited): string[] {
  const kept = new Set(pathsOf(after).map(titled))
  const [old, now] = [parse(text).documents, parse(result).documents]
  const over = appliedOver(old, now)
  const arrives = (documents: readonly Document[], of: Design) => {
    const [mesh, drawn, own] = [read(documents), surroundingsOf(of), surroundingsOf(before)]
    const around = {
      ...drawn,
      hosts: { ...drawn.hosts, ...own.hosts },
      servers: [...own.servers, ...drawn.servers],
      secrets: [...own.secrets, ...drawn.secrets],
      filesOf: { ...drawn.filesOf, ...own.filesOf },
    }
    return (path: Path) => {
      const ends = trace(mesh, around, requestAlong(path))
      return { wrong: leaves(path, ends), way: JSON.stringify(ends.outcome.hops.map(({ cluster }) => cluster)) }
    }
  }
  // No server outside moves with an edit.
  const fields = new Map(after.nodes.map(({ id, fields: of }) => [id, of]))
  /** How these are reached is what the edit says. */
  const moved = new Set(before.nodes.filter((node) => fields.get(node.id) !== node.fields).map(({ id }) => id))
  const [was, is, applied] = [arrives(old, before), arrives(now, after), arrives(over, after)]
  return pathsOf(before)
    .filter((path) => kept.has(titled(path)) && !moved.has(path.host.id) && was(path).wrong.length === 0)
    .flatMap((path) => {
      const [then, now] = [was(path).way, is(path)]
      return [
        ...now.wrong.map((line) => `harmed: ${titled(path)}: ${line}`),
        ...applied(path).wrong.map((line) => `harmed when applied: ${titled(path)}: ${line}`),
        ...(now.wrong.length === 0 && now.way !== then ? [`another way: ${titled(path)}: ${then}, now ${now.way}`] : []),
      ]
    })
}

/** Key paths, lists without their numbers, with what is said there. */
function leavesOf(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, `${path}[]`))
  if (isMap(value)) return Object.entries(value).flatMap(([key, part]) => leavesOf(part, `${path}.${key}`))
  return [[path, JSON.stringify(value)]]
}

/** Key paths that the compiler writes for a picture, in any dialect; all others are nobody's but the person's. */
function oursOf({ before, after }: Edited): ReadonlySet<string> {
  return new Set(
    [before, after].flatMap((design) =>
      Object.values(dialects).flatMap((dialect) =>
        compile(design, dialect).flatMap((of) => leavesOf(objectOf(of, dialect.version(of.group))).map(([path]) => `${of.kind} ${path}`)),
      ),
    ),
  )
}

/** What the person says and the picture does not know is not lost: neither a field of an object, nor an object with one. */
export function lost(of: Edited): string[] {
  const names = new Map(of.after.nodes.map(({ id, name }) => [id, name]))
  const renamed = of.before.nodes.filter(({ id, kind, name }) => kind === 'host' && names.has(id) && names.get(id) !== name)
  /** A host, alone or behind its namespace, under its new name. */
  const anew = (text: string) => {
    const own = renamed.find(({ name }) => text.endsWith(` "${name}"`) || text.endsWith(`/${name}"`))
    return own ? text.slice(0, text.length - own.name.length - 1) + String(names.get(own.id)) + '"' : text
  }
  const ours = oursOf(of)
  const now = new Map(parse(of.result).documents.map((document) => [nameOf(document), leavesOf(document.object)]))
  return parse(of.text).documents.flatMap((document) => {
    const left = (now.get(nameOf(document)) ?? []).map(([path, said]) => `${path} ${said}`)
    return leavesOf(document.object)
      .filter(([path]) => !ours.has(`${document.kind} ${path}`))
      .flatMap(([path, said]) => {
        // What nothing drawn uses may keep the old name.
        const index = Math.max(left.indexOf(anew(`${path} ${said}`)), left.indexOf(`${path} ${said}`))
        if (index >= 0) left.splice(index, 1)
        return index >= 0 ? [] : [`lost: ${nameOf(document)} ${path} ${said}`]
      })
  })
}

/** What the API server or Istio's webhook refuses, and did not before. */
export function newErrors({ text, before, after, result }: Edited): string[] {
  const errors = (yaml: string, design: Design) => {
    const { documents, findings } = parse(yaml)
    const written = { documents, mesh: read(documents), around: surroundingsOf(design) }
    return [...findings, ...shape(documents, schemas), ...webhookRules.flatMap((rule) => judge(rule, written))].filter(
      ({ level }) => level === 'error',
    )
  }
  const old = new Set(errors(text, before).map(({ rule }) => rule))
  return errors(result, after)
    .filter(({ rule }) => !old.has(rule))
    .map(({ rule, says }) => `new error: ${rule}: ${says.en}`)
}

/** What analyze will warn of and is no false alarm, and neither of the text before nor of the picture as the compiler alone writes it. */
export function warned({ text, before, after, result }: Edited): string[] {
  const dialect = dialects[defaultDialect]
  const of = (yaml: string, design: Design) => {
    const { documents } = parse(yaml)
    const mesh = read(documents)
    return foretell({ documents, mesh, around: surroundingsOf(design, mesh) }).filter(
      ({ level, falseAlarm }) => level !== 'info' && !falseAlarm,
    )
  }
  const keyOf = ({ code, at }: ReturnType<typeof of>[number]) => `${code} ${at.of.kind}`
  const compiled = textOf(print(compile(after, dialect), dialect, { comments: false, lang: 'en' }))
  const known = new Set([...of(text, before), ...of(compiled, after)].map(keyOf))
  return of(result, after).flatMap((one) => (known.has(keyOf(one)) ? [] : [`new warning: ${keyOf(one)}: ${one.says.en}`]))
}

/** Whoever takes something away brings no object. */
export function brought({ text, result }: Edited): string[] {
  const old = new Set(parse(text).documents.map(nameOf))
  return parse(result).documents.flatMap((document) => (old.has(nameOf(document)) ? [] : [`brought: ${nameOf(document)}`]))
}
