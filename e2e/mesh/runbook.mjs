/**
 * Holds the runbook's expectations against real proxies: every flow of every example is sent in the lab, and status line, exit status and each
 * line of each access log must be what the runbook says; `…` stands for one word that differs from time to time. And the certificates that its
 * commands make are shown to a real Envoy, set up as a gateway that starts mutual TLS, and to a server that asks for a client certificate.
 *
 *   node e2e/mesh/runbook.mjs [--only TEXT] [--keep]
 */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
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
const found = [...played(all), await certified()]
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

/** Envoy as a gateway with the client's certificate, before a server that asks for one: both come from the runbook's commands. */
async function certified() {
  const made = spawnSync('bash', ['-euc', product.certificateCommands()], { cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) return { play: { name: 'certificates' }, wrong: [made.stderr] }
  const certificates = join(folder, 'egress-certificates')
  const pem = (name) => readFileSync(join(certificates, name))
  const server = createServer(
    { key: pem('server.key'), cert: pem('server.crt'), ca: pem('ca.crt'), requestCert: true, rejectUnauthorized: true },
    (asked, answer) => answer.end(asked.socket.getPeerCertificate().subject.CN),
  )
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const inlet = createServer()
  await new Promise((listening) => inlet.listen(0, '127.0.0.1', listening))
  const { port } = inlet.address()
  await new Promise((closed) => inlet.close(closed))
  writeFileSync(join(folder, 'envoy.json'), JSON.stringify(envoyFor(certificates, port, server.address().port)))
  const binary = join(tmpdir(), 'mesh-lab-envoy', 'envoy')
  const envoy = spawn(binary, ['-c', join(folder, 'envoy.json'), '--concurrency', '1', '--use-dynamic-base-id', '-l', 'off'], {
    stdio: 'ignore',
  })
  const wrong = []
  try {
    const right = await asked(port, 'nginx.example.com')
    if (right.status !== 200 || right.body !== 'client.example.com') wrong.push(`the certificates: ${right.status} ${right.body}`)
    const other = await asked(port, 'other.example.com')
    if (other.status !== 503) wrong.push(`another name is not refused: ${other.status} ${other.body}`)
  } finally {
    envoy.kill()
    server.closeAllConnections()
    server.close()
  }
  return { play: { name: 'certificates' }, wrong }
}

/** Asks until Envoy listens. */
async function asked(port, host) {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await new Promise((done) => {
      const sent = request({ port, host: '127.0.0.1', headers: { host } }, (response) => {
        let body = ''
        response.on('data', (part) => {
          body += part
        })
        response.on('end', () => done({ status: response.statusCode, body }))
      })
      sent.on('error', () => done(null))
      sent.end()
    })
    if (answer) return answer
    await new Promise((later) => setTimeout(later, 200))
  }
  return { status: 0, body: 'Envoy does not listen' }
}

/** A cluster as istiod writes it for MUTUAL without `sni`: SNI and name come from the Host header (istio.md 7.5). */
function envoyFor(folder, port, upstream) {
  const file = (name) => ({ filename: join(folder, name) })
  const address = (number) => ({ socket_address: { address: '127.0.0.1', port_value: number } })
  const type = (name, more) => ({ '@type': `type.googleapis.com/${name}`, ...more })
  const http = type('envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: 'in',
    http_filters: [{ name: 'router', typed_config: type('envoy.extensions.filters.http.router.v3.Router', {}) }],
    route_config: { virtual_hosts: [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'host' } }] }] },
  })
  const tls = type('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    common_tls_context: {
      tls_certificates: [{ certificate_chain: file('client.crt'), private_key: file('client.key') }],
      validation_context: { trusted_ca: file('ca.crt') },
    },
  })
  const options = type('envoy.extensions.upstreams.http.v3.HttpProtocolOptions', {
    upstream_http_protocol_options: { auto_sni: true, auto_san_validation: true },
    explicit_http_config: { http_protocol_options: {} },
  })
  const cluster = {
    name: 'host',
    load_assignment: { cluster_name: 'host', endpoints: [{ lb_endpoints: [{ endpoint: { address: address(upstream) } }] }] },
    transport_socket: { name: 'tls', typed_config: tls },
    typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': options },
  }
  const listener = { address: address(port), filter_chains: [{ filters: [{ name: 'http', typed_config: http }] }] }
  return { static_resources: { listeners: [listener], clusters: [cluster] } }
}

function report() {
  const failed = found.filter(({ wrong }) => wrong.length > 0)
  for (const { play, wrong } of failed) console.log(`\nFAILED ${play.name}\n${wrong.map((each) => `  ${each}`).join('\n')}`)
  if (failed.length > 0 || options.keep) console.log(`\nCases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  const flows = all.reduce((sum, { flows: some }) => sum + some.length, 0)
  const logs = all.reduce((sum, { flows: some }) => sum + some.reduce((lines, flow) => lines + flow.logs.length, 0), 0)
  console.log(`\n${all.length} cases, ${flows} flows, ${logs} log lines, ${Math.round((Date.now() - started) / 1000)} s`)
  console.log(`${found.length - failed.length} passed, ${failed.length} failed`)
  process.exit(failed.length > 0 ? 1 : 0)
}
