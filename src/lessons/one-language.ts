/** A lesson in one language, in the three pieces in which the app shows it. */
import type { Lang } from '../core/base/text'
import type { Comparison, Lesson, ListedLesson, Step, TakenLesson } from './kind'

export const listedIn = ({ id, part, title, story, steps }: Lesson, lang: Lang): ListedLesson => ({
  id,
  part,
  title: title[lang],
  story: story[lang],
  steps: steps.length,
})

/** What a learner needs; scenes of wrong ways are for the laws alone. */
export const takenIn = ({ id, part, title, story, start, steps, comparisons = [] }: Lesson, lang: Lang): TakenLesson => ({
  id,
  part,
  lang,
  title: title[lang],
  story: story[lang],
  start,
  steps: steps.map((step) => stepIn(step, lang)),
  compares: comparisons.length > 0,
})

const stepIn = ({ title, says, goals, wrong, hint, after, ...rest }: Step, lang: Lang): Step<string> => ({
  ...rest,
  title: title[lang],
  says: says[lang],
  goals: goals.map((goal) => ({ says: goal.says[lang], is: goal.is })),
  ...(wrong && { wrong: wrong.map((way) => ({ is: way.is, says: way.says[lang] })) }),
  hint: hint[lang],
  after: after[lang],
})

export const comparedIn = ({ comparisons = [] }: Lesson, lang: Lang): Comparison<string>[] =>
  comparisons.map(({ title, original, today, reasons }) => ({
    title: title[lang],
    original,
    today,
    reasons: reasons.map(({ at, says }) => ({ at, says: says[lang] })),
  }))
