import { both, same } from '../../base/text'
import type { NodeKind } from './kind'

export const sidecar: NodeKind = {
  id: 'sidecar',
  title: same('Sidecar'),
  says: both('The proxy beside the app; all its traffic goes through it.', '应用旁边的代理；应用的所有流量都经过它。'),
  size: { width: 192, height: 42 },
  row: 0,
  head: 42,
  outAt: 21,
  column: 40,
  newName: (nth) => (nth === 1 ? 'sleep' : `sleep-${nth}`),
  namespaced: true,
  fields: [],
  reaches: { gateway: 'mesh', host: 'outside' },
}
