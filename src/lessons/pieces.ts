/**
 * The catalog in the pieces in which the app loads it, each by a name. The build runs this file and makes a module of each piece
 * (`e2e/tools/lessons-apart.mjs`); `apart.ts` loads them.
 */
import type { Lang } from '../core/base/text'
import { lessons } from './catalog'
import { comparedIn, listedIn, takenIn } from './one-language'

const langs: readonly Lang[] = ['en', 'zh']

/** The order in which lessons are taken. */
export const ids: readonly string[] = lessons.map(({ id }) => id)

export const pieces: Readonly<Record<string, unknown>> = Object.fromEntries(
  langs.flatMap((lang) => [
    [`${lang}/list`, lessons.map((lesson) => listedIn(lesson, lang))] as const,
    ...lessons.map((lesson) => [`${lang}/lesson/${lesson.id}`, takenIn(lesson, lang)] as const),
    ...lessons
      .filter(({ comparisons }) => comparisons)
      .map((lesson) => [`${lang}/compared/${lesson.id}`, comparedIn(lesson, lang)] as const),
  ]),
)
