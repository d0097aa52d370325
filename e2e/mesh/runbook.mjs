/**
 * Holds the runbook's expectations against real proxies: every flow of every example is sent in the lab, and status line, exit status and each
 * line of each access log must be what the runbook says; `…` stands for one word that differs from time to time.
 *
 *   node e2e/mesh/runbook.mjs [--only TEXT] [--keep]
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, keep: { type: 'boolean', default: false } } })
const started = Date.now()

const product = await bundled()
const folder = mkdtempSync(join(tmpdir(), 'egress-runbook-'))
// The lab's curl is another user.
chmodSync(folder, 0o777)
const all = product.plays(folder).filter(({ name }) => name.includes(options.only))
if (all.length === 0) throw new Error(`no example's name has ${options.only}`)
const found = played(all)
report()

/** The product's code as one module for Node. */
async function bundled() {
  const outDir = join(root, 'node_modules/.cache/runbook')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: join(here, 'runbook-entry.ts'), outDir, emptyOutDir: true, rollupOptions: { output: { entryFileNames: 'runbook.mjs' } } },
  })
  return import(pathToFileURL(join(outDir, 'runbook.mjs')).href)
}

/** What is wrong, by case. */
function played(plays) {
  const files = plays.map((play) => {
    const file = join(folder, `${play.name}.yaml`)
    writeFileSync(file, JSON.stringify(play.lab, null, 2))
    return file
  })
  const run = spawnSync(join(here, 'lab'), ['run', ...files], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] })
  if (run.error) throw run.error
  const outcomes = JSON.parse(run.stdout)
  return plays.map((play) => {
    const mine = outcomes.filter((outcome) => outcome.case === play.name)
    const wrong = play.flows.flatMap((flow, index) =>
      mine[index] ? wrongIn(flow, mine[index]) : [`${flow.url}: not played: ${run.stderr.slice(-500)}`],
    )
    return { play, wrong }
  })
}

function wrongIn(flow, outcome) {
  const wrong = []
  if (outcome.exit !== flow.exit) wrong.push(`exit ${outcome.exit}, not ${flow.exit}: ${outcome.error}`)
  const line = existsSync(flow.headers) ? (readFileSync(flow.headers, 'utf8').split('\r\n')[0] ?? '') : ''
  if (flow.line !== null && !patternOf(flow.line).test(line.trimEnd())) wrong.push(`“${line}”, not “${flow.line}”`)
  const logs = [...(outcome.logs ?? [])]
  for (const expected of flow.logs) {
    const at = logs.findIndex((each) => patternOf(expected).test(each.trimEnd()))
    if (at === -1) wrong.push(`no line like ${expected}`)
    else logs.splice(at, 1)
  }
  wrong.push(...logs.map((each) => `unexpected line ${each}`))
  return wrong.map((each) => `${flow.url}: ${each}`)
}

function patternOf(line) {
  return new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^ ]*')}$`)
}

function report() {
  const failed = found.filter(({ wrong }) => wrong.length > 0)
  for (const { play, wrong } of failed) console.log(`\nFAILED ${play.name}\n${wrong.map((each) => `  ${each}`).join('\n')}`)
  if (failed.length > 0 || options.keep) console.log(`\nCases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  const flows = all.reduce((sum, { flows: some }) => sum + some.length, 0)
  const logs = all.reduce((sum, { flows: some }) => sum + some.reduce((lines, flow) => lines + flow.logs.length, 0), 0)
  console.log(`\n${all.length} cases, ${flows} flows, ${logs} log lines, ${Math.round((Date.now() - started) / 1000)} s`)
  console.log(`${all.length - failed.length} passed, ${failed.length} failed`)
  process.exit(failed.length > 0 ? 1 : 0)
}
