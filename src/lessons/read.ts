/** A lesson from a file: YAML or JSON of the form that `README.md` tells. The only file here that loads valibot. */
import * as v from 'valibot'
import { both, type Text } from '../core/base/text'
import { unfit } from '../core/base/unfit'
import { readNotation } from '../core/model/notation'
import { parse } from '../core/yaml/parse'
import { goalKinds } from './goals'
import { controls, type Goal, type Lesson, type Point, type Scene } from './kind'

const longest = 500_000

/** What is wrong with a lesson file: where, as a path such as `steps.2.goals.0`, and what. */
export interface LessonFinding {
  path: string
  says: Text
}

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(20_000))
/** One language is enough: it is shown in both. */
const words: v.GenericSchema<unknown, Text> = v.pipe(
  v.union([text, v.strictObject({ en: text, zh: text }), v.strictObject({ en: text }), v.strictObject({ zh: text })]),
  v.transform((said): Text => {
    if (typeof said === 'string') return { en: said, zh: said }
    const [en, zh] = ['en' in said ? said.en : said.zh, 'zh' in said ? said.zh : said.en]
    return { en, zh }
  }),
)
const optional = v.optional
const number = v.pipe(v.number(), v.integer())
const asks = v.strictObject({ from: optional(text), url: text, curl: optional(v.array(v.string())) })
const goal: v.GenericSchema<unknown, Goal> = v.lazy((input) => {
  const kind = typeof input === 'object' && input !== null ? goalKinds.find(({ key }) => Object.hasOwn(input, key)) : undefined
  return (kind && forms.get(kind.key)) ?? anyGoal
})
const forms = new Map(goalKinds.map(({ key, form }) => [key, form({ v, text, number, asks, goal }) as v.GenericSchema<unknown, Goal>]))
const anyGoal = v.custom<Goal>(() => false, `one of ${goalKinds.map(({ key }) => key).join(', ')}`)
const point: v.GenericSchema<unknown, Point> = v.union([
  v.strictObject({ node: text }),
  v.strictObject({ hop: v.tuple([text, text]) }),
  v.strictObject({ control: v.picklist(controls) }),
])
const scene: v.GenericSchema<unknown, Scene> = v.strictObject({ flows: optional(v.string(), ''), yaml: optional(v.string()) })
const said = v.strictObject({ says: words, is: goal })
const step = v.strictObject({
  title: words,
  says: words,
  goals: v.pipe(v.array(said), v.minLength(1)),
  wrong: optional(v.array(v.strictObject({ says: words, is: goal, such: optional(scene) }))),
  points: optional(v.array(point)),
  hint: words,
  show: optional(scene),
  sends: optional(asks),
  after: words,
})
const comparison = v.strictObject({
  title: words,
  original: text,
  today: text,
  reasons: v.array(v.strictObject({ at: text, says: words })),
})
const shape = v.strictObject({
  lesson: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and "-"')),
  title: words,
  story: words,
  start: scene,
  steps: v.pipe(v.array(step), v.minLength(1), v.maxLength(50)),
  comparisons: optional(v.array(comparison)),
  issues: optional(v.array(number)),
})

/**
 * A lesson from the text of a file. Takes any string and never throws: what is no lesson gives null and says where and why. Unknown fields are
 * refused, since a misspelled goal would be one that nobody asks.
 */
export function readLesson(source: string): { lesson: Lesson | null; findings: LessonFinding[] } {
  if (source.length > longest) return none('', both('A lesson has at most 500,000 characters.', '一门课程最多 500,000 个字符。'))
  const { documents, findings } = parse(source)
  const broken = findings.find(({ level, by }) => level === 'error' && by === 'yaml')
  const [document, second] = documents
  if (broken) return none('', broken.says)
  if (!document || second) return none('', both('A lesson file holds one YAML document.', '课程文件应只包含一个 YAML 文档。'))
  const result = v.safeParse(shape, document.object)
  if (!result.success) return { lesson: null, findings: result.issues.slice(0, 20).map(issueOf) }
  const { lesson: _, ...read } = result.output
  const lesson: Lesson = { ...(read as Omit<Lesson, 'part'>), part: 'file' }
  const scenes = scenesOf(lesson).flatMap(([path, { flows }]) =>
    readNotation(flows).findings.map(({ line, says }) => ({
      path,
      says: both(`Line ${line}: ${says.en}`, `第 ${line} 行：${says.zh}`),
    })),
  )
  return scenes.length > 0 ? { lesson: null, findings: scenes } : { lesson, findings: [] }
}

const none = (path: string, says: Text) => ({ lesson: null, findings: [{ path, says }] })

const scenesOf = ({ start, steps }: Lesson): [string, Scene][] => [
  ['start.flows', start],
  ...steps.flatMap(({ show, wrong = [] }, index): [string, Scene][] => [
    ...(show ? [[`steps.${index}.show.flows`, show] as [string, Scene]] : []),
    ...wrong.flatMap(({ such }, nth): [string, Scene][] => (such ? [[`steps.${index}.wrong.${nth}.such.flows`, such]] : [])),
  ]),
]

function issueOf(issue: v.BaseIssue<unknown>): LessonFinding {
  const path = v.getDotPath(issue) ?? ''
  return { path, says: unfit(path, issue, both('The lesson', '课程')) }
}
