/** What two rules ask of an EnvoyFilter: one refuses a patch that lacks a part, the other speaks only of those that are taken. */
import { field, has, inside, textOf } from '../base/loose'

/** What a patch lacks: where it goes, what it does, and with what. */
export function lacking(patch: unknown): string | null {
  if (textOf(inside(patch, 'match'), 'context') === 'WAYPOINT') return null
  if (['', 'INVALID'].includes(textOf(patch, 'applyTo'))) return 'applyTo'
  if (!has(patch, 'patch')) return 'patch'
  const operation = textOf(field(patch, 'patch'), 'operation')
  if (['', 'INVALID'].includes(operation)) return 'patch.operation'
  return operation === 'REMOVE' || has(field(patch, 'patch'), 'value') ? null : 'patch.value'
}
