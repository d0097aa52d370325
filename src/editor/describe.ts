/** What is said of a word under the pointer: its field's type and description, and of a host or port what the text knows. Pure. */

import type { Mesh, ServiceHost } from '../core/istio/mesh'
import type { Path } from '../core/yaml/document'
import type { Words } from '../words/kind'
import { cursorAt } from './cursor'
import { isRequired, type SchemaNode, type SchemaOf, schemaAt, typeWord } from './schema-node'

export interface Description {
  /** Markdown, a block each. */
  blocks: readonly string[]
  from: number
  to: number
}

type Said = Words['describing']

/** The description of the word at an offset; null where there is nothing to say. */
export function describeAt(text: string, offset: number, schemaOf: SchemaOf, mesh: Mesh, words: Said): Description | null {
  const cursor = cursorAt(text, offset)
  if (!cursor) return null
  const word = text.slice(cursor.from, cursor.to)
  if (word.trim() === '' || word === '-') return null
  const isKey = cursor.at === 'key' && cursor.colon
  const path = isKey ? [...cursor.path, plain(word)] : cursor.path
  const schema = schemaOf(cursor.apiVersion, cursor.kind)
  const about = schema ? field(schema, path, words) : []
  const value = isKey ? [] : valueBlocks(plain(word), path, mesh, words)
  const blocks = [...value, ...about]
  return blocks.length > 0 ? { blocks, from: cursor.from, to: cursor.to } : null
}

const plain = (word: string): string => word.trim().replace(/^["']|["']$/g, '')

function field(schema: SchemaNode, path: Path, words: Said): string[] {
  const here = schemaAt(schema, path)
  const last = path.findLast((part) => typeof part === 'string')
  if (!here) {
    const above = schemaAt(schema, path.slice(0, -1))
    return above?.properties && typeof path.at(-1) === 'string' ? [`\`${String(last)}\` – ${words.unknownField}`] : []
  }
  const facts = [typeWord(here), ...(isRequired(schema, path) ? [words.required] : []), ...limits(here)]
  return [
    `\`${String(last ?? '')}\` – ${facts.join(', ')}`,
    ...(here.enum
      ? [
          `${words.oneOf}: ${here.enum
            .filter(Boolean)
            .map((value) => `\`${String(value)}\``)
            .join(', ')}`,
        ]
      : []),
    ...(here.description ? [escaped(here.description)] : []),
  ]
}

function limits({ minimum, maximum, maxLength, minItems, maxItems, pattern, format }: SchemaNode): string[] {
  const range = minimum !== undefined || maximum !== undefined ? [`${minimum ?? '…'}–${maximum ?? '…'}`] : []
  const items = minItems !== undefined || maxItems !== undefined ? [`${minItems ?? 0}–${maxItems ?? '…'} ×`] : []
  return [
    ...range,
    ...items,
    ...(maxLength === undefined ? [] : [`≤ ${maxLength}`]),
    ...(pattern === undefined ? [] : [`\`${pattern}\``]),
    ...(format === undefined ? [] : [format]),
  ]
}

/** The CRDs write markup of their own; only a line break has to be saved. */
const escaped = (description: string): string => description.replaceAll('<', '\\<').replaceAll('\n', '  \n')

const hostKeys = new Set(['hosts', 'host', 'sni', 'sniHosts', 'hostnames', 'hostname', 'authority'])

function valueBlocks(value: string, path: Path, mesh: Mesh, words: Said): string[] {
  const key = path.findLast((part) => typeof part === 'string')
  if (typeof key !== 'string' || !hostKeys.has(key)) return []
  const entries = mesh.serviceHosts.filter(({ hosts }) => hosts.includes(value))
  if (entries.length === 0)
    return path[0] === 'spec' && !value.includes('*') && value.includes('.') ? [`\`${value}\`: ${words.notKnown}`] : []
  return [[`${words.knownAs}:`, ...entries.map((entry) => `- ${entryLine(entry)}`)].join('\n'), ...dials(value, mesh, words)]
}

const entryLine = ({ by, namespace, name, ports, resolution, external }: ServiceHost): string => {
  const listed = ports.map(({ number, protocol }) => `${number} ${protocol}`).join(', ')
  return `${by} \`${namespace}/${name}\`: ${listed || '–'}; ${resolution}${external ? '; MESH_EXTERNAL' : ''}`
}

function dials(host: string, mesh: Mesh, words: Said): string[] {
  const own = mesh.destinationRules.filter((dial) => dial.host === host)
  if (own.length === 0) return []
  const modes = own.map((dial) => {
    const tls = [dial.policy, ...dial.subsets.map(({ policy }) => policy)].flatMap((policy) =>
      policy ? [policy.tls, ...policy.ports.map((port) => port.tls)] : [],
    )
    const written = [...new Set(tls.flatMap((one) => (one ? [one.mode] : [])))]
    return `${dial.by} \`${dial.namespace}/${dial.name}\`${written.length > 0 ? `: ${written.join(', ')}` : ''}`
  })
  return [`${words.dialled}: ${modes.join('; ')}`]
}
