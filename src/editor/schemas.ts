/** The schemas of all kinds for the editor: with what the Gateway API says of its fields, which no check needs. */

import { once } from '../core/base/memo'
import { type Schemas, schemasOf } from '../core/schema/schemas'
import { loadSchemaFiles } from '../store/derived/schemas'

/** They come when they are first asked for. */
export const loadSchemas = once(async (): Promise<Schemas> => {
  const [files, words] = await Promise.all([loadSchemaFiles(), import('../schemas/gateway-api-words.json')])
  return schemasOf(files, words.default.descriptions)
})
