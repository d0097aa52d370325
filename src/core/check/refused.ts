import { shape } from '../schema/schema'
import type { Schemas } from '../schema/schemas'
import type { Document } from '../yaml/document'
import { webhookRefuses } from './webhook'

/** Whether a cluster would refuse the document: its API server, as kubectl asks it, with unknown fields refused; or Istio's webhook behind it. */
export const refused = (document: Document, schemas: Schemas): boolean =>
  shape([document], schemas).some(({ level }) => level === 'error') || webhookRefuses(document)
