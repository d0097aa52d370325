import { coloursOf, type Theme } from '../core/figure/colours'
import { markup } from '../core/figure/element'
import { pageOf } from '../core/figure/page'
import tokens from '../ui/tokens.css?raw'
import { type Args, readArgs } from './args'
import type { Command, Input, Output } from './kind'
import { drawnOf, isYaml, type Source, sourceOf } from './source'

const known = { values: ['flow', 'example', 'o', 'lang', 'theme', 'title'], flags: ['transparent', 'no-title', 'no-headings', 'no-legend'] }

export const picture: Command = {
  name: 'picture',
  usage:
    "egress picture [FILE|-] [--flow 'LINE' ...] [--example ID] [-o FILE.svg] [--lang en|zh] [--theme light|dark] [--transparent] [--title TEXT | --no-title] [--no-headings] [--no-legend]",
  says: 'prints the picture of a design, of flow notation or of YAML as SVG, as the app exports it; -o writes it',
  run(words, input) {
    const args = readArgs(words, known)
    if ('problem' in args) return usage(args.problem)
    const { values, flags } = args
    const lang = values.lang?.at(-1) ?? 'en'
    if (lang !== 'en' && lang !== 'zh') return usage(`--lang is en or zh, not ${lang}.`)
    const theme = values.theme?.at(-1) ?? 'light'
    if (theme !== 'light' && theme !== 'dark') return usage(`--theme is light or dark, not ${theme}.`)
    const source = pictured(args, input) ?? sourceOf(args, input, lang)
    if ('problem' in source) return usage(source.problem)
    if ('reasons' in source) return { out: '', err: source.reasons.map(({ line }) => `${line}\n`).join(''), code: 1 }
    const title = flags.has('no-title') ? null : (values.title?.at(-1) ?? source.design.name)
    const svg = `${markup(
      pageOf(source.design, {
        colours: coloursOf(tokens, theme satisfies Theme),
        lang,
        title,
        headings: !flags.has('no-headings'),
        legend: !flags.has('no-legend'),
        paper: !flags.has('transparent'),
      }),
    )}\n`
    const err = source.warnings.map(({ line }) => `${line}\n`).join('')
    const file = values.o?.at(-1)
    return file === undefined ? { out: svg, err, code: 0 } : { out: '', err, code: 0, files: [{ name: file, text: svg }] }
  },
}

/** A file of Kubernetes objects as it is drawn; null where something else is named. */
function pictured({ files, values }: Args, input: Input): Source | null {
  const [file] = files
  if (file === undefined || files.length > 1 || values.flow || values.example) return null
  const text = input.read(file)
  if ('problem' in text || !isYaml(text.text)) return null
  const { design } = drawnOf(text.text, file)
  return design.nodes.length > 0
    ? { design, warnings: [] }
    : { problem: `${file} has nothing that is drawn: no host that a pod is led to.` }
}

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${picture.usage}\n`, code: 2 })
