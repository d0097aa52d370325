/** A text that a person wrote: what of it is applied, in its own words and order, and what is better left to the person. */

import { both, same, type Text } from '../../base/text'
import type { Resource } from '../../compile/resource'
import type { Document } from '../../yaml/document'
import type { Piece } from '../../yaml/parse'
import { hasKeys } from '../../yaml/secrets/mask'
import type { Block, Own } from './kind'
import { writtenIn } from './named'
import { command, heredoc } from './shell'

/** The objects of the text, as if they had been compiled; without what a cluster would refuse. */
export const resourcesIn = ({ parsed, refused }: Own): Resource[] =>
  parsed.documents.filter((document) => isObject(document) && !refused.has(document)).map(resourceOf)

function resourceOf({ group, kind, name, namespace, labels, object }: Document): Resource {
  const { apiVersion: _, kind: __, metadata: ___, ...body } = object
  return { group, kind, name, namespace, labels, body, says: same(''), notes: [], needs: [], origins: [] }
}

/** A piece of a recipe or of values is none. */
const isObject = ({ kind, version, name }: Document): boolean => kind !== '' && version !== '' && name !== ''

/** What of the text is left out, and why; said before all else. */
export function notesOn({ parsed, refused }: Own): Text[] {
  const broken = parsed.pieces.filter(({ read }) => read.documents.length === 0 && read.findings.some(({ level }) => level === 'error'))
  const odd = parsed.documents.filter((document) => !isObject(document))
  return [
    ...(broken.length > 0 || parsed.findings.some(({ level, at }) => level === 'error' && !at && parsed.pieces.length === 0)
      ? [both('The text has mistakes of syntax: what cannot be read is left out here.', '文本有语法错误：无法读取的部分在此略去。')]
      : []),
    ...(odd.length > 0
      ? [both('Parts of the text are no objects of Kubernetes: they are left out here.', '文本中有不是 Kubernetes 对象的部分：在此略去。')]
      : []),
    ...(refused.size > 0
      ? [
          both(
            `A cluster would refuse ${listed([...refused]).en}: what is said here is what happens without.`,
            `集群会拒绝${listed([...refused]).zh}：以下所述是缺少它们时的情况。`,
          ),
        ]
      : []),
  ]
}

/** More than these are counted, not named. */
const named = 4

function listed(documents: readonly Pick<Document, 'kind' | 'name'>[]): Text {
  const names = documents.slice(0, named).map(({ kind, name }) => `${kind} ${name}`)
  const rest = documents.length - names.length
  return both(
    `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    ` ${names.join('、')}${rest > 0 ? ` 以及另外 ${rest} 个对象` : ''}`,
  )
}

interface Part {
  pieces: Piece[]
  documents: Document[]
  is: 'sound' | 'secret' | 'refused'
  /** Whether the namespace is in the text. */
  placed: boolean
}

/** The text piece by piece as it is in the editor; neighbours of one kind are one command. */
export function ownText(own: Own): Block[] {
  const parts: Part[] = []
  for (const piece of own.parsed.pieces) {
    const documents = piece.read.documents.filter(isObject)
    if (documents.length === 0) continue
    const part: Part = { pieces: [piece], documents: [...documents], is: stateOf(piece, documents, own), placed: documents.every(isPlaced) }
    const last = parts.at(-1)
    if (last && joins(last, part)) {
      last.pieces.push(piece)
      last.documents.push(...documents)
    } else parts.push(part)
  }
  return parts.flatMap((part) => blocks[part.is](part))
}

const stateOf = ({ read }: Piece, documents: readonly Document[], { refused }: Own): Part['is'] =>
  documents.some(isSecret) || hasKeys(read.text) ? 'secret' : documents.some((document) => refused.has(document)) ? 'refused' : 'sound'

const isSecret = ({ group, kind }: Document): boolean => group === '' && kind === 'Secret'

/** An object of no namespace is where it belongs. */
function isPlaced({ namespace, object }: Document): boolean {
  const { metadata } = object
  return (
    namespace === '' || (typeof metadata === 'object' && metadata !== null && 'namespace' in metadata && metadata.namespace === namespace)
  )
}

const joins = (a: Part, b: Part): boolean => a.is === b.is && a.placed === b.placed && a.documents[0]?.kind === b.documents[0]?.kind

const textOf = ({ pieces }: Part): string => pieces.map(({ read: { text } }) => (text.endsWith('\n') ? text : `${text}\n`)).join('---\n')

/** Where the text names no namespace, it is read here as being of `default`; kubectl would take that of its context. */
const start = ({ documents, placed }: Part): string =>
  placed || documents.some(isPlaced) ? 'kubectl apply -f -' : 'kubectl apply -n default -f -'

const blocks: Record<Part['is'], (part: Part) => Block[]> = {
  sound: (part) => [
    {
      says: both(`${listed(part.documents).en}, as you wrote it.`, `你所写的${listed(part.documents).zh}。`),
      run: heredoc(start(part), textOf(part)),
      expect: part.documents.map((document) => `${writtenName(document)} created`).join('\n'),
      script: { part: 'apply', objects: writtenIn(part.documents) },
    },
  ],
  refused: (part) => [
    {
      says: both(
        `A cluster refuses ${listed(part.documents).en}: fix it first, then take this command.`,
        `集群会拒绝${listed(part.documents).zh}：请先修正，再执行此命令。`,
      ),
      run: heredoc(start(part), textOf(part)),
    },
  ],
  // A runbook is passed on and kept: keys do not belong in it.
  secret: ({ documents }) =>
    documents.map((document) => ({
      says: both(
        `Your text holds the ${document.kind} ${document.name}, with keys or passwords. They are not repeated here: apply it from your own file, then look whether it is there.`,
        `你的文本中有 ${document.kind} ${document.name}，其中含有密钥或口令。这里不重复它们：请用你自己的文件应用它，再查看它是否存在。`,
      ),
      run: command('kubectl', 'get', ...(document.namespace ? ['-n', document.namespace] : []), writtenName(document)),
      script: { part: 'apply' },
    })),
}

/** As kubectl names what it has made: kind and group in lower case. */
export const writtenName = ({ kind, group, name }: Pick<Resource, 'kind' | 'group' | 'name'>): string =>
  `${kind.toLowerCase()}${group && `.${group}`}/${name}`

/** What a text may be said to have brought to the cluster for egress alone. The rest may have been there before, or carry other things. */
export const isRouting = ({ group, kind }: Pick<Resource, 'group' | 'kind'>): boolean =>
  /^(networking|security|telemetry|extensions)\.istio\.io$|^gateway\.networking\.k8s\.io$/.test(group) || kind === 'NetworkPolicy'
