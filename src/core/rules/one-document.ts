/** Rules that look at one document at a time: what Istio's webhook does. An unchanged document keeps its findings. */

import { inside, type Loose } from '../base/loose'
import { memo } from '../base/memo'
import { both, type Text } from '../base/text'
import type { Change, Document, DocumentId, Fix, Path } from '../yaml/document'
import { type Finding, found, type Level } from '../yaml/finding'
import type { Rule } from './kind'

/** What a rule has to say of a document: where, what, and a repair where one is certain. */
export interface Remark {
  path: Path
  says: Text
  fix?: Repair
}

export interface Repair {
  says: Text
  set?: readonly (readonly [Path, unknown])[]
  /** [] takes the whole document away. */
  remove?: readonly Path[]
  /** New documents at the end. */
  add?: readonly Readonly<Record<string, unknown>>[]
  rename?: readonly (readonly [Path, string])[]
}

export interface DocumentRule extends Omit<Rule, 'check'> {
  /** Left out: any. */
  group?: string
  kinds?: readonly string[]
  /** Given the document's spec. Never throws, whatever is written there. */
  look(spec: Loose, of: Document): readonly Remark[]
}

/** A rule over each document of some kinds, at whatever version it is written. */
export function documentRule({ group, kinds, look, ...rule }: DocumentRule): Rule {
  const findings = memo((of: Document): Finding[] =>
    look(inside(of.object, 'spec'), of).map((remark) => findingOf(rule.id, rule.level, of, remark)),
  )
  const isFor = (of: Document) => (group === undefined || of.group === group) && (kinds === undefined || kinds.includes(of.kind))
  return { ...rule, check: ({ documents }) => documents.flatMap((of) => (isFor(of) ? findings(of) : [])) }
}

const findingOf = (id: string, level: Level, of: Document, { path, says, fix }: Remark): Finding =>
  found('rule', id, level, { of: of.id, path }, says, fix && fixOf(of.id, fix))

function fixOf(of: DocumentId, { says, set = [], remove = [], rename = [], add = [] }: Repair): Fix {
  const changes: Change[] = [
    ...set.map(([path, value]) => ({ set: { of, path }, value })),
    ...rename.map(([path, to]) => ({ rename: { of, path }, to })),
    ...remove.map((path) => ({ remove: { of, path } })),
    ...add.map((object) => ({ add: object })),
  ]
  return { says, changes }
}

/** The repair that takes fields away. */
export const without = (paths: readonly Path[]): Repair => {
  const names = [...new Set(paths.map((path) => String(path.findLast((step) => typeof step === 'string') ?? '')))].join(', ')
  return { says: both(`Remove ${names}`, `删除 ${names}`), remove: paths }
}

/** The repair that writes one value. */
export const written = (path: Path, value: string | number | boolean): Repair => {
  const name = String(path.findLast((step) => typeof step === 'string') ?? '')
  return { says: both(`Set ${name} to ${value}`, `将 ${name} 设为 ${value}`), set: [[path, value]] }
}

export const networking = 'networking.istio.io'
export const security = 'security.istio.io'
