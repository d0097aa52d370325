import type { Text } from './text'

/** Chinese made of parts: a part may begin or end with Latin letters, which stand apart from Han. */

/** The sentence with a space wherever Han and a Latin letter or digit touch. */
export const spaced = (zh: string): string => zh.replace(/(?<=\p{Script=Han})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=\p{Script=Han})/gu, ' ')

/** A sentence that ends in what comes of it. */
export const endingIn = (says: Text, outcome: Text): Text => ({
  en: `${says.en.replace(/\.$/, '')}: ${outcome.en}.`,
  zh: `${says.zh.replace(/。$/, '')}：${outcome.zh}。`,
})
