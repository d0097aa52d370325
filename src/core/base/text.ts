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

/** The form that a count asks for: English tells one from more, Chinese has `other` alone. */
export const plural = <T>(lang: Lang, count: number, forms: { one: T; other: T }): T =>
  rules[lang].select(count) === 'one' ? forms.one : forms.other
