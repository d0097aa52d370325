/** Kinds and versions that a cluster with Istio and the Gateway API does not serve. */

import { both } from '../base/text'
import type { Document } from '../yaml/document'
import { type Finding, found } from '../yaml/finding'
import { nearest } from './near'
import type { Schemas } from './schemas'

/** Groups of which more is to be said than that nobody serves them: rules O1 to O4 and O8 tell what took their place. */
const outdated = new Set(['config.istio.io', 'authentication.istio.io', 'rbac.istio.io', 'install.istio.io'])

/** What is wrong with a kind that has no schema; null where its group is none of ours. */
export function kindFinding(of: Document, schemas: Schemas): Finding | null {
  const { group, version, kind } = of
  if (kind === '' || version === '' || outdated.has(group)) return null
  const served = schemas.served(group, kind)
  if (served.length > 0) return unserved(of, served)
  if (schemas.group(group)) return unknownKind(of, schemas)
  const groups = [...new Set(schemas.kinds.filter((one) => one.kind === kind).map((one) => one.group))]
  const right = groups.length === 1 ? groups[0] : undefined
  const ours = /(?:^|\.)istio\.io$/.test(group) || group.startsWith('gateway.networking.')
  if (!ours && !(group === '' && right)) return null
  const says = both(
    `No API group \`${group || 'v1'}\` with a kind ${kind} is served${right ? `: ${kind} belongs to ${right}` : ''}.`,
    `没有提供 ${kind} 的 API 组 \`${group || 'v1'}\`${right ? `：${kind} 属于 ${right}` : ''}。`,
  )
  const to = right && `${right}/${schemas.served(right, kind)[0]}`
  return found('schema', 'S-kind', 'error', { of: of.id, path: ['apiVersion'] }, says, to ? setTo(of, 'apiVersion', to) : undefined)
}

const setTo = (of: Document, key: string, value: string) => ({
  says: both(`Set it to ${value}`, `改为 ${value}`),
  changes: [{ set: { of: of.id, path: [key] }, value }],
})

function unserved(of: Document, served: readonly string[]): Finding {
  const { group, version, kind } = of
  const says = both(
    `${kind} is not served as \`${group}/${version}\`. Served: ${served.join(', ')}.`,
    `${kind} 没有 \`${group}/${version}\` 这个版本。可用的版本：${served.join('、')}。`,
  )
  return found('schema', 'S-version', 'error', { of: of.id, path: ['apiVersion'] }, says, setTo(of, 'apiVersion', `${group}/${served[0]}`))
}

function unknownKind(of: Document, schemas: Schemas): Finding {
  const { group, kind } = of
  const kinds = [...new Set(schemas.kinds.filter((one) => one.group === group).map((one) => one.kind))]
  const near = nearest(kind, kinds)
  const elsewhere = schemas.kinds.find((one) => one.kind === kind)
  const hint = near
    ? both(` Is ${near} meant?`, `是不是想写 ${near}？`)
    : elsewhere
      ? both(` It belongs to ${elsewhere.group}.`, `它属于 ${elsewhere.group}。`)
      : both(` Known: ${kinds.join(', ')}.`, `已知的有：${kinds.join('、')}。`)
  const says = both(`The API group \`${group}\` has no kind ${kind}.${hint.en}`, `API 组 \`${group}\` 里没有 ${kind}。${hint.zh}`)
  const path = near || !elsewhere ? 'kind' : 'apiVersion'
  const fix = near
    ? setTo(of, 'kind', near)
    : elsewhere
      ? setTo(of, 'apiVersion', `${elsewhere.group}/${elsewhere.versions[0]}`)
      : undefined
  return found('schema', 'S-kind', 'error', { of: of.id, path: [path] }, says, fix)
}
