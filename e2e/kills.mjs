/**
 * Kills the browser's processes at random moments while somebody edits, opens it again over the same profile, and looks what is left: the design
 * must be the one that was open, with every edit that is older than half a second.
 *
 *   node e2e/kills.mjs [--seed S] [--count N]
 *
 * Every second profile is fresh; the others have been killed before. It prints how old the oldest lost edit was, each time that one was lost. The
 * run fails where one older than `limit` was: a machine that is busy may be later than half a second, and says so in the figures.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium as driver } from 'playwright'
import { chromium, flags } from './tools/chromium.mjs'
import { freePort } from './tools/free-port.mjs'

const { values: options } = parseArgs({ options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '200' } } })
/** Milliseconds. */
const promised = 500
const limit = 2000

const found = await chromium('whole')
if ('missing' in found) throw new Error(found.missing)
const random = randomOf(Number(options.seed))
const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'egress-kills-'))]
const address = `http://127.0.0.1:${port}/`
const server = spawn(process.execPath, [fileURLToPath(new URL('tools/start.mjs', import.meta.url))], {
  env: { ...process.env, PORT: String(port) },
  stdio: ['ignore', 'pipe', 'inherit'],
})
await new Promise((done) => server.stdout.once('data', done))

const sum = { kills: 0, edits: 0, late: 0, lost: 0 }
try {
  for (let kill = 0, profile = ''; kill < Number(options.count); kill++) {
    if (kill % 2 === 0) profile = mkdtempSync(join(folder, 'profile-'))
    await killed(kill, profile)
  }
} finally {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}
console.log(
  `${sum.kills} kills among ${sum.edits} edits (seed ${options.seed}): ${sum.late} lost an edit older than ${promised} ms, ${sum.lost} one older than ${limit} ms or the whole design`,
)
if (process.env.EGRESS_COUNTS)
  writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed: sum.kills - sum.lost, failed: sum.lost, skipped: 0 }))
process.exitCode = sum.lost > 0 ? 1 : 0

/** One browser, its edits, its end, and what the next one finds. */
async function killed(kill, profile) {
  const first = await opened(profile)
  const wanted = 300 + random() * 2500
  const edits = []
  const start = performance.now()
  while (performance.now() - start < wanted) {
    const name = `kill ${kill} edit ${edits.length}`
    await first.name.fill(name)
    edits.push({ name, at: performance.now() })
    await new Promise((done) => setTimeout(done, random() * 250))
  }
  const end = performance.now()
  await first.kill()
  const second = await opened(profile)
  const left = await second.name.inputValue()
  await second.kill()
  const kept = edits.findIndex(({ name }) => name === left)
  const oldest = edits[kept + 1]
  const age = oldest ? end - oldest.at : 0
  sum.kills++
  sum.edits += edits.length
  if (age <= promised) return
  sum.late++
  if (age > limit) sum.lost++
  console.log(
    `kill ${kill} (${kill % 2 ? 'used' : 'fresh'} profile): “${left}” is left, and an edit of ${Math.round(age)} ms before the kill is lost`,
  )
}

/** The app in a browser over this profile, once it has its design. A browser that does not come up at all is begun again: nothing is looked at in it. */
async function opened(profile, tries = 3) {
  try {
    return await begun(profile)
  } catch (error) {
    if (tries === 1) throw error
    console.log(`a browser did not come up (${String(error).split('\n')[0]}), and is begun again`)
    return opened(profile, tries - 1)
  }
}

async function begun(profile) {
  const browser = spawn(found.path, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', address], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((done) => browser.once('exit', done))
  const kill = async () => {
    process.kill(-browser.pid, 'SIGKILL')
    await ended
  }
  try {
    return { ...(await driven(browser)), kill }
  } catch (error) {
    if (browser.exitCode === null) await kill()
    throw error
  }
}

/** What is done with the page, and what is in it. */
async function driven(browser) {
  const endpoint = await new Promise((done, fail) => {
    let said = ''
    browser.stderr.on('data', (chunk) => {
      said += chunk
      const at = /DevTools listening on (\S+)/.exec(said)
      if (at) done(at[1])
    })
    browser.once('exit', () => fail(new Error(`The browser did not begin:\n${said}`)))
  })
  const [context] = (await driver.connectOverCDP(endpoint)).contexts()
  const page = context?.pages().find((one) => one.url().startsWith(address)) ?? (await context.waitForEvent('page'))
  // The tab has the name of the design once that is open.
  await page.waitForFunction(() => document.title.includes(' · '))
  const name = page.getByRole('textbox', { name: 'Name of the design' })
  await name.waitFor()
  return { name }
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
