/**
 * Holds every rule against Istio's own code and real Envoys: good examples are accepted and their request arrives, bad ones are refused or end
 * as the rule says, and after the rule's fix the request arrives.
 *
 *   node e2e/mesh/rules.mjs [--only L1] [--keep]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, lab, seconds } from './play.mjs'

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, keep: { type: 'boolean', default: false } } })

const { plays } = await bundled('rules')
const folder = mkdtempSync(join(tmpdir(), 'egress-rules-'))
const all = plays(options.only).map((play) => written(play))
if (all.length === 0) throw new Error(`no rule is called ${options.only}`)
const failures = new Map()
for (const [item, line] of [...checked(all), ...played(all)]) failures.set(item, [...(failures.get(item) ?? []), line])
report()

function written(play) {
  const file = join(folder, `${play.name}.yaml`)
  writeFileSync(file, JSON.stringify(play.lab, null, 2))
  return { ...play, file }
}

/** What API server, webhook and analyze say. Analyze has false alarms on good configuration: only the other two must be silent there. */
function checked(items) {
  const { found, broken } = lab(
    'check',
    items.map((item) => item.file),
  )
  if (broken) throw new Error(broken)
  return items.flatMap((item) => {
    const verdicts = found.filter((verdict) => verdict.file === item.file)
    const lines = verdicts.map((verdict) => `${verdict.by} ${verdict.level} ${verdict.code ?? ''} ${verdict.object}: ${verdict.says}`)
    if (item.check !== null)
      return lines.some((line) => line.includes(item.check))
        ? []
        : [[item, `lab check says no word of "${item.check}": ${lines.join(' | ')}`]]
    return verdicts
      .filter(({ level, by }) => level === 'error' && by !== 'analyze')
      .map((verdict) => [item, `${verdict.by} refuses it: ${verdict.object}: ${verdict.says}`])
  })
}

/** Every request in one go. What disagrees is played once more, alone: on a busy machine a request may time out. */
function played(items) {
  const asking = items.filter((item) => item.ends)
  if (asking.length === 0) return []
  const first = playedOnce(asking)
  return [...new Set(first.map(([item]) => item))].flatMap((item) => playedOnce([item]))
}

function playedOnce(items) {
  const { found, broken } = lab(
    'run',
    items.map((item) => item.file),
  )
  return items.flatMap((item) => {
    const outcome = found.find((each) => each.case === item.name)
    if (!outcome) return [[item, `nothing was played: ${broken}`]]
    return wrongIn(item.ends, outcome).map((line) => [item, `${line}: ${told(outcome)}`])
  })
}

function wrongIn({ status, exit, gateway }, outcome) {
  const passed = (outcome.hops ?? []).some((hop) => hop.proxy.startsWith('gateway '))
  const lines = []
  if (status !== undefined && outcome.status !== status) lines.push(`status ${outcome.status}, not ${status}`)
  if (exit !== undefined && outcome.exit !== exit) lines.push(`exit ${outcome.exit}, not ${exit}`)
  if (gateway !== undefined && passed !== gateway) lines.push(gateway ? 'no gateway saw it' : 'it went through a gateway')
  return lines
}

function told({ url, status, exit, hops }) {
  const lines = (hops ?? []).map((hop) => `${hop.proxy} ${hop.code} ${hop.flags} ${hop.details} ${hop.cluster}`)
  return `${url} ended with ${status}/${exit}; ${lines.join('; ')}`
}

function report() {
  for (const [item, lines] of failures) {
    console.log(`\nFAILED ${item.name}: ${item.says}`)
    for (const line of lines) console.log(`  ${line.slice(0, 600)}`)
  }
  const failed = failures.size
  const passed = all.length - failed
  if (failed > 0 || options.keep) console.log(`\nCases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed, failed, skipped: 0 }))
  const confirmed = new Set(all.map(({ name }) => name.replace(/-(good|bad|fixed)-\d+$/, ''))).size
  console.log(`\n${confirmed} rules, ${all.length} examples, ${all.filter((item) => item.ends).length} requests, ${seconds()} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}
