/** The command line: arguments, files, standard input and output, exit status. The only file that touches them. */
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import process from 'node:process'
import { run } from './command-line'
import type { Input } from './commands/kind'

const input: Input = {
  read(file) {
    try {
      return { text: decoded(readFileSync(file === '-' ? 0 : file)) }
    } catch (error) {
      return {
        problem: `${file === '-' ? 'standard input' : file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      }
    }
  },
}

const { out, err, code, files = [] } = run(process.argv.slice(2), input)
process.exitCode = code
for (const { name, text } of files) save(name, text)
// Written at once: a pipe that closes early must not cut the text short, nor be told as a crash.
write(1, out)
write(2, err)

function save(name: string, text: string): void {
  try {
    writeFileSync(name, text)
  } catch (error) {
    process.exitCode = 1
    write(2, `${name} cannot be written: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

/** Windows shells write UTF-16, and say so in the first two bytes. */
function decoded(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')
}

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
