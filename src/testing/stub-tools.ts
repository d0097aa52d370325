/** Programs that do nothing but remember how they were called, for scripts that must not reach a cluster. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Call {
  /** The program and its arguments, exactly. */
  words: string[]
  /** What was written to it, where it reads. */
  input: string
}

export interface Played {
  code: number | null
  out: string
  err: string
  calls: Call[]
  /** What lies in the folder that the script ran in. */
  left: string[]
}

export interface Stage {
  run(script: string, words: readonly string[], more?: { replies?: string; present?: boolean; owners?: string }): Played
  /** Files in the folder of the certificates. */
  put(names: readonly string[]): void
  close(): void
}

const stub = `#!/bin/bash
input=
case " $* " in *" -f - "*) input=$(cat; printf x); input=\${input%x} ;; esac
{ printf '%s\\0' "$(($# + 1))" "\${0##*/}" "$@" "$input"; } >>"$STUB_LOG"
case " $* " in
*" --ignore-not-found -o name "*) [ -z "$STUB_PRESENT" ] || echo there ;;
*" --dry-run=client "*) ;;
*" custom-columns="*) printf "%s" "$STUB_OWNERS" ;;
*) cat "$STUB_REPLIES" ;;
esac
`

/** A folder of its own with stubs of kubectl, istioctl, curl, openssl and sleep before all else on PATH. */
export function stage(): Stage {
  const root = mkdtempSync(join(tmpdir(), 'egress-stage-'))
  const [bin, home] = [join(root, 'bin'), join(root, 'a', 'b')]
  for (const folder of [bin, home]) mkdirSync(folder, { recursive: true })
  for (const name of ['kubectl', 'istioctl', 'curl', 'openssl', 'sleep']) {
    writeFileSync(join(bin, name), stub)
    chmodSync(join(bin, name), 0o755)
  }
  return {
    put(names) {
      mkdirSync(join(home, 'egress-certificates'), { recursive: true })
      for (const name of names) writeFileSync(join(home, 'egress-certificates', name), name)
    },
    run(script, words, { replies = '', present = false, owners = '' } = {}) {
      const [file, log, said] = [join(root, 'script.sh'), join(root, 'log'), join(root, 'replies')]
      writeFileSync(file, script)
      writeFileSync(log, '')
      writeFileSync(said, replies)
      const env = {
        PATH: `${bin}:/usr/bin:/bin`,
        HOME: home,
        STUB_LOG: log,
        STUB_REPLIES: said,
        STUB_OWNERS: owners,
        STUB_PRESENT: present ? 'yes' : '',
      }
      const { status, stdout, stderr } = spawnSync('bash', [file, ...words], { cwd: home, env, encoding: 'utf8', timeout: 60_000 })
      const left = [...readdirSync(home), ...readdirSync(join(root, 'a'))].filter((name) => name !== 'b').toSorted()
      return { code: status, out: stdout, err: stderr, calls: callsIn(existsSync(log) ? readFileSync(log, 'utf8') : ''), left }
    },
    close: () => rmSync(root, { recursive: true }),
  }
}

function callsIn(log: string): Call[] {
  const words = log.split('\0')
  const calls: Call[] = []
  for (let at = 0; at < words.length - 1; ) {
    const count = Number(words[at])
    calls.push({ words: words.slice(at + 1, at + 1 + count), input: words[at + 1 + count] ?? '' })
    at += count + 2
  }
  return calls
}
