/** The commands of the chapter on certificates, run for real: what they make is what server and client of mutual TLS accept. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examples } from '../../examples'
import { dialects } from '../compile/dialects'
import { type Runbook, runbookOf } from './runbook'

const folder = mkdtempSync(join(tmpdir(), 'egress-certificates-'))
const sh = (script: string) => execFileSync('bash', ['-euc', script], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const file = (name: string) => readFileSync(join(folder, 'egress-certificates', name))

const runbook = (id: string): Runbook => {
  const example = examples.find((each) => each.id === id)
  return example ? runbookOf(example.design, dialects['istio-v1'], example.requests) : { title: '', notes: [], chapters: [] }
}
const certificates = (id: string) => runbook(id).chapters.find((chapter) => chapter.id === 'certificates')?.blocks ?? []
const withoutCluster = (run: string) =>
  run
    .split('\n')
    .filter((line) => !line.startsWith('kubectl'))
    .join('\n')

beforeAll(() => {
  sh(
    certificates('mutual-tls-origination')
      .map(({ run }) => withoutCluster(run))
      .join('\n'),
  )
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

test('each command that shows something prints what the runbook says', () => {
  const shown = certificates('mutual-tls-origination').filter((block) => block.expect)
  expect(shown.length).toBeGreaterThan(0)
  for (const { run, expect: printed } of shown) expect(sh(`cd egress-certificates\n${run}`).trim()).toBe(printed)
})

test('each certificate belongs to its key, and the server’s has the host as an alternative name', () => {
  for (const who of ['server', 'client'])
    expect(sh(`cd egress-certificates; openssl x509 -in ${who}.crt -noout -pubkey`)).toBe(
      sh(`cd egress-certificates; openssl pkey -in ${who}.key -pubout`),
    )
  expect(sh('cd egress-certificates; openssl x509 -in server.crt -noout -ext subjectAltName')).toContain('DNS:nginx.example.com')
  expect(sh('cd egress-certificates; openssl x509 -in ca.crt -noout -ext basicConstraints')).toContain('CA:TRUE')
})

interface Met {
  /** Who the server saw; null: nobody it trusts. */
  client: string | null
  /** Why the client went away. */
  refused: string | null
}

/** A server as nginx is configured, and a client as the gateway is: name and CA checked on one side, the client’s certificate on the other. */
function met(options: { name: string; certificate: boolean }): Promise<Met> {
  return new Promise((resolve) => {
    const server = createServer({
      key: file('server.key'),
      cert: file('server.crt'),
      ca: file('ca.crt'),
      requestCert: true,
      rejectUnauthorized: true,
    })
    const done = (result: Met) => {
      server.close()
      resolve(result)
    }
    server.on('secureConnection', (socket: TLSSocket) => {
      const { subject } = socket.getPeerCertificate()
      socket.end()
      done({ client: String(subject.CN), refused: null })
    })
    server.on('tlsClientError', (error) => done({ client: null, refused: error.message }))
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const own = options.certificate ? { key: file('client.key'), cert: file('client.crt') } : {}
      const socket = connect({ port, host: '127.0.0.1', servername: options.name, ca: file('ca.crt'), ...own })
      socket.on('error', (error) => done({ client: null, refused: error.message }))
      socket.on('data', () => {})
    })
  })
}

test('mutual TLS: the server accepts the client, and each refuses whom it must', async () => {
  expect(await met({ name: 'nginx.example.com', certificate: true })).toEqual({ client: 'client.example.com', refused: null })
  expect((await met({ name: 'other.example.com', certificate: true })).refused).toMatch(/does not match certificate's altnames|altnames/)
  expect((await met({ name: 'nginx.example.com', certificate: false })).refused).toMatch(/certificate/)
})

test.each(['mutual-tls-origination', 'mutual-tls-files', 'sidecar-mutual-files', 'sidecar-mutual-secret'])(
  '%s: every file that a Secret is made of is one that the commands have made',
  (id) => {
    const files = certificates(id).flatMap(({ run }) =>
      [...run.matchAll(/--(?:from-file=[\w.]+|cert|key)=([\w.]+)/g)].map((match) => match[1] ?? ''),
    )
    expect(new Set(files)).toEqual(new Set(['server.crt', 'server.key', 'client.crt', 'client.key', 'ca.crt']))
    for (const name of files) expect(file(name).length).toBeGreaterThan(0)
  },
)
