/** The schemas of all kinds for the editor: they come when they are first asked for, and lie in files of the app itself. */
import { type SchemaFile, type Schemas, schemasOf } from '../core/schema/schemas'

let loaded: Promise<Schemas> | null = null

/** With what the Gateway API says of its fields, which no check needs. */
export function loadSchemas(): Promise<Schemas> {
  loaded ??= read()
  return loaded
}

async function read(): Promise<Schemas> {
  const [istio, gatewayApi, kubernetes, words] = await Promise.all([
    import('../schemas/istio.json'),
    import('../schemas/gateway-api.json'),
    import('../schemas/kubernetes.json'),
    import('../schemas/gateway-api-words.json'),
  ])
  const files = [istio, gatewayApi, kubernetes].map((file) => file.default as unknown as SchemaFile)
  return schemasOf(files, words.default.descriptions)
}
