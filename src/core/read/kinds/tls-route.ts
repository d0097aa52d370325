/** TLSRoute: by the name in the TLS hello, whether the listener passes TLS through or ends it. */

import { emptyMatch } from '../../istio/mesh'
import { items, specOf } from '../loose'
import { apiGroup } from './k8s-gateway'
import { routesOf, streamRule } from './k8s-route'
import type { Reader } from './kind'

export const tlsRoute: Reader = {
  group: apiGroup,
  kind: 'TLSRoute',
  read: (document) => {
    const routes = routesOf(document, 'TLSRoute')
    const sniHosts = routes.hosts.length > 0 ? routes.hosts : ['*']
    const tls = items(specOf(document).rules, document.id, 'spec', 'rules').flatMap(
      ({ item, from }) =>
        streamRule(item, from, [{ ...emptyMatch, sniHosts, from: { of: document.id, path: ['spec', 'hostnames'] } }]) ?? [],
    )
    return { routes: [{ ...routes, tls }] }
  },
}
