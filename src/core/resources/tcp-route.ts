/** TCPRoute: it names no host and carries whatever its listener lets in. */

import { apiGroup } from './k8s-gateway'
import { routesOf, streamRule } from './k8s-route'
import type { ResourceKind } from './kind'
import { items, specOf } from './loose'

export const tcpRoute: ResourceKind = {
  group: apiGroup,
  kind: 'TCPRoute',
  read: (document) => {
    const tcp = items(specOf(document).rules, document, 'spec', 'rules').flatMap(({ item, from }) => streamRule(item, from, []) ?? [])
    return { routes: [{ ...routesOf(document, 'TCPRoute'), tcp }] }
  },
}
