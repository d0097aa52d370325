/** What every language says. English is written first, and the compiler asks each other language for the same keys. */
import type { embedded } from './en/embedded'
import type { first } from './en/first'
import type { rest } from './en/rest'
import type { shell } from './en/shell'

/** A sentence with a count in it, in the forms that the language has; `{n}` is the count. */
export type Counted = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

type Said<T> = T extends string ? string : T extends { other: string } ? Counted : { readonly [K in keyof T]: Said<T[K]> }

/** Words of the first paint. */
export type First = Said<typeof first>
/** Words of a design in another page. */
export type Embedded = Said<typeof embedded>
/** Words of panels, menus and tools. */
export type Shell = Said<typeof shell>
/** Words of what comes after the first paint. */
export type Rest = Said<typeof rest>
export type Words = First & Rest
/** Which of them are one plain sentence. */
export type Word = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words]
