/** Names that a program would take for an option, such as `--all`: no command of a runbook says one. */

import { both, type Text } from '../base/text'
import { quoted } from '../compile/needs'
import { shown } from '../model/field'
import type { Block, Subject } from './chapters/kind'

/** All names of a design and of what is applied that begin as an option does. */
export function optionsIn({ design, resources, gone }: Subject): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value === 'string' && value.startsWith('-')) names.add(value)
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part)
  }
  visit(design)
  for (const { name, namespace, labels } of resources) visit([name, namespace, labels])
  for (const { name, namespace } of gone) visit([name, namespace])
  return names
}

/** The blocks of which no command has such a name for a word; what is fed to a command is none of its words. */
export function withoutOptions(blocks: readonly Block[], options: ReadonlySet<string>): Block[] {
  if (options.size === 0) return [...blocks]
  const asWords = [...options].map((name) => quoted(name.replaceAll('\0', '\ufffd')))
  const says = (run: string): boolean => {
    const line = ` ${bare(run.replaceAll('\0', '\ufffd'))} `
    return asWords.some((word) => line.includes(` ${word} `))
  }
  return blocks.filter(
    ({ run, script }) => !says(run) && !says(script?.run ?? '') && !(script?.objects ?? []).some(({ namespace }) => options.has(namespace)),
  )
}

/** The commands without the texts that they read, each word between two blanks. */
function bare(run: string): string {
  const commands: string[] = []
  /** The line that ends the text which is being read. */
  let end: string | null = null
  for (const line of run.split('\n')) {
    if (end === null) commands.push(line)
    end = end === null ? (/<<'(EOF_*)'$/.exec(line)?.[1] ?? null) : line === end ? null : end
  }
  return commands.join(' ').replace(/[;|()]/g, ' ')
}

/** What the runbook says about these names, before its chapters. */
export const notesOnOptions = (options: ReadonlySet<string>): Text[] =>
  options.size === 0
    ? []
    : [
        both(
          `A program would take these names for options, so commands that need them are left out: ${[...options].map(shown).join(', ')}`,
          `程序会把这些名称当作选项，因此略去了需要它们的命令：${[...options].map(shown).join('、')}`,
        ),
      ]
