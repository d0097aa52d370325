/** What analyze would warn of after an edit: neither of the text before, nor of the picture as the compiler alone writes it. */
import { foretell } from '../analyze/analyze'
import type { Text } from '../base/text'
import { compile } from '../compile/compile'
import { defaultDialect } from '../compile/default-dialect'
import { dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { read } from '../read/read'
import type { Document } from '../yaml/document'
import { parse } from '../yaml/parse'
import { type Edited, type Roads, roadsOf } from './costs'

export function warningsOf({ is, after, old, now }: Pick<Edited, 'is' | 'after' | 'old' | 'now'>): Text[] {
  const known = new Set(saidOf(old.documents, old.roads).map(keyOf))
  const fresh = saidOf(is, now).filter((one) => !known.has(keyOf(one)))
  if (fresh.length === 0) return []
  const dialect = dialects[defaultDialect]
  const { documents } = parse(textOf(print(compile(after, dialect), dialect, { comments: false, lang: 'en' })))
  const drawn = new Set(saidOf(documents, roadsOf(read(documents), after)).map(keyOf))
  return fresh.flatMap((one) => (drawn.has(keyOf(one)) ? [] : [one.says]))
}

/** Warnings that mean something. */
const saidOf = (documents: readonly Document[], { mesh, around }: Roads) =>
  foretell({ documents, mesh, around }).filter(({ level, falseAlarm }) => level !== 'info' && !falseAlarm)

const keyOf = ({ code, at }: ReturnType<typeof saidOf>[number]): string => `${code} ${at.of.kind}`
