/**
 * `npm run bench`: what things cost, in Node and in a real Chromium, each as a ratio to a floor of the same run, with the slope from size to
 * size (1: the cost grows as the design does; 0: it does not grow). Prints a table; `--json FILE` writes the figures. No bound is set here.
 *
 *   npm run bench [-- --json FILE] [--only node|browser] [--sizes 10,100]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { chromium } from '../tools/chromium.mjs'
import { Failure, install, root, run } from '../tools/fresh.mjs'
import { serve } from '../tools/server.mjs'

/** @typedef {import('./figures').Figure} Figure */

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, sizes: { type: 'string', default: '10,100,1000,2500' } },
})
const sizes = options.sizes.split(',').map(Number)
const scratch = mkdtempSync(join(tmpdir(), 'egress-bench-'))

await run(async () => {
  install()
  try {
    /** @type {Figure[]} */
    const figures = []
    if (options.only !== 'browser') figures.push(...(await inNode()))
    if (options.only !== 'node') figures.push(...(await inBrowser()))
    process.stdout.write(table(figures))
    if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
})

/** @returns {Promise<Figure[]>} */
async function inNode() {
  const outDir = join(root, 'node_modules/.cache/bench')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'e2e/bench/figures.ts'),
      outDir,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'figures.mjs' } },
    },
  })
  const { figureOf, names } = await import(pathToFileURL(join(outDir, 'figures.mjs')).href)
  return names.flatMap((/** @type {string} */ name) =>
    sizes.map((hosts) => {
      process.stderr.write(`${name}, ${hosts} hosts\n`)
      return figureOf(name, hosts, () => performance.now())
    }),
  )
}

/** @returns {Promise<Figure[]>} */
async function inBrowser() {
  const browser = await chromium('whole')
  if ('missing' in browser) throw new Failure(browser.missing)
  const results = join(scratch, 'figures.jsonl')
  writeFileSync(results, '')
  const pages = await builtPages()
  const server = await freePort(pages)
  try {
    // This process serves the pages, so it must not block while the child runs.
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'e2e/bench/playwright.config.ts'],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          CHROMIUM: browser.path,
          EGRESS_BENCH: results,
          EGRESS_BENCH_SIZES: options.sizes,
          EGRESS_BENCH_PAGES: server.address,
        },
      },
    )
    const [status] = await once(child, 'close')
    if (status !== 0) throw new Failure('The bench in the browser failed; its words stand above.')
  } finally {
    server.close()
  }
  return readFileSync(results, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** The bare page and the core as one script, built as the app is. */
async function builtPages() {
  const outDir = join(scratch, 'pages')
  const common = /** @type {const} */ ({ configFile: false, logLevel: 'error' })
  await build({ ...common, root: join(root, 'e2e/bench/bare'), base: './', build: { outDir: join(outDir, 'bare'), target: 'es2022' } })
  await build({
    ...common,
    root,
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: join(root, 'e2e/bench/core.ts'), formats: ['es'], fileName: () => 'core.js' },
    },
  })
  writeFileSync(join(outDir, 'index.html'), '<!doctype html><title>bench</title>')
  return outDir
}

/** @param {string} folder */
async function freePort(folder) {
  for (let port = 4400; port < 4500; port++) {
    const server = await serve(folder, port)
    if (server) return { address: `http://127.0.0.1:${port}/`, close: () => (server.closeAllConnections(), server.close()) }
  }
  throw new Failure('No port from 4400 to 4499 is free.')
}

/** @param {readonly Figure[]} figures */
function table(figures) {
  const rows = figures.map((figure, at) => {
    const before = figures[at - 1]
    const slope = before?.name === figure.name ? Math.log(figure.time / before.time) / Math.log(figure.hosts / before.hosts) : null
    return [
      figure.name,
      String(figure.hosts),
      figure.time.toFixed(2),
      (figure.time / figure.floorTime).toFixed(1),
      slope === null ? '' : slope.toFixed(2),
      `${figure.floor}: ${figure.floorTime.toFixed(2)}`,
    ]
  })
  const head = ['what', 'hosts', 'ms', 'ratio', 'slope', 'floor: ms']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return `${[head, ...rows].map((row) => line(row).trimEnd()).join('\n')}\n`
}
