/** The command line: arguments, files, standard input and output, exit status. The only file that touches them. */
import { readFileSync, writeSync } from 'node:fs'
import process from 'node:process'
import type { Input } from './commands/kind'
import { run } from './command-line'

const input: Input = {
  read(file) {
    try {
      return { text: readFileSync(file === '-' ? 0 : file, 'utf8') }
    } catch (error) {
      return { problem: `${file === '-' ? 'standard input' : file} cannot be read: ${error instanceof Error ? error.message : String(error)}` }
    }
  },
}

const { out, err, code } = run(process.argv.slice(2), input)
process.exitCode = code
// Written at once: a pipe that closes early must not cut the text short, nor be told as a crash.
write(1, out)
write(2, err)

function write(to: 1 | 2, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(to, bytes, at)
    } catch (error) {
      const { code: reason } = error as NodeJS.ErrnoException
      if (reason === 'EPIPE') return
      if (reason !== 'EAGAIN') throw error
    }
  }
}
