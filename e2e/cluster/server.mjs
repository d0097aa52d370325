/** The API server of kubelab, started for one run: kubectl speaks to it, documents are put before it without keeping them, and it ends with us. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

/** Builds kubelab where this machine has none; gives its folder, or why there is none. A build that is cut short goes on from there next time. */
export function built(seconds) {
  try {
    const said = execFileSync(fileURLToPath(new URL('kubelab', import.meta.url)), ['where'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: seconds * 1000,
    })
    return { made: said.trim() }
  } catch (error) {
    return {
      missing: error.code === 'ETIMEDOUT' ? `kubelab was not built within ${seconds} s` : `kubelab could not be built: ${error.message}`,
    }
  }
}

/** Starts it; `stop` ends it, and it ends by itself when this process does. */
export async function startServer(made) {
  const folder = mkdtempSync(join(tmpdir(), 'egress-cluster-'))
  const log = openSync(join(folder, 'log'), 'w')
  const crds = crdsOf(folder, made)
  const child = spawn(join(made, 'kubelab'), ['up', join(folder, 'state'), ...crds], { stdio: ['pipe', log, log] })
  closeSync(log)
  let over = false
  const ended = new Promise((done) => {
    child.once('exit', () => {
      over = true
      done()
    })
  })
  const stop = async () => {
    child.stdin.end()
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000)
    await ended
    clearTimeout(late)
    rmSync(folder, { recursive: true, force: true })
  }
  const config = join(folder, 'state', 'kubeconfig')
  for (let tries = 0; !existsSync(config) || readFileSync(config, 'utf8') === ''; tries++) {
    if (over || tries > 1500) {
      const said = readFileSync(join(folder, 'log'), 'utf8')
      await stop()
      throw new Error(`kubelab did not start:\n${said}`)
    }
    await new Promise((done) => setTimeout(done, 200))
  }
  return { folder, stop, ...toolsOf(folder, config, join(made, 'kubelab')), ...httpOf(config) }
}

/** CRDs of the releases that the product's schemas are made from; where their modules cannot be had, those of the webhook's own release. */
function crdsOf(folder, made) {
  try {
    execFileSync(process.execPath, [fileURLToPath(new URL('../tools/crds.mjs', import.meta.url)), folder], { stdio: 'pipe' })
    return ['istio.yaml', 'gateway-api.yaml'].map((file) => join(folder, file))
  } catch (error) {
    console.log(`CRDs of Istio 1.31, since the newest are not to be had: ${String(error.message).slice(0, 200)}`)
    return ['istio-crds.yaml', 'gateway-api-crds.yaml'].map((file) => join(made, file))
  }
}

