/** `--dialect`: reads the id, and lists the ids for the help. */
import { defaultDialect } from '../core/compile/default-dialect'
import { type DialectId, dialectIds, dialectNamed, dialects } from '../core/compile/dialects'
import type { Dialect } from '../core/compile/dialects/kind'
import type { Args } from './args'

/** As the usage of a command says it. */
export const dialectUsage = (): string => `[--dialect ${dialectIds.join('|')}]`

/** The dialect that is asked for, today's where none is; `problem` where there is none of that name. */
export function dialectIn({ values }: Args): Dialect | { problem: string } {
  const name = values.dialect?.at(-1) ?? defaultDialect
  const id: DialectId | undefined = dialectNamed(name)
  return id ? dialects[id] : { problem: `--dialect is ${dialectIds.join(' or ')}, not ${name}.` }
}
