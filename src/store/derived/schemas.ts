/** The schemas of all kinds, for what is checked: they come once the canvas has painted, and lie in files of the app itself. */
import { type SchemaFile, type Schemas, schemasOf } from '../../core/schema/schema'

let loaded: Promise<Schemas> | null = null

/** The same ones for everybody. */
export function loadSchemas(): Promise<Schemas> {
  loaded ??= Promise.all([
    import('../../schemas/istio.json'),
    import('../../schemas/gateway-api.json'),
    import('../../schemas/kubernetes.json'),
  ]).then((files) => schemasOf(files.map((file) => file.default as unknown as SchemaFile)))
  return loaded
}
