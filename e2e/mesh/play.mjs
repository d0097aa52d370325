/** What the scripts that play something in the lab share: the product's code, and the lab. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

export const here = dirname(fileURLToPath(import.meta.url))
export const root = resolve(here, '../..')
const started = Date.now()

/** Since the script began. */
export const seconds = () => Math.round((Date.now() - started) / 1000)

/** What `<name>-entry.ts` exports, bundled as one module for Node. Two runs at once do not meet. */
export async function bundled(name) {
  const outDir = join(root, `node_modules/.cache/${name}-${process.pid}`)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(here, `${name}-entry.ts`),
      outDir,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  })
  const module = await import(pathToFileURL(join(outDir, `${name}.mjs`)).href)
  rmSync(outDir, { recursive: true })
  return module
}

/** Runs the lab and reads its JSON; exit 3 only says that something was found. `broken`: why it did not come to its end. */
export function lab(command, files) {
  if (files.length === 0) return { found: [], broken: '' }
  const run = spawnSync(join(here, 'lab'), [command, ...files], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] })
  if (run.error) throw run.error
  const broken = run.status === 0 || run.status === 3 ? '' : run.stderr.trim() || `lab ${command} ended with ${run.status}`
  try {
    return { found: JSON.parse(run.stdout) ?? [], broken }
  } catch {
    console.error(run.stderr.slice(-4000))
    return { found: [], broken: broken || `lab ${command} printed no JSON` }
  }
}
