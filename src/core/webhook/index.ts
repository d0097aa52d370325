/** What Istio’s webhook refuses, a line for each file of rules. */
import type { Rule } from '../rules/kind'
import { webhookAddresses } from './addresses'
import { webhookAuthorizationPolicy } from './authorization-policy'
import { webhookClientTls } from './client-tls'
import { webhookDestinationRule } from './destination-rule'
import { webhookEmpty } from './empty'
import { webhookEnvoyFilter } from './envoy-filter'
import { webhookExportTo } from './export-to'
import { webhookGateway } from './gateway'
import { webhookGatewayTls } from './gateway-tls'
import { webhookHttpValues } from './http-values'
import { webhookLabels } from './labels'
import { webhookPolicyValues } from './policy-values'
import { webhookResolution } from './resolution'
import { webhookRoutes } from './routes'
import { webhookServiceEntry } from './service-entry'
import { webhookSidecar } from './sidecar'
import { webhookUnreachable } from './unreachable'
import { webhookValues } from './values'
import { webhookVirtualService } from './virtual-service'

const all: readonly Rule[] = [
  ...webhookGateway,
  ...webhookGatewayTls,
  ...webhookVirtualService,
  ...webhookRoutes,
  ...webhookUnreachable,
  ...webhookDestinationRule,
  ...webhookClientTls,
  ...webhookServiceEntry,
  ...webhookResolution,
  ...webhookAddresses,
  ...webhookSidecar,
  ...webhookAuthorizationPolicy,
  ...webhookExportTo,
  ...webhookPolicyValues,
  ...webhookEnvoyFilter,
  ...webhookLabels,
  ...webhookEmpty,
  ...webhookHttpValues,
  ...webhookValues,
]

export const webhookRules: readonly Rule[] = all.map((rule) => ({ ...rule, authority: 'webhook' }))
