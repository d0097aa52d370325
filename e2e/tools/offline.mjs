/** Makes the service worker of what was built: its list of files is that of the output folder. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { ofTheWorker, packageOf } from './licences.mjs'

const source = fileURLToPath(new URL('../../src/offline/worker.ts', import.meta.url))

/** Pictures of the README lie in the same folder and belong to no page; the command line tool is no part of the site. */
const isOfTheApp = (/** @type {string} */ file) => !/^(?:cli\/|sw\.js$|screenshot\.png$|lesson\.png$)/.test(file)

/**
 * Every file that the app may ask for, with what it holds. A name with a hash in it needs no revision.
 * @param {string} folder
 */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter(isOfTheApp)
    .toSorted()
    .map((url) => {
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, url)))
        .digest('base64')
      return { url, revision: url.startsWith('assets/') ? null : hash, integrity: `sha256-${hash}` }
    })
}

/** @returns {import('vite').Plugin} */
export function offline() {
  return {
    name: 'offline',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir: out = '' }) {
        await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          plugins: [onlyThese(ofTheWorker)],
          define: { builtFiles: JSON.stringify(filesOf(out)) },
          build: {
            outDir: out,
            emptyOutDir: false,
            target: 'es2022',
            rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        })
      },
    },
  }
}

/**
 * What the licences are told of is all that there is.
 * @param {readonly string[]} packages
 * @returns {import('vite').Plugin}
 */
const onlyThese = (packages) => ({
  name: 'only-these',
  moduleParsed({ id }) {
    const name = packageOf(id)
    if (name && !packages.includes(name)) this.error(`The service worker brings ${name}: name it in e2e/tools/licences.mjs.`)
  },
})
