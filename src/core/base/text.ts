/** A sentence that a person reads, in both languages, beside the data it speaks of. No code reads it. */
export interface Text {
  en: string
  zh: string
}
export type Lang = keyof Text

export const both = (en: string, zh: string): Text => ({ en, zh })

/** The same in both languages: kinds, fields, commands and names are never translated. */
export const same = (word: string): Text => ({ en: word, zh: word })
