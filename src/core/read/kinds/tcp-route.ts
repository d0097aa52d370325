/** TCPRoute: it names no host and carries whatever its listener lets in. */

import { items, specOf } from '../loose'
import { apiGroup } from './k8s-gateway'
import { routesOf, streamRule } from './k8s-route'
import type { Reader } from './kind'

export const tcpRoute: Reader = {
  group: apiGroup,
  kind: 'TCPRoute',
  read: (document) => {
    const tcp = items(specOf(document).rules, document.id, 'spec', 'rules').flatMap(({ item, from }) => streamRule(item, from, []) ?? [])
    return { routes: [{ ...routesOf(document, 'TCPRoute'), tcp }] }
  },
}
