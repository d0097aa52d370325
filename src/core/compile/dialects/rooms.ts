/** Kinds in the order of their documents: what others lean on comes first. A subset is there before the route that names it. */
import { destinationRule } from '../kinds/destination-rule'
import { gateway } from '../kinds/gateway'
import type { ResourceKind } from '../kinds/kind'
import { networkPolicy } from '../kinds/network-policy'
import { role, roleBinding } from '../kinds/secret-role'
import { serviceEntry } from '../kinds/service-entry'
import { testServerKinds } from '../kinds/test-server'
import { virtualService } from '../kinds/virtual-service'

export const rooms: readonly ResourceKind[] = [
  ...testServerKinds,
  role,
  roleBinding,
  serviceEntry,
  gateway,
  destinationRule,
  virtualService,
  networkPolicy,
]
