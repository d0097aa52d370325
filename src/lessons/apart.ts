/** The catalog for the app: each lesson is loaded alone, in one language. Each function rejects where the piece cannot be loaded. */
import { ids, load } from 'virtual:lessons'
import type { Lang } from '../core/base/text'
import type { Comparison, ListedLesson, TakenLesson } from './kind'

/** All lessons, in their order. */
export const listOf = (lang: Lang): Promise<readonly ListedLesson[]> => piece(`${lang}/list`)

export const isShipped = (id: string): boolean => ids.includes(id)

/** The id of the lesson after this one; null after the last, and after one that is not shipped. */
export const idAfter = (id: string): string | null => (isShipped(id) && ids[ids.indexOf(id) + 1]) || null

export const lessonOf = (id: string, lang: Lang): Promise<TakenLesson> => piece(`${lang}/lesson/${id}`)

export const comparisonsOf = (id: string, lang: Lang): Promise<readonly Comparison<string>[]> => piece(`${lang}/compared/${id}`)

async function piece<T>(name: string): Promise<T> {
  const module = await load[name]?.()
  if (!module) throw new Error(`no such piece: ${name}`)
  return module.default as T
}
