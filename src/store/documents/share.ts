/**
 * A design in a link: `#d1=` and the design file, deflated, with what of the page goes with it. The number is that of this way of writing, and links
 * of each are read for ever; the design in it has its own version, which is migrated. Keys and certificates are never in it.
 */
import { designFromJson, workToJson } from '../../core/model/link'
import type { Work } from '../../core/model/work'
import type { Asked, View } from '../state/store'
import { packed, type Unread, unpacked } from './packed'

/** What goes with the design, if its author wants it. */
export interface Along {
  view?: View
  selected?: readonly string[]
  /** It is traced when the link is opened. */
  request?: Asked
}

/** Longer links are cut by chats and mails: a file is safer. */
export const safeLength = 8000
/** What is read of a link at most, inflated. */
const longest = 8_000_000

const form = /^#d(\d{1,3})=/
const views: readonly unknown[] = ['both', 'canvas', 'code']

export const isLink = (hash: string): boolean => form.test(hash)

/** The part of the address behind and with `#`. */
export async function linkOf(work: Work, along: Along): Promise<string> {
  const { view, selected, request } = along
  const file = { ...(JSON.parse(workToJson(work)) as object), along: { view, selected, request } }
  return `#d1=${await packed(JSON.stringify(file))}`
}

/** Takes any address that `isLink`; never throws. */
export async function readLink(hash: string): Promise<{ work: Work; along: Along } | Unread | 'newer'> {
  const version = Number(form.exec(hash)?.[1])
  if (version !== 1) return version > 1 ? 'newer' : 'damaged'
  const read = await unpacked(hash.replace(form, ''), longest)
  if (typeof read === 'string') return read
  const { design, draft, findings } = designFromJson(read.text)
  if (!design) return findings.some(({ path, says }) => path === 'version' && /newer/.test(says.en)) ? 'newer' : 'damaged'
  return { work: { design, draft }, along: alongIn(read.text) }
}

function alongIn(text: string): Along {
  const { along } = JSON.parse(text) as { along?: Record<string, unknown> | null }
  const { view, selected, request } = along ?? {}
  const { from, url } = (request ?? {}) as Record<string, unknown>
  return {
    ...(views.includes(view) && { view: view as View }),
    ...(Array.isArray(selected) && { selected: selected.filter((id) => typeof id === 'string') }),
    ...(typeof from === 'string' && typeof url === 'string' && { request: { from, url } }),
  }
}
