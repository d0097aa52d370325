/** A static server for the built app: the policy as a header, hashed files cached for good, compressed answers. */
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { policyOfEmbedServer, policyOfServer } from './policy.mjs'

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
}
const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.ttf', '.webmanifest'])

/** @type {Record<'br' | 'gzip', (content: Buffer) => Promise<Buffer>>} */
const packers = {
  // Quality 5 packs Monaco in a tenth of a second; 11 would take several.
  br: (content) =>
    promisify(brotliCompress)(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  gzip: (content) => promisify(gzip)(content, { level: 6 }),
}

/** Milliseconds: a browser on the same machine needs far less for its headers, and a connection that says nothing is closed. */
const patience = 10_000

/**
 * The server, or null where the port is taken. Whoever takes longer than `patience` for a request is cut off.
 * @param {string} folder
 * @param {number} port
 * @param {number} [patient]
 * @returns {Promise<import('node:http').Server | null>}
 */
export function serve(folder, port, patient = patience) {
  const answer = answers(folder)
  const slow = { headersTimeout: patient, requestTimeout: patient, connectionsCheckingInterval: Math.ceil(patient / 10) }
  const server = createServer(slow, (request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  return new Promise((done, fail) => {
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? done(null) : fail(error)))
    server.listen(port, '127.0.0.1', () => done(server))
  })
}

/** @param {string} folder */
function answers(folder) {
  /** @type {Map<string, Promise<Buffer>>} */
  const packed = new Map()

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  return async (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-resource-policy', 'same-origin')
    response.setHeader('content-security-policy', policyOfServer)
    // Another name than that of this machine is that of a page elsewhere, which reads through a name of its own what only we should (DNS rebinding).
    if (!isOurs(request.headers.host ?? '')) return void response.writeHead(421).end()
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    const path = pathOf(request.url ?? '/')
    if (path === '/embed.html') response.setHeader('content-security-policy', policyOfEmbedServer)
    const found = path && (await stat(join(folder, path)).catch(() => null))
    if (!path || !found || !found.isFile()) return void response.writeHead(404).end()

    const tag = `"${found.size.toString(36)}-${found.mtimeMs.toString(36)}"`
    response.setHeader('etag', tag)
    response.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    response.setHeader('vary', 'accept-encoding')
    if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end()

    const encoding = compressible.has(extname(path)) ? chosen(String(request.headers['accept-encoding'] ?? '')) : null
    const key = `${encoding} ${tag} ${path}`
    const content = packed.get(key) ?? readFile(join(folder, path)).then((plain) => (encoding ? packers[encoding](plain) : plain))
    packed.set(key, content)
    const body = await content
    if (encoding) response.setHeader('content-encoding', encoding)
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

/** @param {string} host */
const isOurs = (host) => /^(?:127\.0\.0\.1|\[::1\]|(?:[\w-]+\.)*localhost)(?::\d+)?$/i.test(host)

/**
 * A path below the folder, or null. The command line tool lies in the same folder and is no part of the site.
 * @param {string} url
 */
function pathOf(url) {
  try {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
    const path = normalize(decodeURIComponent(pathname)).replaceAll('\\', '/')
    if (path.includes('\0') || path.includes('/.') || path.startsWith('/cli/')) return null
    // Where a policy is sent as a header, only the page for other pages may be framed.
    if (/^\/(?:index\.html)?$/.test(path) && searchParams.has('embed')) return '/embed.html'
    return path.endsWith('/') ? `${path}index.html` : path
  } catch {
    return null
  }
}

/**
 * @param {string} accepted
 * @returns {'br' | 'gzip' | null}
 */
const chosen = (accepted) => (/\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null)
