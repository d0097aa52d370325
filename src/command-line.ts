/** The whole command line as a pure function: which subcommand, its help, or what is wrong with the call. */
import { commands } from './commands'
import type { Input, Output } from './commands/kind'

export function run(words: readonly string[], input: Input): Output {
  const [name, ...rest] = words
  if (name === undefined) return { out: '', err: help(), code: 2 }
  if (name === '--help' || name === '-h' || name === 'help') return { out: help(), err: '', code: 0 }
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) return { out: '', err: `There is no subcommand ${name}.\n${help()}`, code: 2 }
  if (rest.includes('--help') || rest.includes('-h')) return { out: `${command.usage}\n\n${command.says}\n`, err: '', code: 0 }
  return command.run(rest, input)
}

function help(): string {
  const list = commands.map((command) => `  ${command.usage}\n      ${command.says}\n`).join('')
  return `Istio egress configuration from flows: pod -> sidecar -> gateway -> host.\n\n${list}\nFlow notation:\n  [namespace/]pod SPEAKS[:port] -> [[namespace/]gateway MODE[:port] ->] host[:port] MODE [key=value ...]\n  sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE\n\nExit status: 0 done, 1 the design has an error, 2 bad usage, 3 nothing to change.\n`
}
