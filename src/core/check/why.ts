/** Why a finding is one: for every code of the list of problems a title, the reason, and where more is said. */
import { rules } from './rules'
import { whyDesign } from './why/design'
import type { Why } from './why/entry'
import { whySchema } from './why/schema'
import { whyTrace } from './why/trace'
import { whyYaml } from './why/yaml'

export type { Why } from './why/entry'

const byRule = new Map<string, Why>(rules.map(({ id, title, why, links }) => [id, { title, why, links }]))
const others = new Map<string, Why>(Object.entries({ ...whyYaml, ...whySchema, ...whyTrace, ...whyDesign }))

/** The reason behind a code: of the reader of YAML (Y-…), the schemas (S-…), a rule, a failure of the trace, or the drawing; null for an unknown one. */
export const whyOf = (code: string): Why | null => byRule.get(code) ?? others.get(code) ?? null
