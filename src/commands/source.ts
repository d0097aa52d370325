/** Where a subcommand's design comes from: a file (JSON or flow notation), standard input, flows on the command line, an example. */

import type { Lang } from '../core/base/text'
import type { Design } from '../core/model/design'
import { designFromJson } from '../core/model/link'
import { readNotation } from '../core/model/notation'
import { draw } from '../core/picture/draw'
import { read } from '../core/read/read'
import { type Parsed, parse } from '../core/yaml/parse'
import { examples as all } from '../examples'
import type { Args } from './args'
import type { Input } from './kind'

/** What is wrong with a text: where, as an editor or a terminal understands it, and as data. */
export interface Reason {
  line: string
  finding: {
    rule: 'notation' | 'file'
    level: 'error' | 'warning'
    says: string
    line?: number
    column?: number
    word?: string
    path?: string
  }
}

export type Source = { design: Design; warnings: Reason[] } | { reasons: Reason[] } | { problem: string }

/** The design, or the reasons why the text is none (exit 1), or a problem of usage (exit 2). */
export function sourceOf(args: Args, input: Input, lang: Lang): Source {
  const flows = args.values.flow ?? []
  const examples = args.values.example ?? []
  const given = args.files.length + examples.length + (flows.length > 0 ? 1 : 0)
  if (given === 0) return { problem: 'Name a FILE (or -), a --flow, or an --example.' }
  if (given > 1) return { problem: 'Name one thing only: a FILE, --flow lines, or an --example.' }
  if (flows.length > 0) return fromNotation(flows.join('\n'), '--flow', lang)
  const [id] = examples
  if (id !== undefined) {
    const example = all.find((candidate) => candidate.id === id)
    return example ? { design: example.design, warnings: [] } : { problem: `No example is called ${id}. See: egress examples` }
  }
  const file = args.files[0] as string
  const read = input.read(file)
  if ('problem' in read) return read
  return read.text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('{')
    ? fromJson(read.text, file, lang)
    : fromNotation(read.text, file, lang)
}

function fromNotation(text: string, where: string, lang: Lang): Source {
  const { design, findings } = readNotation(text)
  if (findings.length === 0) return { design, warnings: [] }
  return {
    reasons: findings.map(({ line, column, word, says }) => ({
      line: `${where}:${line}:${column}: ${says[lang]}`,
      finding: { rule: 'notation', level: 'error', line, column, word, says: says[lang] },
    })),
  }
}

function fromJson(text: string, where: string, lang: Lang): Source {
  const { design, findings } = designFromJson(text)
  const reasons = findings.map(
    ({ level, path, says }): Reason => ({ line: `${where}: ${says[lang]}`, finding: { rule: 'file', level, path, says: says[lang] } }),
  )
  return design ? { design, warnings: reasons } : { reasons }
}

export const isYaml = (text: string): boolean => /^[ \t]*["']?apiVersion["']?\s*:/m.test(text)

/** A text of Kubernetes objects and the picture of it, named after its file. */
export function drawnOf(text: string, file: string): { design: Design; parsed: Parsed } {
  const parsed = parse(text)
  const { design } = draw(parsed.documents, read(parsed.documents), null)
  const name = file === '-' ? '' : (file.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '')
  return { design: { ...design, name: name || design.name }, parsed }
}
