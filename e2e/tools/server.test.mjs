/** What our own server refuses, and how its program ends. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from './server.mjs'

const start = fileURLToPath(new URL('start.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'egress-server-'))
/** @type {import('node:http').Server} */
let server
let port = 0

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'embed.html'), '<!doctype html><p>embedded')
  writeFileSync(join(folder, 'sw.js'), '//')
  server = /** @type {import('node:http').Server} */ (await serve(folder, 0, 100))
  port = /** @type {import('node:net').AddressInfo} */ (server.address()).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

/**
 * @param {string} host
 * @returns {Promise<number | undefined>}
 */
async function status(host) {
  const asked = request({ host: '127.0.0.1', port, headers: { host } }).end()
  const [response] = await once(asked, 'response')
  response.resume()
  return response.statusCode
}

test.each(['127.0.0.1', '127.0.0.1:4173', 'localhost:4173', '[::1]:80', 'designer.localhost'])('%s is this machine', async (host) => {
  expect(await status(host)).toBe(200)
})

test.each(['evil.example.com', '127.0.0.1.evil.example.com', 'localhost.evil.example.com:4173', '10.0.0.1', 'xlocalhost'])(
  '%s is answered nothing',
  async (host) => {
    expect(await status(host)).toBe(421)
  },
)

test.each([
  ['/', "'none'"],
  ['/index.html?theme=dark', "'none'"],
  ['/sw.js?embed', "'none'"],
  ['/embed.html', '*'],
  ['/?embed=trace', '*'],
  ['/index.html?embed', '*'],
])('%s may be framed by %s', async (path, who) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  expect(answer.headers.get('content-security-policy')?.split('; ')).toContain(`frame-ancestors ${who}`)
  expect((await answer.text()).includes('embedded')).toBe(who === '*')
})

test('the service worker is asked for anew each time, as a script', async () => {
  const { headers } = await fetch(`http://127.0.0.1:${port}/sw.js`)
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
})

test.each(['GET / HTTP/1.1\r\nhost: localhost\r\n', '', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n'])(
  'a connection that says no more than %j is closed',
  async (said) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(said)
    socket.resume()
    await once(socket, 'close')
    expect(socket.destroyed).toBe(true)
  },
)

test.each(['abc', '99999', '0', '-1', '80.5', '1e3', '4173 '])('PORT=%s gets a sentence', (asked) => {
  const { status: code, stderr } = spawnSync(process.execPath, [start], { env: { ...process.env, PORT: asked }, encoding: 'utf8' })
  expect(code).toBe(1)
  expect(stderr).toBe(`PORT=${asked} is no port: name a whole number from 1 to 65535.\n`)
})
