/** The lesson that is open, in the language of the page: from the catalog, or from the file that it was written in. */
import type { Lang } from '../../core/base/text'
import { comparisonsOf, lessonOf } from '../../lessons/apart'
import type { Comparison, Lesson, TakenLesson } from '../../lessons/kind'
import { comparedIn, takenIn } from '../../lessons/one-language'
import { say } from '../state/step'
import { type OpenLesson, store } from '../state/store'
import { unloaded } from './unloaded'

/** Rejects where it cannot be loaded. */
export const lessonIn = async ({ lesson, written }: OpenLesson, lang: Lang): Promise<TakenLesson> =>
  written ? takenIn(written, lang) : lessonOf(lesson.id, lang)

/** Then and now; `written`: the lesson as it was written in a file. Rejects where they cannot be loaded. */
export const comparisonsIn = async (id: string, written: Lesson | null, lang: Lang): Promise<readonly Comparison<string>[]> =>
  written ? comparedIn(written, lang) : comparisonsOf(id, lang)

/** The lesson goes on in the language of the page: step, progress and work stay as they are. */
export async function speak(): Promise<void> {
  const { lesson: open, lang } = store.getState()
  if (!open) return
  try {
    const lesson = await lessonIn(open, lang)
    const now = store.getState()
    if (now.lesson?.key === open.key && now.lang === lang) store.setState({ lesson: { ...now.lesson, lesson } })
  } catch {
    say(unloaded)
  }
}
