/** Namespace: its labels say who is in the mesh, and whether it is ambient's. */

import { writtenAt } from '../loose'
import type { Reader } from './kind'

export const namespace: Reader = {
  group: '',
  kind: 'Namespace',
  read: (document) => ({ namespaces: [{ ...writtenAt(document), labels: document.labels }] }),
}
