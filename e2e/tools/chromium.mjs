/** Finds a browser for the tests, and installs Debian's where there is none. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const isRoot = process.getuid?.() === 0
const names = ['chromium', 'chromium-browser', 'google-chrome']
/** The same engine without the browser's own windows: a story costs three quarters of the time in it. */
const shells = ['chromium-headless-shell', ...names]

/** A browser in a container has no sandbox of its own as root, no GPU, and must not call home. */
export const flags = [
  '--headless',
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Where the browser is. `whole`: with its own windows and profile, where there is one.
 * @param {'whole' | 'shell'} [wanted]
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
export async function chromium(wanted = 'shell') {
  const named = process.env.CHROMIUM
  if (named)
    return runs(named) ? { path: named } : { missing: `CHROMIUM names ${named}, which is no program: name a Chromium or Chrome there.` }
  const found = onPath(wanted === 'shell' ? shells : [...names, ...shells]) ?? (await playwrights()) ?? installed()
  return found
    ? { path: found }
    : { missing: 'No browser was found: install Chromium (on Debian `apt-get install chromium fonts-noto-cjk`) or name one in CHROMIUM.' }
}

/** @param {readonly string[]} programs */
const onPath = (programs) =>
  programs.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find(runs)

async function playwrights() {
  try {
    const path = (await import('playwright')).chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function installed() {
  if (!isRoot || spawnSync('apt-get', ['--version']).error) return undefined
  process.stderr.write('installing Chromium ...\n')
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell', 'fonts-noto-cjk'], options)
  return onPath(shells)
}

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
