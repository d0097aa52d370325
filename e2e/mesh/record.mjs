/**
 * Records what the lab plays: every outcome of every case in `cases` and `corpus`, as `outcomes.json`, which the tracer's test compares with.
 * `node e2e/mesh/record.mjs` plays them all again; what changed shows in the diff.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dump, load } from 'js-yaml'

const here = dirname(fileURLToPath(import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'egress-record-'))
const lines = []
for (const of of ['cases', 'corpus']) {
  const names = readdirSync(join(here, of)).filter((file) => file.endsWith('.yaml'))
  for (let at = 0; at < names.length; at += 10) lines.push(...played(of, names.slice(at, at + 10)))
}
rmSync(folder, { recursive: true })
writeFileSync(join(here, 'outcomes.json'), `{\n  ${lines.join(',\n  ')}\n}\n`)

/** @param {string} of @param {string[]} names */
function played(of, names) {
  const files = names.map((name) => plain(of, name))
  const run = spawnSync(join(here, 'lab'), ['run', ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const outcomes = JSON.parse(run.stdout)
  return names.map((name) => {
    const title = basename(name, '.yaml')
    const mine = outcomes.filter((outcome) => outcome.case === title).map(short)
    return `${JSON.stringify(`${of}/${title}`)}: [\n    ${mine.map((outcome) => JSON.stringify(outcome)).join(',\n    ')}\n  ]`
  })
}

/** A case as it is, but for log lines as text: hops are what is recorded. */
function plain(of, name) {
  const { textLogs: _, manifests = [], yaml = '', ...rest } = load(readFileSync(join(here, of, name), 'utf8'))
  const texts = [yaml, ...manifests.map((file) => readFileSync(join(here, of, file), 'utf8'))]
  const file = join(folder, name)
  writeFileSync(file, dump({ ...rest, yaml: texts.join('\n---\n') }, { lineWidth: -1, noRefs: true }))
  return file
}

function short({ status, exit, hops, server }) {
  const kept = hops.map(({ proxy, code, flags, details, tls, sni, peer, cluster, failure, ended }) => ({
    proxy,
    code,
    flags,
    details,
    tls,
    sni,
    peer,
    cluster,
    ...(failure && { failure }),
    ...(ended && { ended }),
  }))
  return {
    status,
    exit,
    hops: kept,
    server: server ? { port: server.port, tls: server.tls, sni: server.sni, clientCert: server.clientCert } : null,
  }
}
