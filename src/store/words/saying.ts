/** Sentences of the store, written in a language. */
import type { Lang } from '../../core/base/text'
import type { Rest } from '../../words/kind'
import type { Told } from '../state/saying'
import { useDesigner } from '../state/use'
import { sayCount } from './numbers'
import { fill } from './words'

/** The sentence in one language; its values too, where they are sentences. */
export function spoken(sayings: Rest['saying'], lang: Lang, told: Told | string): string {
  if (typeof told === 'string') return told
  if ('en' in told) return told[lang]
  const sentence = sayings[told.word]
  const values = Object.fromEntries(
    Object.entries(told.values).map(([key, value]) => [key, typeof value === 'object' ? spoken(sayings, lang, value) : value]),
  )
  return typeof sentence === 'string' ? fill(sentence, values) : sayCount(lang, sentence, Number(told.values.n), values)
}

export function useTold(): (told: Told | string) => string {
  const lang = useDesigner((s) => s.lang)
  const { saying } = useDesigner((s) => s.words)
  return (told) => spoken(saying, lang, told)
}
