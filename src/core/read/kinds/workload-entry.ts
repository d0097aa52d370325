/** WorkloadEntry: a workload without a pod, which ServiceEntries of its namespace select; its own labels count before those of its spec (Istio `serviceentry/conversion.go`). */

import { asLabels, asNumber, asText, entriesOf } from '../../base/loose'
import { specOf, writtenAt } from '../loose'
import type { Reader } from './kind'

export const workloadEntry: Reader = {
  group: 'networking.istio.io',
  kind: 'WorkloadEntry',
  read(document) {
    const spec = specOf(document)
    const ports = entriesOf(spec.ports).filter((entry): entry is [string, number] => asNumber(entry[1]) !== null)
    const labels = { ...asLabels(spec.labels), ...document.labels }
    return { workloadEntries: [{ ...writtenAt(document), address: asText(spec.address), labels, ports: Object.fromEntries(ports) }] }
  },
}
