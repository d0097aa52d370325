/** Kinds in the order of their documents: what others lean on comes first. A subset is there before the route that names it. */
import { destinationRule } from '../resources/destination-rule'
import { gateway } from '../resources/gateway'
import type { ResourceKind } from '../resources/kind'
import { networkPolicy } from '../resources/network-policy'
import { role, roleBinding } from '../resources/secret-role'
import { serviceEntry } from '../resources/service-entry'
import { testServerKinds } from '../resources/test-server'
import { virtualService } from '../resources/virtual-service'

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
