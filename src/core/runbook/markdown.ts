/** A runbook as Markdown: a heading for each chapter, each command in a block of its own, and what it prints in another. */

import { both, type Lang, type Text } from '../base/text'
import type { Block } from './chapters/kind'
import { plainLine } from './chapters/shell'
import type { Runbook } from './runbook'

const words: Record<'title' | 'varies' | 'prints', Text> = {
  title: both('Runbook: ', '操作手册：'),
  varies: both('In what is printed … stands for what differs from time to time.', '输出中的 … 表示每次都可能不同的内容。'),
  prints: both('It prints:', '输出：'),
}

/** The whole runbook in one language. Names of the design can neither end a block nor become markup. */
export function toMarkdown({ title, notes, chapters }: Runbook, lang: Lang): string {
  const parts = chapters.flatMap((chapter, index) => [
    `## ${index + 1}. ${prose(chapter.title[lang])}`,
    prose(chapter.says[lang]),
    ...chapter.blocks.map((block) => blockText(block, lang)),
  ])
  const before = notes.map((note) => `> ${prose(note[lang])}`)
  return `${[`# ${words.title[lang]}${prose(title)}`, ...before, words.varies[lang], ...parts].join('\n\n')}\n`
}

function blockText({ says, run, expect }: Block, lang: Lang): string {
  const printed = expect === undefined ? [] : [words.prints[lang], fenced('text', expect)]
  return [prose(says[lang]), fenced('bash', run), ...printed].join('\n\n')
}

/** A fence that no line of the text can close. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** A sentence with names in it. An underline inside of a word is no markup, so ISTIO_MUTUAL stays readable. */
const prose = (text: string): string =>
  plainLine(text)
    .replace(/[\\`*~[\]<>]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^[#+=-]/, '\\$&')
