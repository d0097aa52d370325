/** No regular expression of the product is worse than linear: a text that somebody pastes must not stop the page. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { worstOf } from './testing/worst'

const src = dirname(fileURLToPath(import.meta.url))
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|^testing\//.test(file))

/** Letters: who looks at each of them once is done in a thousandth of a second, who goes back over them needs many seconds. */
const length = 120_000
/** Milliseconds for what never ends; nothing is measured. */
const limit = 3000

interface Found {
  file: string
  pattern: RegExp
}

/** The patterns that are written in the product; those that are made at run time are listed in the test below. */
const { written, made } = patterns()

test.each(written.map((found) => [`${found.file} ${found.pattern}`, found] as const))('%s', (_, { pattern }) => {
  for (const text of worstOf(pattern, length)) expect(ends(pattern, text), `on ${JSON.stringify(text.slice(0, 60))}…`).toBe(true)
})

test('the worst inputs find what is worse than linear', () => {
  for (const pattern of [/^(?:a+)+$/, /^(?:\r\n|[\n\r])*$/, /\s+$/, /^(.+)\.(.+)\.local$/, /#.*$/])
    expect(
      worstOf(pattern, length).some((text) => !ends(pattern, text)),
      String(pattern),
    ).toBe(true)
})

test('patterns are made at run time only where what they are made of is no free text', () => {
  expect(made.toSorted()).toEqual([
    // Rules of the CRDs: they come with the schemas.
    "core/schema/cel.ts new RegExp(plain, plain === pattern ? 'u' : 'iu')",
    'core/schema/formats.ts new RegExp(`^${label}$`)',
    'core/schema/formats.ts new RegExp(`^${label}(\\\\.${label})*$`)',
    // Names of keys and of modes, a line at a time.
    "editor/beside.ts new RegExp(`(?:^|[\\\\s{,-])(${key}):[ \\\\t]*([^\\\\s#,}]+)`, 'g')",
    'editor/monaco.ts new RegExp(`(mode)(:)( )(${mode})$`)',
  ])
})

/** Tries it as it is used: the first match, or with `g` each of them. */
function ends(pattern: RegExp, text: string): boolean {
  try {
    runInNewContext('text.replace(pattern, "")', { text, pattern }, { timeout: limit })
    return true
  } catch (error) {
    // It comes from the other context, whose `Error` is another one.
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw error
  }
}

function patterns(): { written: Found[]; made: string[] } {
  const written = new Map<string, Found>()
  const made: string[] = []
  for (const file of sources) {
    const text = readFileSync(join(src, file), 'utf8')
    visit(parseSync(file, text).program, (node) => {
      if (node.type === 'Literal' && node.regex) {
        const { pattern, flags } = node.regex
        written.set(`${file} ${pattern} ${flags}`, { file, pattern: new RegExp(pattern, flags) })
      }
      if (node.type === 'NewExpression' && node.callee?.name === 'RegExp') made.push(`${file} ${text.slice(node.start, node.end)}`)
    })
  }
  return { written: [...written.values()], made }
}

interface Node {
  type?: string
  regex?: { pattern: string; flags: string }
  callee?: { name?: string }
  start?: number
  end?: number
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return
  look(value)
  for (const inner of Object.values(value)) visit(inner, look)
}
