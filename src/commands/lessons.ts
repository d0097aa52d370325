import { once } from '../core/base/memo'
import type { Lang } from '../core/base/text'
import { dialects } from '../core/compile/dialects'
import { type SchemaFile, schemasOf } from '../core/schema/schema'
import { lessons as all } from '../lessons/catalog'
import { handoutOf } from '../lessons/handout'
import type { Lesson } from '../lessons/kind'
import { brokenLaws } from '../lessons/laws'
import { type LessonFinding, readLesson } from '../lessons/read'
import { understoodOf, workOf } from '../lessons/scene'
import gatewayApi from '../schemas/gateway-api.json'
import istio from '../schemas/istio.json'
import kubernetes from '../schemas/kubernetes.json'
import { readArgs } from './args'
import type { Command, Input, Output } from './kind'

export const lessons: Command = {
  name: 'lessons',
  usage: 'egress lessons [check FILE|- ... | show ID|FILE] [--lang en|zh] [--json]',
  says: 'lists the lessons; check: what is wrong with lesson files, and whether each step begins undone and is done by Show me; show: prints a lesson as Markdown to hand out, the answers last',
  run(words, input) {
    const args = readArgs(words, { values: ['lang'], flags: ['json'] })
    if ('problem' in args) return usage(args.problem)
    const lang = args.values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const [verb, ...rest] = args.files
    const json = args.flags.has('json')
    if (verb === undefined) return listed(lang, json)
    if (verb === 'check')
      return rest.length > 0 ? checked(rest, input, lang, json) : usage('Name a FILE of a lesson, or - for standard input.')
    if (verb !== 'show') return usage(`lessons ${verb} is unknown; known are check and show.`)
    const [name, extra] = rest
    if (name === undefined || extra !== undefined) return usage('Name one lesson: its ID, or a FILE.')
    return json ? usage('show prints Markdown alone.') : shown(name, input, lang)
  },
}

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${lessons.usage}\n`, code: 2 })

function listed(lang: Lang, json: boolean): Output {
  if (json) {
    const list = all.map(({ id, part, title, story, steps }) => ({
      id,
      part,
      title: title[lang],
      story: story[lang],
      steps: steps.map((step) => ({ title: step.title[lang], goals: step.goals.map(({ says }) => says[lang]) })),
    }))
    return { out: `${JSON.stringify(list, null, 2)}\n`, err: '', code: 0 }
  }
  const width = Math.max(...all.map(({ id }) => id.length))
  const out = all.map(
    ({ id, title, steps }) =>
      `${id.padEnd(width)}  ${title[lang]}\n${steps.map((step, index) => `${' '.repeat(width)}    ${index + 1}. ${step.title[lang]}\n`).join('')}`,
  )
  return { out: out.join(''), err: '', code: 0 }
}

const allSchemas = once(() => schemasOf([istio, gatewayApi, kubernetes] as unknown as SchemaFile[]))

/** The laws in each dialect; what breaks in both is told once. */
function lawsOf(lesson: Lesson): LessonFinding[] {
  const found = Object.values(dialects).flatMap((dialect) =>
    brokenLaws(lesson, (scene, sent) => understoodOf(workOf(scene, lesson.id), allSchemas(), sent, dialect)),
  )
  return [...new Map(found.map((finding) => [`${finding.path} ${finding.says.en}`, finding])).values()]
}

function checked(files: readonly string[], input: Input, lang: Lang, json: boolean): Output {
  const results: { file: string; id: string | null; findings: LessonFinding[] }[] = []
  for (const file of files) {
    const read = input.read(file)
    if ('problem' in read) return usage(read.problem)
    const { lesson, findings } = readLesson(read.text)
    results.push({ file, id: lesson?.id ?? null, findings: lesson ? lawsOf(lesson) : findings })
  }
  const code = results.some(({ findings }) => findings.length > 0) ? 1 : 0
  if (json) {
    const list = results.map(({ file, id, findings }) => ({
      file,
      id,
      findings: findings.map(({ path, says }) => ({ path, says: says[lang] })),
    }))
    return { out: `${JSON.stringify(list, null, 2)}\n`, err: '', code }
  }
  const lines = results.flatMap(({ file, findings }) =>
    findings.map(({ path, says }) => `${[file, path, says[lang]].filter(Boolean).join(': ')}\n`),
  )
  return { out: lines.join(''), err: '', code }
}

/** A lesson that ships, or one of a file. */
function shown(name: string, input: Input, lang: Lang): Output {
  const shipped = all.find(({ id }) => id === name)
  if (shipped) return { out: handoutOf(shipped, lang), err: '', code: 0 }
  const read = input.read(name)
  if ('problem' in read) return usage(`No lesson is called ${name}, and no file either. See: egress lessons`)
  const { lesson, findings } = readLesson(read.text)
  if (lesson) return { out: handoutOf(lesson, lang), err: '', code: 0 }
  return { out: '', err: findings.map(({ path, says }) => `${[name, path, says[lang]].filter(Boolean).join(': ')}\n`).join(''), code: 1 }
}
