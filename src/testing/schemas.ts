/** The schemas that ship, for tests. */
import { type SchemaFile, schemasOf } from '../core/schema/schema'
import gatewayApi from '../schemas/gateway-api.json'
import istio from '../schemas/istio.json'
import kubernetes from '../schemas/kubernetes.json'

export const schemas = schemasOf([istio, gatewayApi, kubernetes] as unknown as SchemaFile[])
