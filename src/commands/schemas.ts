/** The schemas that ship, read when a command first asks for them. */
import { once } from '../core/base/memo'
import { type SchemaFile, schemasOf } from '../core/schema/schema'
import gatewayApi from '../schemas/gateway-api.json'
import istio from '../schemas/istio.json'
import kubernetes from '../schemas/kubernetes.json'

export const allSchemas = once(() => schemasOf([istio, gatewayApi, kubernetes] as unknown as SchemaFile[]))
