/** Where an edit is written: one text, or the texts of several files that are one configuration. */
import { asMap, asText } from '../base/loose'
import type { Text } from '../base/text'
import type { Change, Document, DocumentId } from '../yaml/document'
import { parse, parseAll } from '../yaml/parse'
import { patched } from '../yaml/patch'
import { placeOf } from '../yaml/patch/changed'
import { hostsOf } from './costs'

export interface Source<T> {
  written: T
  documents: readonly Document[]
  /** The same with some changes made; or why they cannot be. */
  patched(changes: readonly Change[]): Source<T> | { refused: Text }
}

export const sourceOf = (text: string): Source<string> => ({
  written: text,
  documents: parse(text).documents,
  patched: (changes) => {
    const result = patched(text, changes)
    return 'refused' in result ? result : sourceOf(result.text)
  },
})

/** Each document is changed in the file that it is in; a new one comes where its kin are. */
export function sourceOfFiles(texts: readonly string[]): Source<readonly string[]> {
  const files = parseAll(texts).map(({ documents }) => documents)
  return {
    written: texts,
    documents: files.flat(),
    patched: (changes) => {
      const own = files.map((documents, index) => {
        const alone = parse(texts[index] as string).documents
        return new Map(documents.map(({ id }, at) => [id.key, (alone[at] as Document).id]))
      })
      const made: string[] = []
      for (const [index, text] of texts.entries()) {
        const mine = changes.flatMap((change): Change[] => {
          if ('add' in change) return homeOf(change.add, files) === index ? [change] : []
          const id = own[index]?.get(placeOf(change)?.of.key ?? '')
          return id ? [movedTo(change, id)] : []
        })
        const result = patched(text, mine)
        if ('refused' in result) return result
        made.push(result.text)
      }
      return sourceOfFiles(made)
    },
  }
}

/** The change, of the document as its own file alone counts it. */
function movedTo(change: Exclude<Change, { add: unknown }>, of: DocumentId): Change {
  if ('set' in change) return { ...change, set: { ...change.set, of } }
  return 'rename' in change ? { ...change, rename: { ...change.rename, of } } : { remove: { ...change.remove, of } }
}

/** The file of a new object: that of its host's other objects, else of its kind in its namespace, of its kind, of its namespace; else the last. */
function homeOf(object: Readonly<Record<string, unknown>>, files: readonly (readonly Document[])[]): number {
  const namespace = asText(asMap(object.metadata).namespace)
  const hosts = hostsIn(object)
  const kin: ((document: Document) => boolean)[] = [
    (document) => hostsIn(document.object).some((host) => hosts.includes(host)),
    (document) => document.kind === object.kind && document.namespace === namespace,
    (document) => document.kind === object.kind,
    (document) => document.namespace === namespace,
    () => true,
  ]
  for (const isKin of kin) {
    const counts = files.map((documents) => documents.filter(isKin).length)
    const most = Math.max(...counts)
    if (most > 0) return counts.lastIndexOf(most)
  }
  return files.length - 1
}

const hostsIn = (object: unknown): string[] => hostsOf(object).filter((host) => host !== '')
