/** How much is wrong with a text that is not taken over yet. */

import { lint } from '../../core/check/lint'
import type { Work } from '../../core/model/work'
import { surroundingsOf } from '../../core/picture/drawn-surroundings'
import { read } from '../../core/read/read'
import { shape } from '../../core/schema/schema'
import { parsedText } from '../text/reading'
import { loadSchemas } from './schemas'

export interface Verdict {
  errors: number
  warnings: number
}

/** Counts what reader, schemas and rules find. A saved design without a text of its own counts as sound: its own check speaks later. */
export async function judged({ design, draft }: Work): Promise<Verdict> {
  if (!draft) return { errors: 0, warnings: 0 }
  const schemas = await loadSchemas()
  const { documents, findings } = parsedText(draft.text)
  const mesh = read(documents)
  const around = surroundingsOf(design, mesh)
  const found = [...findings, ...shape(documents, schemas), ...lint({ documents, mesh, around })]
  const count = (level: string) => found.filter((finding) => finding.level === level).length
  return { errors: count('error'), warnings: count('warning') }
}
