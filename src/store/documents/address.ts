/** A document's own address in this browser: for a bookmark, for Back, for a second tab. */
import type { Id } from '../../core/base/id'

const begins = '#design='

export const addressOfDesign = (id: Id): string => `${begins}${encodeURIComponent(id)}`

export const isDesignAddress = (hash: string): boolean => hash.startsWith(begins)

/** The id in an address; null where it has none that could be one. */
export function idInAddress(hash: string): Id | null {
  if (!isDesignAddress(hash)) return null
  const id = /^[\w-]{1,100}$/.exec(hash.slice(begins.length))?.[0]
  return id ?? null
}
