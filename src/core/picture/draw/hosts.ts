/** What a host's ServiceEntry says of the host itself. */

import { testServerAddress, testServerNamespace, testServerService } from '../../compile/kinds/test-server-name'
import { isWildcarded } from '../../istio/host-name'
import type { ServiceHost } from '../../istio/mesh'
import { type Fields } from '../../model/design'
import type { Document } from '../../yaml/document'

/** Whether the documents bring the tutorials' test server along. */
export const hasTestServer = (documents: readonly Document[]): boolean =>
  documents.some(({ kind, name, namespace }) => kind === 'Deployment' && name === testServerService && namespace === testServerNamespace)

/** The fields of a host, without what follows by itself. */
export function hostFields(host: string, known: ServiceHost | undefined, testServer: boolean): Fields {
  if (!known) return {}
  const resolution = known.resolution === (isWildcarded(host) ? 'NONE' : 'DNS') ? undefined : known.resolution
  const addresses = known.endpoints.map(({ address }) => address).filter((address) => address !== '')
  const served = testServer && addresses.length === 1 && addresses[0] === testServerAddress
  const follows = served || (known.resolution === 'STATIC' && JSON.stringify(addresses) === JSON.stringify(known.addresses))
  return {
    ...(resolution && { resolution }),
    ...(known.addresses.length > 0 && { addresses: known.addresses }),
    ...(addresses.length > 0 && !follows && { endpoints: addresses }),
    ...(served && { testServer: true }),
  }
}
