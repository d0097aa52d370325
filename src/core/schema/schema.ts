/** Documents against the schemas of their kinds: what the API server would refuse, and how it is mended. */
import { memo, memoBy } from '../base/memo'
import { both } from '../base/text'
import type { Document, Fix, Path } from '../yaml/document'
import { type Finding, found } from '../yaml/finding'
import { fixOf, meant } from './fixes'
import { kindFinding } from './kinds'
import { metadataTroubles } from './names'
import { pathText, saidOf } from './says'
import { metadata, metadataOf, type SchemaNode, type Schemas } from './schemas'
import { droppedEntries, type Trouble, troublesOf } from './walk'

export { type SchemaFile, type SchemaNode, type Schemas, schemasOf } from './schemas'

/**
 * What does not fit the schemas, each at its place, with a fix where one is certain: unknown and misspelled fields, missing ones, wrong types
 * and values, the rules of the CRDs, kinds and versions that are not served. A kind of a group that no schema ships for has nothing to say.
 */
export function shape(documents: readonly Document[], schemas: Schemas): Finding[] {
  return documents.flatMap((document) => findingsOf(schemas, document))
}

const findingsOf = memoBy((schemas: Schemas, document: Document): readonly Finding[] => {
  const kind = schemas.of(document.group, document.version, document.kind)
  if (!kind) {
    const wrong = kindFinding(document, schemas)
    return wrong ? [wrong] : []
  }
  const { apiVersion: _, kind: __, metadata: meta, ...body } = document.object
  const above: Trouble[] = meta === undefined ? [] : troublesOf({ metadata: meta }, kind.native ? nativeMetadata : metadataAlone, true)
  const troubles = [...above, ...metadataTroubles(document, kind), ...troublesOf(body, withHead(kind.schema), kind.native)]
  const lost = kind.native ? [] : dropped(body, kind.schema, document)
  return [...withoutEchoes(troubles).map((trouble) => findingOf(trouble, document)), ...lost]
})

const dropped = (body: unknown, schema: SchemaNode, of: Document): Finding[] =>
  [...droppedEntries(body, schema)].map((path) =>
    found(
      'schema',
      'S-null',
      'warning',
      { of: of.id, path },
      both(
        `\`${pathText(path)}\` has no value: the API server drops it, as if it were not written. Give it a value or remove it.`,
        `\`${pathText(path)}\` 没有值：API server 会丢弃它，如同没有写。请填上值，或删去它。`,
      ),
    ),
  )

const metadataAlone: SchemaNode = { type: 'object', properties: { metadata } }
const nativeMetadata: SchemaNode = { type: 'object', properties: { metadata: metadataOf('finalizer') } }

/** The schema with the fields of every object, so that a misspelled one is told from an unknown one. */
const withHead = memo(
  (schema: SchemaNode): SchemaNode => ({ ...schema, properties: { apiVersion: {}, kind: {}, metadata: {}, ...schema.properties } }),
)

/** A missing field whose misspelled form is there is told once, by the misspelled one. */
function withoutEchoes(troubles: readonly Trouble[]): Trouble[] {
  const spelled = new Set(
    troubles.flatMap((trouble) => (trouble.is === 'unknown' ? [`${pathText(trouble.path.slice(0, -1))} ${meant(trouble) ?? ''}`] : [])),
  )
  return troubles.filter((trouble) => trouble.is !== 'required' || !spelled.has(`${pathText(trouble.path)} ${trouble.key}`))
}

function findingOf(trouble: Trouble, of: Document): Finding {
  const { rule, says } = saidOf(trouble)
  const fix: Fix | undefined = fixOf(trouble, of)
  const path: Path = trouble.is === 'required' ? [...trouble.path, trouble.key] : trouble.path
  return found('schema', rule, 'error', { of: of.id, path }, says, fix)
}
