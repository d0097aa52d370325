/** What a design is called: by the name that it was given, and before that by where it leads. */
import { type Design, emptyDesign } from '../../core/model/design'

/** Never empty. */
export function titleOf({ name, nodes }: Pick<Design, 'name' | 'nodes'>): string {
  if (name !== '' && name !== emptyDesign.name) return name
  const [first, ...others] = nodes.filter(({ kind, name }) => kind === 'host' && name !== '')
  if (!first) return emptyDesign.name
  return others.length > 0 ? `${first.name} + ${others.length}` : first.name
}
