/** Design <-> text for a file, a link and the browser's storage. The only file that knows valibot. What an older version wrote is migrated. */
import * as v from 'valibot'
import { brokenAt } from '../base/json'
import { both, type Text } from '../base/text'
import { unfit } from '../base/unfit'
import { keyless } from '../yaml/secrets/keys'
import { masked } from '../yaml/secrets/mask'
import { type Design, defaultWorld, outboundModes, visibilities } from './design'
import { shown } from './field'
import { nodeKindIds } from './nodes'
import { tlsModes } from './tls'
import type { Draft, Work } from './work'

const current = 2
/** What is written must be read again: the longest text that is read (yaml/parse/whole.ts), each letter written as two, and a design beside it. */
const longestText = 64_000_000
const mostFindings = 200

/** What was wrong with a text, and where: a path such as `nodes.2.name`. */
export interface LinkFinding {
  level: 'error' | 'warning'
  path: string
  says: Text
}

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(1000))
const number = v.pipe(v.number(), v.finite())
const labels = v.record(v.string(), v.string())
const optional = v.optional

const fields = v.object({
  labels: optional(labels),
  serviceAccount: optional(v.string()),
  ports: optional(v.array(v.object({ number, targetPort: number }))),
  resolution: optional(v.picklist(['DNS', 'DNS_ROUND_ROBIN', 'STATIC', 'NONE', 'DYNAMIC_DNS'])),
  addresses: optional(v.array(v.string())),
  endpoints: optional(v.array(v.string())),
  testServer: optional(v.boolean()),
})
const node = v.object({
  id,
  kind: v.picklist(nodeKindIds),
  name: v.string(),
  namespace: optional(v.string()),
  at: optional(v.object({ x: number, y: number })),
  fields: optional(fields, {}),
})
const speaks = v.picklist(['HTTP', 'HTTPS', 'TCP'])
const tls = v.picklist(tlsModes)
const tlsFields = v.object({
  sni: optional(v.string()),
  subjectAltNames: optional(v.array(v.string())),
  credentialName: optional(v.string()),
  caCertificates: optional(v.string()),
  clientCertificate: optional(v.string()),
  privateKey: optional(v.string()),
  insecureSkipVerify: optional(v.boolean()),
})
const appHop = v.object({
  id,
  from: id,
  to: id,
  call: v.object({ speaks, port: optional(number) }),
  overrides: optional(v.record(v.string(), v.object({ speaks: optional(speaks), port: optional(number) })), {}),
})
const wireHop = v.object({
  id,
  from: id,
  to: id,
  wire: v.object({ tls, port: optional(number), fields: optional(tlsFields, {}) }),
  overrides: optional(v.record(v.string(), v.object({ tls: optional(tls), port: optional(number) })), {}),
  except: optional(v.array(id), []),
})
const shape = v.object({
  version: v.literal(current),
  name: optional(v.string(), 'egress'),
  nodes: v.array(node),
  hops: v.array(v.lazy((hop) => (typeof hop === 'object' && hop !== null && 'call' in hop ? appHop : wireHop))),
  guards: optional(
    v.array(
      v.object({ kind: optional(v.literal('NetworkPolicy'), 'NetworkPolicy'), namespace: v.string(), dns: optional(v.boolean(), true) }),
    ),
    [],
  ),
  world: optional(
    v.object({
      istio: optional(v.string(), defaultWorld.istio),
      outbound: optional(v.picklist(outboundModes), 'ALLOW_ANY'),
      root: optional(v.string(), defaultWorld.root),
      visibility: optional(v.picklist(visibilities), 'PUBLIC'),
    }),
    defaultWorld,
  ),
  names: optional(labels, {}),
  draft: v.nullable(v.object({ text: v.string(), is: v.picklist(['typing', 'drawn', 'broken']) })),
})

/** From each version to the next; the first of them turns version 1 into 2. */
const migrations: readonly ((old: Record<string, unknown>) => Record<string, unknown>)[] = [
  // 1: the text was always printed.
  (old) => ({ draft: null, ...old, version: 2 }),
]

/** The design as text, with its version and the person's own text, if there is one; key material anywhere in it is left out. */
export function workToJson({ design, draft }: Work): string {
  const kept = draft && { ...draft, text: masked(draft.text) }
  return keyless(`${JSON.stringify({ version: current, ...design, draft: kept }, null, 2)}\n`)
}

