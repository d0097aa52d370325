/** A lesson as Markdown, for handing out: what to do and when it is done; the answers come behind all steps. */

import { both, type Lang, type Text } from '../core/base/text'
import { command } from '../core/runbook/chapters/shell'
import type { Asks, Comparison, Lesson, Scene, Step } from './kind'

const words = {
  begin: both('To begin with:', '起点：'),
  step: both('Step {n}. ', '步骤 {n}：'),
  done: both('Done when', '完成条件'),
  answers: both('Answers', '答案'),
  hint: both('Hint: ', '提示：'),
  draw: both('Draw this:', '画出：'),
  write: both('Write this:', '写出：'),
  send: both('Send this:', '发送：'),
  thenAndNow: both('Then and now', '今昔对照'),
  original: both('Then', '过去'),
  today: both('Now', '现在'),
  issues: both('Issues of Istio on this', 'Istio 的相关 issue'),
} satisfies Record<string, Text>

/** The whole lesson in one language. Its own `code` and **bold** stay as they are, since Markdown marks them so too; other markup is text. */
export function handoutOf({ title, story, start, steps, comparisons = [], issues = [] }: Lesson, lang: Lang): string {
  const parts = [
    `# ${prose(title[lang])}`,
    prose(story[lang]),
    ...sceneText(start, words.begin, lang),
    ...steps.flatMap((step, index) => stepText(step, index, lang)),
    `## ${words.answers[lang]}`,
    ...steps.flatMap((step, index) => answerText(step, index, lang)),
    ...(comparisons.length > 0 ? [`## ${words.thenAndNow[lang]}`] : []),
    ...comparisons.flatMap((comparison) => comparisonText(comparison, lang)),
    ...(issues.length > 0 ? [`## ${words.issues[lang]}`, issues.map(linkOf).join('\n')] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

const headOf = ({ title }: Step, index: number, lang: Lang): string =>
  words.step[lang].replace('{n}', String(index + 1)) + prose(title[lang])

function stepText(step: Step, index: number, lang: Lang): string[] {
  const goals = step.goals.map(({ says }) => `- [ ] ${line(says[lang])}`).join('\n')
  return [`## ${headOf(step, index, lang)}`, prose(step.says[lang]), `**${words.done[lang]}**`, goals]
}

function answerText(step: Step, index: number, lang: Lang): string[] {
  return [
    `### ${headOf(step, index, lang)}`,
    `${words.hint[lang]}${prose(step.hint[lang])}`,
    ...(step.show ? sceneText(step.show, step.show.yaml === undefined ? words.draw : words.write, lang) : []),
    ...(step.sends ? [words.send[lang], fenced('bash', commandOf(step.sends))] : []),
    prose(step.after[lang]),
  ]
}

/** The text of a scene where it has one of its own, and else what is drawn. */
function sceneText({ flows, yaml }: Scene, head: Text, lang: Lang): string[] {
  const drawn = flows.trim()
  return [
    head[lang],
    ...(yaml === undefined ? [fenced('text', drawn)] : [...(drawn ? [fenced('text', drawn)] : []), fenced('yaml', yaml.trimEnd())]),
  ]
}

function comparisonText({ title, original, today, reasons }: Comparison, lang: Lang): string[] {
  const why = reasons.map(({ at, says }) => `- ${coded(at)}: ${line(says[lang])}`).join('\n')
  const sides = [
    `**${words.original[lang]}**`,
    fenced('yaml', original.trimEnd()),
    `**${words.today[lang]}**`,
    fenced('yaml', today.trimEnd()),
  ]
  return [`### ${prose(title[lang])}`, ...sides, ...(why ? [why] : [])]
}

const commandOf = ({ url, curl = [] }: Asks): string => command('curl', ...curl, url)

const linkOf = (issue: number): string => `- [istio/istio#${issue}](https://github.com/istio/istio/issues/${issue})`

/** A fence that no line of the text can close. */
function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, ...ticksIn(text)) + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

function coded(text: string): string {
  const tick = '`'.repeat(Math.max(0, ...ticksIn(text)) + 1)
  return tick.length === 1 ? `\`${text}\`` : `${tick} ${text} ${tick}`
}

const ticksIn = (text: string): number[] => (text.match(/`+/g) ?? []).map((run) => run.length)

const line = (text: string): string =>
  prose(text)
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')

/** Paragraphs, in which only code and bold are marked. */
const prose = (text: string): string =>
  text
    .trim()
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\~[\]<>]/g, '\\$&')))
    .join('')
    .replaceAll(/^[ \t]*([#+=-])/gm, '\\$1')
    .replaceAll(/^[ \t]*(\d+)\./gm, '$1\\.')
