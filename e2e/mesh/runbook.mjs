/**
 * Holds the runbook's expectations against real proxies: every flow of every example is sent in the lab, and status line, exit status and each
 * line of each access log must be what the runbook says, as must what `istioctl proxy-config` shows; `…` stands for what differs from time to
 * time. Where the runbook makes certificates, it is those that gateway and server have: its openssl commands are run, and mutual TLS is
 * spoken with what they made. Two more cases have certificates of another CA and for another host: they must be refused.
 *
 *   node e2e/mesh/runbook.mjs [--only TEXT] [--keep]
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, here, seconds } from './play.mjs'

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, keep: { type: 'boolean', default: false } } })

const product = await bundled('runbook')
const folder = mkdtempSync(join(tmpdir(), 'egress-runbook-'))
// The lab's curl is another user.
chmodSync(folder, 0o777)
const all = product.plays(folder).map(certified)
const plays = [...all, ...all.flatMap(refused)].filter(({ name }) => name.includes(options.only))
if (plays.length === 0) throw new Error(`no example's name has ${options.only}`)
report(played(plays))

/** Runs the runbook's own commands; where they lie is told to the lab. */
function certified(play) {
  if (play.certificates === null || !play.name.includes(options.only)) return play
  return { ...play, lab: { ...play.lab, material: made(play.name, play.certificates) } }
}

function made(name, commands) {
  const own = join(folder, `certificates-${name}`)
  mkdirSync(own)
  const { status, stderr } = spawnSync('bash', ['-euc', commands], { cwd: own, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  return join(own, 'egress-certificates')
}

/** The same with a client that another CA has signed, and with a server that is another host: neither may be let through. */
function refused(play) {
  const { material } = play.lab
  if (!material) return []
  // What -D writes is another case's.
  const requests = play.lab.requests.map(({ curl, ...sent }) => ({
    ...sent,
    curl: curl.filter((_, index) => !curl.slice(0, index + 1).includes('-D')),
  }))
  const lab = { ...play.lab, shows: [], requests }
  const foreign = join(folder, `foreign-${play.name}`)
  const other = made(`of-others-${play.name}`, play.certificates)
  mkdirSync(foreign)
  for (const file of ['ca.crt', 'server.crt', 'server.key']) copyFileSync(join(material, file), join(foreign, file))
  for (const file of ['client.crt', 'client.key']) copyFileSync(join(other, file), join(foreign, file))
  const [host] = play.certificates.match(/(?<=subjectAltName=DNS:)[\w.-]+/) ?? []
  const impostor = made(`impostor-${play.name}`, play.certificates.replaceAll(host, `not.${host}`))
  return [
    ['a client of another CA', foreign],
    ['another host', impostor],
  ].map(([what, from]) => ({ ...play, name: `${play.name}, ${what}`, lab: { ...lab, material: from }, refused: true }))
}

/** What is wrong, by case. */
function played(plays) {
  const files = plays.map((play) => {
    const file = join(folder, `${play.name.replaceAll(/[ ,]+/g, '-')}.yaml`)
    writeFileSync(file, JSON.stringify({ ...play.lab, name: play.name }, null, 2))
    return file
  })
  const run = spawnSync(join(here, 'lab'), ['run', ...files], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] })
  if (run.error) throw run.error
  const outcomes = JSON.parse(run.stdout)
  return plays.map((play) => {
    const mine = outcomes.filter((outcome) => outcome.case === play.name)
    const wrong = play.flows.flatMap((flow, index) => {
      if (!mine[index]) return [`${flow.url}: not played: ${run.stderr.slice(-500)}`]
      return play.refused ? letThrough(flow, mine[index]) : [...wrongIn(flow, mine[index]), ...unproven(play, flow, mine[index])]
    })
    return { play, wrong: [...wrong, ...(play.refused ? [] : play.shows.flatMap(unseen))] }
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

/** With certificates of the runbook's own the server must have seen the client's. */
function unproven({ lab }, flow, { server }) {
  if (!lab.material || flow.exit !== 0 || server?.clientCert === 'client.example.com') return []
  return [`${flow.url}: the server saw the client certificate “${server?.clientCert ?? ''}”`]
}

function letThrough({ url }, { server }) {
  return server ? [`${url}: it was let through: ${JSON.stringify(server)}`] : []
}

/** Lines of a table that istioctl does not show. */
function unseen({ command, file, lines }) {
  const shown = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return lines
    .filter((line) => !shown.some((each) => tablePatternOf(line).test(each.trimEnd())))
    .map((line) => `${command}\n    no line like ${line}\n    but ${shown.slice(0, 12).join('\n        ')}`)
}

function escaped(line) {
  return line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function patternOf(line) {
  return new RegExp(`^${escaped(line).replaceAll('…', '[^ ]*')}$`)
}

function tablePatternOf(line) {
  return new RegExp(`^${escaped(line).replaceAll('…', '.*').replaceAll(/ +/g, ' +')}$`)
}

function report(found) {
  const failed = found.filter(({ wrong }) => wrong.length > 0)
  for (const { play, wrong } of failed) console.log(`\nFAILED ${play.name}\n${wrong.map((each) => `  ${each}`).join('\n')}`)
  if (failed.length > 0 || options.keep) console.log(`\nCases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  const sum = (count) => plays.filter(({ refused }) => !refused).reduce((all, play) => all + count(play), 0)
  const [flows, logs, shows] = [
    ({ flows }) => flows.length,
    (play) => play.flows.flatMap(({ logs }) => logs).length,
    ({ shows }) => shows.length,
  ].map(sum)
  const passed = found.length - failed.length
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed, failed: failed.length, skipped: 0 }))
  console.log(`\n${plays.length} cases, ${flows} flows, ${logs} log lines, ${shows} outputs of istioctl, ${seconds()} s`)
  console.log(`${passed} passed, ${failed.length} failed`)
  process.exit(failed.length > 0 ? 1 : 0)
}
