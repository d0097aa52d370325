/** Every rule, a line each, in the order of their names. */
import type { Rule } from './kind'
import { webhookGateway } from './webhook-gateway'
import { webhookGatewayTls } from './webhook-gateway-tls'

export const rules: readonly Rule[] = [...webhookGateway, ...webhookGatewayTls]
