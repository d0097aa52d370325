/** The schemas of all kinds, for what is checked: they come once the canvas has painted, from files of the app itself. */

import { once } from '../../core/base/memo'
import { type SchemaFile, type Schemas, schemasOf } from '../../core/schema/schema'
import { store } from '../state/store'

/** The files themselves, read once for checks and editor. */
export const loadSchemaFiles = once(async (): Promise<SchemaFile[]> => {
  const files = await Promise.all([
    import('../../schemas/istio.json'),
    import('../../schemas/gateway-api.json'),
    import('../../schemas/kubernetes.json'),
  ])
  return files.map((file) => file.default as unknown as SchemaFile)
})

const made = once(async (): Promise<Schemas> => schemasOf(await loadSchemaFiles()))

/** Brings them into the state. */
export async function loadSchemas(): Promise<Schemas> {
  const schemas = await made()
  if (store.getState().schemas !== schemas) store.setState({ schemas })
  return schemas
}
