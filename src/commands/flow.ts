import { writeNotation } from '../core/model/notation'
import { readArgs } from './args'
import type { Command, Output } from './kind'
import { sourceOf } from './source'

export const flow: Command = {
  name: 'flow',
  usage: "egress flow [FILE|-] [--flow 'LINE' ...] [--example ID]",
  says: 'prints a design as flow notation',
  run(words, input) {
    const args = readArgs(words, { values: ['flow', 'example'], flags: [] })
    if ('problem' in args) return usage(args.problem)
    const source = sourceOf(args, input, 'en')
    if ('problem' in source) return usage(source.problem)
    if ('reasons' in source) return { out: '', err: source.reasons.map(({ line }) => `${line}\n`).join(''), code: 1 }
    return { out: writeNotation(source.design), err: source.warnings.map(({ line }) => `${line}\n`).join(''), code: 0 }
  },
}

const usage = (problem: string): Output => ({ out: '', err: `${problem}\nUsage: ${flow.usage}\n`, code: 2 })
