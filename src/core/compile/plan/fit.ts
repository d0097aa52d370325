/** Which paths can be: those whose modes go together, hop by hop. */

import type { Path } from '../../model/path'
import { tlsKinds } from '../../model/tls'
import type { Finding } from '../../yaml/finding'

/** A path whose modes do not go together, hop by hop; such a path is not compiled. */
export function unfit(path: Path): Finding | null {
  const outside = tlsKinds[path.outside.tls].fits('outside', path.speaks)
  if (outside !== true) return { rule: 'tls-mode', level: 'error', by: 'design', on: path.outside.hop, field: 'tls', says: outside }
  const mesh = path.mesh ? tlsKinds[path.mesh.tls].fits('mesh', path.speaks) : true
  return mesh === true ? null : { rule: 'tls-mode', level: 'error', by: 'design', on: path.mesh?.hop ?? null, field: 'tls', says: mesh }
}