/** kubectl as scripts find it, and an istioctl that has nothing to say: there are no proxies. */
function toolsOf(folder, config, kubelab) {
  const bin = mkdtempSync(join(folder, 'bin-'))
  const binary = join(bin, 'kubectl')
  writeFileSync(binary, `#!/bin/sh\nexec '${kubelab}' kubectl "$@"\n`, { mode: 0o755 })
  writeFileSync(join(bin, 'istioctl'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, KUBECONFIG: config, HOME: folder }
  /** A program's exit status and all that it printed. */
  const run = (command, args, input = '', cwd = folder) =>
    new Promise((done) => {
      const child = execFile(command, args, { env, cwd, maxBuffer: 1 << 26, timeout: 180_000 }, (error, out, err) => {
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0
        done({ code, out, err: error && code === -1 ? `${err}${error.message}` : err })
      })
      child.stdin.on('error', () => {}) // who reads nothing may be gone
      child.stdin.end(input)
    })
  return { run, kubectl: (args, input) => run('kubectl', args, input) }
}

/** The server itself, without kubectl between: some documents in the time of one command. */
function httpOf(config) {
  const { clusters, users } = load(readFileSync(config, 'utf8'))
  const server = new URL(clusters[0].cluster.server)
  const ca = Buffer.from(clusters[0].cluster['certificate-authority-data'], 'base64')
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 8, servername: 'localhost' })
  const headers = { authorization: `Bearer ${users[0].user.token}`, 'content-type': 'application/json', accept: 'application/json' }
  const call = (method, path, body) =>
    new Promise((done, failed) => {
      const asked = request(new URL(path, server), { method, agent, headers, checkServerIdentity: () => undefined }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part) => {
          text += part
        })
        answer.on('end', () => done({ code: answer.statusCode ?? 0, text }))
      })
      asked.on('error', failed)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })
  const lists = new Map()
  /** The resources of a group and version, by kind. */
  const resources = (apiVersion) => {
    if (!lists.has(apiVersion))
      lists.set(
        apiVersion,
        call('GET', `${apiVersion.includes('/') ? '/apis/' : '/api/'}${apiVersion}`).then(({ code, text }) => ({
          root: `${apiVersion.includes('/') ? '/apis/' : '/api/'}${apiVersion}`,
          kinds: new Map(
            (code === 200 ? JSON.parse(text).resources : []).filter(({ name }) => !name.includes('/')).map((one) => [one.kind, one]),
          ),
        })),
      )
    return lists.get(apiVersion)
  }
  const made = new Map()
  const namespace = (name) => {
    if (!made.has(name)) made.set(name, call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
    return made.get(name)
  }
  /** An object as it is kept; null where it is not there. */
  const read = async ({ apiVersion, kind, metadata: { name, namespace: named } }) => {
    const { root, kinds } = await resources(apiVersion)
    const { code, text } = await call('GET', `${root}${named ? `/namespaces/${named}` : ''}/${kinds.get(kind)?.name}/${name}`)
    return code === 200 ? JSON.parse(text) : null
  }
  return { call, namespace, read, ask: (object) => asked({ call, resources, namespace }, object) }
}

/**
 * What the server says of an object that is to be created, with kubectl's own strictness and without keeping it. `said` is null where it takes
 * it; `fields` are those that it names.
 */
async function asked({ call, resources, namespace }, object) {
  const { apiVersion, kind, metadata } = object
  if (typeof apiVersion !== 'string' || !/^[\w./-]+$/.test(apiVersion) || typeof kind !== 'string') return refusal('no kind', [])
  const { root, kinds } = await resources(apiVersion)
  const resource = kinds.get(kind)
  if (!resource) return refusal(`no matches for kind "${kind}" in version "${apiVersion}"`, ['apiVersion', 'kind'])
  const named = typeof metadata?.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : 'default'
  const there = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(named) && named.length < 64
  if (resource.namespaced && there) await namespace(named)
  // No path can be made of what is no name; kubectl asks all the same and is refused.
  if (resource.namespaced && !there) return refusal(`namespace ${named}`, ['metadata.namespace'])
  const place = resource.namespaced ? `/namespaces/${named}` : ''
  const { code, text } = await call('POST', `${root}${place}/${resource.name}?dryRun=All&fieldValidation=Strict`, object)
  const status = code < 300 ? {} : JSON.parse(text)
  // What is there already, or has a port that another took, was judged before.
  if (code < 300 || code === 409 || /provided port is already allocated/.test(status.message)) return { said: null, fields: [] }
  // What is written as stringData is data by the time that it is judged.
  const fields = fieldsIn(status).flatMap((field) =>
    kind === 'Secret' && field.startsWith('data') ? [field, field.replace('data', 'stringData')] : [field],
  )
  return refusal(status.message, fields)
}

const refusal = (said, fields) => ({ said, fields })

/** Go names the types on the way, too, which have a capital. */
const withoutTypes = (field) =>
  field
    .split('.')
    .filter((step) => !/^[A-Z]/.test(step))
    .join('.')

/** The fields that an answer names: in its causes, or in its words where it could not be read at all. */
function fieldsIn({ message, details }) {
  const causes = (details?.causes ?? []).flatMap(({ field }) => (field && field !== '<nil>' ? [field] : []))
  const unknown = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map(([, field]) => field)
  const unread = [...message.matchAll(/Go struct field \w+\.([\w.]+) of type/g)].map(([, field]) => withoutTypes(field))
  return [...causes, ...unknown, ...unread]
}
