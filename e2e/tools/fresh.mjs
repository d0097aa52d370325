/** Brings what is installed and what is built up to date, and does nothing where it is already. Needs Node alone. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const modules = join(root, 'node_modules')
const cache = join(modules, '.cache', 'egress')
const vite = join(modules, 'vite', 'bin', 'vite.js')

/** @typedef {'app' | 'cli'} Part */
/** @type {Record<Part, { made: string, from: string[] }>} */
const parts = {
  app: {
    made: join(root, 'dist', 'index.html'),
    from: [
      'src',
      'public',
      'embed.html',
      'index.html',
      'vite.config.ts',
      'e2e/tools/lessons-apart.mjs',
      'e2e/tools/licences.mjs',
      'e2e/tools/monaco-csp.mjs',
      'e2e/tools/no-colours.mjs',
      'e2e/tools/offline.mjs',
      'e2e/tools/plugins.mjs',
      'e2e/tools/policy.mjs',
      'package-lock.json',
    ],
  },
  cli: { made: join(root, 'dist', 'cli', 'egress.mjs'), from: ['src', 'vite.config.ts', 'e2e/tools/licences.mjs', 'package-lock.json'] },
}

/** @param {Part} part */
export const made = (part) => parts[part].made

/** What went wrong, in words for a person; its message is all that needs to be shown. */
export class Failure extends Error {}

/** Installs the locked packages unless exactly these are there. */
export function install() {
  if (installed()) return
  if (!writable()) throw new Failure('This folder cannot be written, and its packages are not installed: run npm ci where it can.')
  note('installing packages ...')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status, stderr, error } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (error) throw new Failure(`npm could not be started (${error.message}): install Node.js with npm.`)
  if (status !== 0) throw new Failure(`npm ci failed:\n${stderr.trim()}`)
}

function writable() {
  try {
    for (const folder of [root, ...[modules, join(root, 'dist')].filter((each) => existsSync(each))]) accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Compares contents, not times: a checkout that touches the lock file must not cost an installation. */
function installed() {
  try {
    const wanted = packagesOf(join(root, 'package-lock.json'))
    const have = packagesOf(join(modules, '.package-lock.json'))
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || (have[path] ? have[path].version === version : optional),
    )
  } catch {
    return false
  }
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/**
 * Builds a part unless it was built from the very same sources.
 * @param {Part} part
 */
export function build(part) {
  if (isBuilt(part)) return
  note(`building the ${part} ...`)
  rebuild(part)
}

/** @param {Part} part */
export function rebuild(part) {
  const from = digest(part)
  if (!writable()) throw new Failure(`This folder cannot be written, and the ${part} in it is not built: run npm run build where it can.`)
  if (part === 'app') runVite(['build'])
  else moved((out) => runVite(['build', '--ssr', 'src/cli.ts', '--mode', 'cli', '--outDir', out]))
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, part), from)
}

/** @param {Part} part */
function isBuilt(part) {
  const stamp = join(cache, part)
  return existsSync(parts[part].made) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(part)
}

/**
 * The tool is built aside and moved into its place in one step, so that nobody ever runs half of it.
 * @param {(out: string) => void} make
 */
function moved(make) {
  const aside = join(cache, `cli-${process.pid}`)
  try {
    make(aside)
    mkdirSync(join(root, 'dist', 'cli'), { recursive: true })
    renameSync(join(aside, 'licences.json'), join(root, 'dist', 'cli', 'licences.json'))
    renameSync(join(aside, 'egress.mjs'), parts.cli.made)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** @param {string[]} args */
function runVite(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, ...args, '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (status !== 0) throw new Failure(`vite ${args[0]} failed:\n${`${stdout}${stderr}`.trim()}`)
}

/** @param {Part} part */
function digest(part) {
  const hash = createHash('sha256').update(process.version)
  for (const from of parts[part].from) for (const file of filesIn(from)) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/**
 * Tests do not go into what is built.
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (/\.test\.tsx?$/.test(path) || !existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path))
    .toSorted()
    .flatMap((name) => filesIn(`${path}/${name}`))
}

/**
 * Standard output belongs to the result.
 * @param {string} says
 */
function note(says) {
  process.stderr.write(`${says}\n`)
}

/**
 * Runs a program's body; a failure ends it with its sentence alone.
 * @param {() => void | Promise<void>} body
 */
export async function run(body) {
  try {
    await body()
  } catch (error) {
    process.stderr.write(`${error instanceof Failure ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
}
