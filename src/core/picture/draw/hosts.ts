/** What a host's ServiceEntry says of the host itself. */

import { testServerAddress, testServerNamespace, testServerService } from '../../compile/kinds/test-server-name'
import { isWildcarded } from '../../istio/host-name'
import type { Mesh, ServiceHost } from '../../istio/mesh'
import { endpointsWritten } from '../../istio/service-registry'
import { type Fields } from '../../model/design'
import type { Document } from '../../yaml/document'

/** Whether the documents bring the tutorials' test server along. */
export const hasTestServer = (documents: readonly Document[]): boolean =>
  documents.some(({ kind, name, namespace }) => kind === 'Deployment' && name === testServerService && namespace === testServerNamespace)

/** The fields of a host, without what follows by itself. */
export function hostFields(mesh: Mesh, host: string, entry: ServiceHost | undefined, testServer: boolean): Fields {
  if (!entry) return {}
  const resolution = entry.resolution === (isWildcarded(host) ? 'NONE' : 'DNS') ? undefined : entry.resolution
  const addresses = endpointsWritten(mesh, entry)
    .map(({ address }) => address)
    .filter((address) => address !== '')
  const served = testServer && addresses.length === 1 && addresses[0] === testServerAddress
  const isItself = addresses.length === 1 && addresses[0] === host
  const follows = served || isItself || (entry.resolution === 'STATIC' && JSON.stringify(addresses) === JSON.stringify(entry.addresses))
  return {
    ...(resolution && { resolution }),
    ...(entry.addresses.length > 0 && { addresses: entry.addresses }),
    ...(addresses.length > 0 && !follows && { endpoints: addresses }),
    ...(served && { testServer: true }),
  }
}
