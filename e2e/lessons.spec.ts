/** Every lesson, taken by a learner who does on the page what it asks for, wrong turns included (`learners/`). */
import type { Locator } from '@playwright/test'
import type { Lang } from '../src/core/base/text'
import { lessons } from '../src/lessons/catalog'
import type { Lesson, Step } from '../src/lessons/kind'
import { learning as en } from '../src/words/en/lesson'
import { learning as zh } from '../src/words/zh/lesson'
import { Learner } from './learner'
import { learners } from './learners'
import { expect, inMotion, test } from './quiet'

// An act that the page does not let one do says which.
test.use({ actionTimeout: 30_000 })

const words = { en, zh }
const learnerOf = new Map(learners.map((learner) => [learner.lesson, learner]))

/** How many lessons are taken: all, or as `EGRESS_LESSONS` says. */
const many = Number(process.env.EGRESS_LESSONS) || Number.POSITIVE_INFINITY

/** Taken in Chinese and in motion as well: these have every kind of act among them. */
const inChinese = new Set(withEveryAct())

test('every lesson has a learner, who knows each of its steps', () => {
  expect(learners.map(({ lesson, steps }) => [lesson, steps.length]).toSorted()).toEqual(
    lessons.map(({ id, steps }) => [id, steps.length]).toSorted(),
  )
})

for (const lang of ['en', 'zh'] as const)
  test.describe(lang, () => {
    test.use(lang === 'zh' ? { locale: 'zh-CN', ...inMotion } : {})
    for (const lesson of lang === 'en'
      ? someOf(lessons, many)
      : someOf(
          lessons.filter(({ id }) => inChinese.has(id)),
          Math.ceil(many / 4),
        ))
      test(`${lesson.id} is taken to its end`, async ({ page }) => {
        test.slow()
        const learner = new Learner(page, lang)
        await page.goto(`./#lesson=${lesson.id}`)
        const panel = new Panel(learner)
        for (const [index, step] of lesson.steps.entries()) await test.step(step.title[lang], () => taken(panel, lesson, index, step))
        for (const item of await panel.items.all()) await expect(item).toContainText(words[lang].done)
      })
  })

/** So many of the lessons: which of them, `EGRESS_SEED` says. */
function someOf(all: readonly Lesson[], count: number): Lesson[] {
  let state = Number(process.env.EGRESS_SEED) || 1
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
  const chosen = new Set(
    all
      .map(({ id }) => ({ id, rank: next() }))
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, count)
      .map(({ id }) => id),
  )
  return all.filter(({ id }) => chosen.has(id))
}

/** One step: begun undone, a wrong turn where the learner takes one, then the right way, and on. */
async function taken(panel: Panel, lesson: Lesson, index: number, step: Step): Promise<void> {
  const { wrong, acts } = learnerOf.get(lesson.id)?.steps[index] ?? { acts: [] }
  await expect(panel.title).toHaveText(plain(step.title[panel.lang]))
  await panel.expectStep(index, false)
  if (wrong) {
    await panel.learner.do(wrong)
    await panel.check()
    await panel.expectNoted((step.wrong ?? []).map(({ says }) => says[panel.lang]))
    await panel.expectStep(index, false)
  }
  await panel.learner.do(acts)
  await panel.check()
  await panel.expectStep(index, true)
  if (index < lesson.steps.length - 1) await panel.press(words[panel.lang].next)
}

/** The lesson as it is beside the canvas. */
class Panel {
  readonly learner: Learner
  readonly lang: Lang
  readonly region: Locator

  constructor(learner: Learner) {
    this.learner = learner
    this.lang = learner.lang
    this.region = learner.region(words[learner.lang].lesson)
  }

  get title(): Locator {
    return this.region.getByRole('heading', { level: 2 })
  }

  get items(): Locator {
    return this.region.getByRole('list', { name: words[this.lang].steps }).getByRole('listitem')
  }

  press(name: string): Promise<void> {
    return this.region.getByRole('button', { name, exact: true }).click()
  }

  /** What was found is there, anew. */
  async check(): Promise<void> {
    await this.press(words[this.lang].check)
    await expect(
      this.region.getByRole('status').filter({ hasText: new RegExp(`^(${words[this.lang].isDone}|${words[this.lang].notYet})`) }),
    ).toBeVisible()
  }

  async expectStep(index: number, done: boolean): Promise<void> {
    await expect(this.items.nth(index)).toContainText(new RegExp(`${words[this.lang][done ? 'done' : 'toDo']}$`))
  }

  /** One of the wrong ways is told. */
  async expectNoted(ways: readonly string[]): Promise<void> {
    const [first = '', ...others] = ways
    const told = others.reduce((all, way) => all.or(this.noted(way)), this.noted(first))
    await expect(told.first()).toBeVisible()
  }

  private noted(way: string): Locator {
    const paragraphs = plain(way).split('\n\n')
    return this.region.getByRole('status').getByText(paragraphs[0] ?? '', { exact: true })
  }
}

/** As it is shown: without the marks of code and bold. */
function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll('**', '')
}

/** As few lessons as it takes for their learners to do, together, every kind of act that any does. */
function withEveryAct(): string[] {
  const kindsOf = ({ steps }: (typeof learners)[number]) =>
    new Set(steps.flatMap(({ wrong = [], acts }) => [...wrong, ...acts]).map((act) => Object.keys(act)[0]))
  const left = new Set(learners.flatMap((learner) => [...kindsOf(learner)]))
  const chosen: string[] = []
  while (left.size > 0) {
    const news = (learner: (typeof learners)[number]) => [...kindsOf(learner)].filter((kind) => left.has(kind)).length
    const best = learners.reduce((most, learner) => (news(learner) > news(most) ? learner : most))
    chosen.push(best.lesson)
    for (const kind of kindsOf(best)) left.delete(kind)
  }
  return chosen
}
