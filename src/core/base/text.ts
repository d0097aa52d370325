/** A sentence that a person reads, in both languages, beside the data it speaks of. No code reads it. */
export interface Text {
  en: string
  zh: string
}
export type Lang = keyof Text

export const both = (en: string, zh: string): Text => ({ en, zh })

/** The same in both languages: kinds, fields, commands and names are never translated. */
export const same = (word: string): Text => ({ en: word, zh: word })

const rules: Record<Lang, Intl.PluralRules> = { en: new Intl.PluralRules('en'), zh: new Intl.PluralRules('zh') }

/** The form that a count asks for, `other` where there is none of its own: English tells one from more, Chinese has `other` alone. */
export const plural = <T>(lang: Lang, count: number, forms: Partial<Record<Intl.LDMLPluralRule, T>> & { other: T }): T =>
  forms[rules[lang].select(count)] ?? forms.other

/** A count with its noun, in English: `1 entry`, `3 entries`. */
export const numbered = (count: number, one: string, other = `${one}s`): string => `${count} ${plural('en', count, { one, other })}`
