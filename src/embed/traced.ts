/** The request of a link, traced through what a cluster would take of its YAML. */
import type { Lang } from '../core/base/text'
import { type SchemaFile, schemasOf } from '../core/schema/schema'
import type { Trace } from '../core/trace/outcome'
import { understander } from '../core/understand/understanding'
import { parse } from '../core/yaml/parse'
import gatewayApi from '../schemas/gateway-api.json'
import istio from '../schemas/istio.json'
import kubernetes from '../schemas/kubernetes.json'
import { firstAsked } from '../store/actions/ask-path'
import { type Shown, yamlOf } from './shown'

/** The request that the link names, else the one along its first path; null where there is none. */
export function tracedIn({ work, along }: Shown, lang: Lang): Trace | null {
  const asked = along.request ?? firstAsked(work.design)
  if (!asked) return null
  const schemas = schemasOf([istio, gatewayApi, kubernetes] as unknown as SchemaFile[])
  const understood = understander(parse)({ text: yamlOf(work, lang), own: work.draft !== null, design: work.design, schemas, made: null })
  return understood.trace(asked)
}
