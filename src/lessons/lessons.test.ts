import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Text } from '../core/base/text'
import { dialects } from '../core/compile/dialects'
import { readNotation } from '../core/model/notation'
import { parse } from '../core/yaml/parse'
import { schemas } from '../testing/schemas'
import { lessons } from './catalog'
import type { Asks, Lesson, Scene, Step } from './kind'
import { brokenLaws } from './laws'
import { nodeNamed } from './node-named'
import { readLesson } from './read'
import { sceneBefore, understoodOf, workOf } from './scene'

const of = (scene: Scene, sent: Asks | null = null, dialect = dialects['istio-v1']) =>
  understoodOf(workOf(scene, 'lesson'), schemas, sent, dialect)

const textsOf = (value: unknown): Text[] => {
  if (typeof value !== 'object' || value === null) return []
  const { en, zh } = value as Partial<Text>
  return typeof en === 'string' && typeof zh === 'string' ? [{ en, zh }] : Object.values(value).flatMap(textsOf)
}

test('ids are unique', () => expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length))

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  const steps = lesson.steps.map((step, index): [string, Step, Scene, Scene] => {
    const before = sceneBefore(lesson.start, lesson.steps, index)
    return [`${index + 1}. ${step.title.en}`, step, before, step.show ?? before]
  })

  test('is said in both languages', () => {
    for (const { en, zh } of textsOf(lesson)) {
      expect(en).toMatch(/[a-z]/i)
      expect(en).not.toMatch(/\p{Script=Han}/u)
      expect(zh, en).toMatch(/\p{Script=Han}/u)
    }
  })

  test('is data: written to a file and read again it is the same', () => {
    const { part: _, ...data } = lesson
    const { lesson: read, findings } = readLesson(JSON.stringify({ lesson: 1, ...data }))
    expect(findings).toEqual([])
    expect({ ...read, part: lesson.part }).toEqual(lesson)
  })

  test('keeps the laws of lessons', () => {
    expect(brokenLaws(lesson, (scene, sent) => of(scene, sent))).toEqual([])
  })

  // There a step may be done when it begins: the tutorials wrote both ports into one ServiceEntry.
  test('keeps them in the tutorials’ dialect, but for how steps begin', () => {
    const broken = brokenLaws(lesson, (scene, sent) => of(scene, sent, dialects['istio-v1alpha3']))
    expect(broken.filter(({ path }) => !/^steps\.\d+\.goals$/.test(path))).toEqual([])
  })

  test.each(steps)('%s: each wrong way has a scene that went it', (__, step) => {
    for (const { says, such } of step.wrong ?? []) expect(such, says.en).toBeDefined()
  })

  test.each(steps)('%s: points at what is there', (__, step, before, after) => {
    const designs = [before, after].map((scene) => workOf(scene, 'lesson').design)
    for (const point of step.points ?? []) {
      const names = 'node' in point ? [point.node] : 'hop' in point ? point.hop : []
      for (const name of names) expect(designs.map((design) => nodeNamed(design, name)?.name)).not.toEqual([undefined, undefined])
      // A name that several nodes have says no more where to look: then its namespace is said as well.
      for (const name of names)
        for (const { nodes } of designs) expect(nodes.filter((node) => `${node.kind} ${node.name}` === name).length).toBeLessThan(2)
    }
  })

  test('its flows can be read', () => {
    const scenes = [lesson.start, ...lesson.steps.flatMap(({ show, wrong = [] }) => [show, ...wrong.map(({ such }) => such)])]
    for (const scene of scenes) expect(readNotation(scene?.flows ?? '').findings).toEqual([])
  })

  test('what was then and what is now differ where a reason is', () => expectReasons(lesson))
})

/** Each reason is in a line of one side alone, and each YAML can be read. */
function expectReasons({ comparisons = [] }: Lesson): void {
  for (const { original, today, reasons } of comparisons) {
    for (const side of [original, today]) expect(parse(side).findings.filter(({ level }) => level === 'error')).toEqual([])
    const [old, now] = [original.split('\n'), today.split('\n')]
    const apart = [...old.filter((line) => !now.includes(line)), ...now.filter((line) => !old.includes(line))]
    for (const { at } of reasons)
      expect(
        apart.some((line) => line.includes(at)),
        `nothing differs at ${at}`,
      ).toBe(true)
    expect(reasons.length).toBeGreaterThan(0)
  }
}

describe('a lesson file', () => {
  test('the one of the guide is a lesson', () => {
    const guide = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []
    expect(readLesson(example).findings).toEqual([])
    expect(readLesson(example).lesson?.steps.length).toBeGreaterThan(0)
  })

  test.each([
    ['', ''],
    ['a: [', ''],
    ['lesson: 1', 'id'],
    ['lesson: 2\nid: a', 'lesson'],
    ['{"lesson":1,"id":"A b","title":"t","story":"s","start":{},"steps":[]}', 'id'],
    [withGoal('{"reqest":{"url":"http://a"}}'), 'steps.0.goals.0.is'],
    [withGoal('{"not":{"problem":1}}'), 'steps.0.goals.0.is.not.problem'],
    [withGoal('{"problem":"L1"}', 'sleep HTTP'), 'start.flows'],
    [
      withGoal('{"problem":"L1"}', '', '"wrong":[{"says":"w","is":{"problem":"L1"},"such":{"flows":"sleep HTTP"}}],'),
      'steps.0.wrong.0.such.flows',
    ],
    ['a: 1\n---\nb: 2', ''],
  ])('%j is told to be wrong at %j', (source, path) => {
    const { lesson, findings } = readLesson(source)
    expect(lesson).toBeNull()
    expect(findings.map((finding) => finding.path)).toContain(path)
    for (const { says } of findings) expect(says.zh).toMatch(/\p{Script=Han}/u)
  })
})

function withGoal(is: string, flows = '', more = ''): string {
  const step = `{${more}"title":"t","says":"s","goals":[{"says":"g","is":${is}}],"hint":"h","after":"a"}`
  return `{"lesson":1,"id":"a","title":"t","story":"s","start":{"flows":${JSON.stringify(flows)}},"steps":[${step}]}`
}