export const designToJson = (design: Design): string => workToJson({ design, draft: null })

/**
 * A design from text. Takes any string and never throws: what is no design gives null and says where and why. Fields that are unknown are told
 * and left out; ids that come twice are told and the later is left out.
 */
export function designFromJson(text: string): { design: Design | null; draft: Draft | null; findings: LinkFinding[] } {
  if (text.length > longestText)
    return refused(
      '',
      both(
        `${Math.round(text.length / 1e6)} MB are no design: at most 64 MB are read.`,
        `${Math.round(text.length / 1e6)} MB 不像是设计：最多读取 64 MB。`,
      ),
    )
  const json = text.replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return refused('', brokenJson(json))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(
      '',
      both('A design is a JSON object with version, nodes and hops.', '设计是一个带有 version、nodes 和 hops 的 JSON 对象。'),
    )
  const migrated = migrate(value as Record<string, unknown>)
  if ('says' in migrated) return refused('version', migrated.says as Text)
  const result = v.safeParse(shape, migrated)
  if (!result.success) return { design: null, draft: null, findings: result.issues.slice(0, 20).map(issueOf) }
  const { version: _, draft, ...design } = result.output
  const { kept, findings } = withoutDoubles(design as Design)
  return { design: kept, draft, findings: [...unknownFields(migrated, result.output, ''), ...findings].slice(0, mostFindings) }
}

const refused = (path: string, says: Text) => ({ design: null, draft: null, findings: [{ level: 'error' as const, path, says }] })

function brokenJson(text: string): Text {
  if (text.trim() === '') return both('The text is empty.', '文本为空。')
  const at = brokenAt(text)
  // Whatever the engine refuses beyond that, such as a depth of millions, is noise.
  if (at === null) return both('This is no JSON.', '这不是 JSON。')
  if (at >= text.trimEnd().length && text.trimStart().startsWith('{'))
    return both('The text ends in the middle: it is cut off.', '文本在中途结束：内容不完整。')
  const before = text.slice(0, at).split('\n')
  const [line, column] = [before.length, (before.at(-1) as string).length + 1]
  return both(`This is no JSON: line ${line}, column ${column} cannot be read.`, `这不是 JSON：第 ${line} 行第 ${column} 列无法读取。`)
}

function migrate(value: Record<string, unknown>): Record<string, unknown> | { says: Text } {
  const { version } = value
  if (version === undefined) return { says: both('A design has a version; this one has none.', '设计应带有 version；这里没有。') }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return { says: both('version is a whole number from 1.', 'version 应为从 1 开始的整数。') }
  if (version > current)
    return {
      says: both(
        `Version ${version} is newer than this app, which knows ${current}. Reload the app.`,
        `版本 ${version} 比此应用（${current}）更新。请刷新应用。`,
      ),
    }
  return migrations.slice(version - 1).reduce((old, step) => step(old), value)
}

function issueOf(issue: v.BaseIssue<unknown>): LinkFinding {
  const path = v.getDotPath(issue) ?? ''
  return { level: 'error', path, says: unfit(path, issue, both('The design', '设计')) }
}

function withoutDoubles(design: Design): { kept: Design; findings: LinkFinding[] } {
  const findings: LinkFinding[] = []
  const seen = new Set<string>()
  const first = (kind: string) => (thing: { id: string }, index: number) => {
    if (!seen.has(thing.id)) return seen.add(thing.id) && true
    findings.push({
      level: 'warning',
      path: `${kind}.${index}.id`,
      says: both(
        `${kind}.${index}.id: ${shown(thing.id)} comes twice; the second is left out.`,
        `${kind}.${index}.id：${shown(thing.id)} 重复；第二个已忽略。`,
      ),
    })
    return false
  }
  return { kept: { ...design, nodes: design.nodes.filter(first('nodes')), hops: design.hops.filter(first('hops')) }, findings }
}

/** Keys that the shape did not take over. */
function unknownFields(given: unknown, taken: unknown, path: string): LinkFinding[] {
  if (typeof given !== 'object' || given === null || typeof taken !== 'object' || taken === null) return []
  return Object.entries(given).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key
    if (Object.hasOwn(taken, key)) return unknownFields(value, (taken as Record<string, unknown>)[key], at)
    return [{ level: 'warning' as const, path: at, says: both(`${shown(at)} is unknown and left out.`, `${shown(at)} 未知，已忽略。`) }]
  })
}
