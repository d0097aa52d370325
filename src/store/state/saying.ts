/** What the store has to say, kept as a value: which sentence, and what is filled into it. Whoever shows it writes it in the language that is read. */
import type { Text } from '../../core/base/text'
import type { Rest } from '../../words/kind'

/** A sentence of `words/<lang>/saying.ts`. */
export interface Saying {
  readonly word: keyof Rest['saying']
  readonly values: Readonly<Record<string, string | number | Told>>
}

/** A sentence of the shell, or one that core says beside its data. */
export type Told = Text | Saying

/** A sentence that counts does it by the value `n`. */
export const saying = (word: Saying['word'], values: Saying['values'] = {}): Saying => ({ word, values })

/** Why something could not be taken in, for whoever asked for it. */
export class Refused extends Error {
  readonly says: Told

  constructor(says: Told) {
    super('en' in says ? says.en : says.word)
    this.says = says
  }
}
