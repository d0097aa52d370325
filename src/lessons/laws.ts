/** What every lesson is held to: by the tests, by `egress lessons check`, and in the lab with what real proxies did. */
import { both, type Text } from '../core/base/text'
import { met, wrongWays } from './check'
import type { Asks, Goal, Lesson, Scene, Step } from './kind'
import type { LessonFinding } from './read'
import { sceneBefore } from './scene'
import type { Understood } from './understood'

/** How a scene is understood; `sent` is the request that was sent in it. */
export type Look = (scene: Scene, sent: Asks | null) => Understood

/**
 * Which laws a lesson breaks, each with its place: what a step begins with fails its goals, Show me meets them and is no wrong way, and a wrong
 * way is one in the scene that went it.
 */
export function brokenLaws({ start, steps }: Lesson, look: Look): LessonFinding[] {
  return steps.flatMap((step, index) => {
    const before = sceneBefore(start, steps, index)
    const at = `steps.${index}`
    return [...ofBegin(step, look(before, null), at), ...ofShow(step, look, before, at), ...ofWrong(step, look, at)]
  })
}

function ofBegin(step: Step, seen: Understood, at: string): LessonFinding[] {
  if (step.goals.some(({ is }) => !met(is, seen))) return []
  return [broken(`${at}.goals`, both('All goals hold already when the step begins.', '步骤开始时，所有目标都已经达到。'))]
}

function ofShow(step: Step, look: Look, before: Scene, at: string): LessonFinding[] {
  if (!step.show && !step.sends)
    return [
      broken(at, both('Neither `show` nor `sends`: Show me would do nothing.', '既没有 `show` 也没有 `sends`：“看答案”将什么也不做。')),
    ]
  const seen = look(step.show ?? before, step.sends ?? null)
  const missed = step.goals.flatMap(({ is, says }, nth) =>
    met(is, seen)
      ? []
      : [broken(`${at}.goals.${nth}`, both(`Show me does not meet the goal “${says.en}”.`, `“看答案”没有达到目标“${says.zh}”。`))],
  )
  const taken = wrongWays(step, seen)
  const wrong = (step.wrong ?? [])
    .filter((_, nth) => taken.includes(nth))
    .map(({ says }) => broken(`${at}.show`, both(`Show me goes a wrong way: ${says.en}`, `“看答案”走了错误的路：${says.zh}`)))
  return [...missed, ...wrong]
}

function ofWrong(step: Step, look: Look, at: string): LessonFinding[] {
  return (step.wrong ?? []).flatMap(({ is, such }, nth) => {
    if (!such) return []
    const seen = look(such, null)
    if (met(is, seen) && wrongWays(step, seen).includes(nth)) return []
    const why = met(is, seen)
      ? both('The goals of the step hold in `such`, so it is no wrong way.', '步骤的目标在 `such` 中都已达到，因此它不是错误的路。')
      : both('The condition does not hold in its own scene `such`.', '该条件在它自己的场景 `such` 中不成立。')
    return [broken(`${at}.wrong.${nth}`, why)]
  })
}

const broken = (path: string, says: Text): LessonFinding => ({ path, says })

/** Every request that a goal asks for, those of goals within it too; the ordinary ones of a verdict on bypass. */
export function requestsOf(goal: Goal): Asks[] {
  if ('request' in goal) return [goal.request]
  if ('sent' in goal) return [goal.sent]
  if ('bypass' in goal) {
    const { from, host } = goal.bypass
    return [`http://${host}/`, `https://${host}/`, `https://${host}:4444/`].map((url) => ({ ...(from && { from }), url }))
  }
  if ('all' in goal) return goal.all.flatMap(requestsOf)
  if ('any' in goal) return goal.any.flatMap(requestsOf)
  return 'not' in goal ? requestsOf(goal.not) : []
}

/** A scene of a lesson, and the requests that matter in it. */
export interface Played {
  /** `start`, `steps.2.show` or `steps.2.wrong.0.such`. */
  path: string
  scene: Scene
  requests: readonly Asks[]
}

/** Every scene of a lesson with the requests of the steps that it begins, ends or goes wrong in. */
export function playedScenes({ start, steps }: Lesson): Played[] {
  const asked = steps.map(({ goals, wrong = [], sends }) => [
    ...[...goals, ...wrong].flatMap(({ is }) => requestsOf(is)),
    ...(sends ? [sends] : []),
  ])
  // A scene stays until a step has one of its own.
  const during = (from: number): Asks[] => {
    const next = steps.findIndex(({ show }, index) => index >= from && show)
    return asked.slice(Math.max(from - 1, 0), next < 0 ? steps.length : next + 1).flat()
  }
  return [
    { path: 'start', scene: start, requests: during(0) },
    ...steps.flatMap(({ show, wrong = [] }, index): Played[] => [
      ...(show ? [{ path: `steps.${index}.show`, scene: show, requests: during(index + 1) }] : []),
      ...wrong.flatMap(({ such }, nth) =>
        such ? [{ path: `steps.${index}.wrong.${nth}.such`, scene: such, requests: asked[index] ?? [] }] : [],
      ),
    ]),
  ]
}
