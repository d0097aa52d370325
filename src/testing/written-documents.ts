/** Objects as documents of a text, for tests of what reads documents. */
import type { Document } from '../core/yaml/document'
import { documentOf } from '../core/yaml/parse/identity'

/** An object that says what it is. */
export const documentFrom = (object: unknown): Document => documentOf(object as Record<string, unknown>, JSON.stringify(object) ?? '')
