/** A link's work as an embedded page shows it. Everything here is made when it is asked for, and nothing is kept. */
import type { Lang } from '../core/base/text'
import { compile } from '../core/compile/compile'
import { defaultDialect } from '../core/compile/default-dialect'
import { dialects } from '../core/compile/dialects'
import { print, textOf } from '../core/compile/print'
import type { Work } from '../core/model/work'
import type { Unread } from '../store/documents/packed'
import { type Along, readLink } from '../store/documents/share'
import type { Embedded } from '../words/kind'
import type { EmbedAsked } from './asked'

export interface Shown {
  work: Work
  along: Along
}
/** What each view is given. */
export interface ViewProps extends Shown {
  asked: EmbedAsked
  words: Embedded
}
export type NotShown = Unread | 'newer' | 'empty'

/** Takes any hash of an address; never throws. */
export async function shownOf(hash: string): Promise<Shown | NotShown> {
  if (hash === '' || hash === '#') return 'empty'
  return readLink(hash)
}

/** The person's own text, or what the design prints. */
export const yamlOf = ({ design, draft }: Work, lang: Lang): string => {
  const dialect = dialects[defaultDialect]
  return draft?.text ?? textOf(print(compile(design, dialect), dialect, { comments: true, lang }))
}
