/** What `istioctl analyze` will say of one place: its code, our words for it, and why it is harmless where it is. */

import type { Text } from '../base/text'
import type { Document, DocumentId, Path, Place } from '../yaml/document'
import type { Level } from '../yaml/finding'

export interface Foretold {
  /** Istio's, such as IST0101 (pkg/config/analysis/msg/messages.yaml). */
  code: string
  level: Level
  says: Text
  /** Why it is no reason to worry here; null where it is right. */
  falseAlarm: Text | null
  /** Issues of Istio and pages that say more. */
  links: readonly string[]
  at: Place
  /** Analyze itself tosses a coin here, from run to run. */
  unsure?: true
}

/** Istio's own level of each code that is foretold (messages.yaml). */
const levels: Readonly<Record<string, Level>> = {
  IST0101: 'error',
  IST0102: 'info',
  IST0106: 'error',
  IST0109: 'error',
  IST0110: 'error',
  IST0111: 'error',
  IST0112: 'error',
  IST0118: 'info',
  IST0127: 'warning',
  IST0128: 'warning',
  IST0129: 'warning',
  IST0130: 'warning',
  IST0131: 'info',
  IST0132: 'warning',
  IST0133: 'warning',
  IST0134: 'warning',
  IST0138: 'warning',
  IST0140: 'warning',
  IST0145: 'error',
  IST0146: 'warning',
  IST0150: 'warning',
  IST0151: 'warning',
  IST0162: 'warning',
  IST0165: 'warning',
  IST0173: 'error',
  IST0174: 'warning',
  IST0177: 'warning',
}

/** The codes that are claimed: of each it is told whether and at which object analyze says it. */
export const foretoldCodes: readonly string[] = Object.keys(levels)

export const page = (code: string): string => `https://istio.io/latest/docs/reference/config/analysis/${code.toLowerCase()}/`
export const issue = (number: number): string => `https://github.com/istio/istio/issues/${number}`

/** One sentence of analyze, at a place of a document. */
export const foretold = (
  code: string,
  of: Document | DocumentId,
  path: Path,
  says: Text,
  falseAlarm: Text | null = null,
  links: readonly string[] = [],
): Foretold => ({
  code,
  level: levels[code] ?? 'warning',
  says,
  falseAlarm,
  links: [page(code), ...links],
  at: { of: 'id' in of ? of.id : of, path },
})
