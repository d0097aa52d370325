/** Makes a module of each piece of the lessons, so that the app loads one lesson in one language (src/lessons/apart.ts). */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const name = 'virtual:lessons'
const source = fileURLToPath(new URL('../../src/lessons/pieces.ts', import.meta.url))

/**
 * `virtual:lessons` says which pieces there are and how each is loaded; `virtual:lessons/…` is one piece.
 * @returns {import('vite').Plugin}
 */
export function lessonsApart() {
  /** @type {ReturnType<typeof run> | undefined} */
  let made
  return {
    name: 'lessons-apart',
    resolveId: { filter: { id: /^virtual:lessons/ }, handler: (id) => `\0${id}` },
    load: {
      filter: { id: /^\0virtual:lessons/ },
      async handler(id) {
        made ??= run()
        const { module, dependencies } = await made
        for (const file of dependencies) this.addWatchFile(file)
        return id === `\0${name}` ? index(module) : `export default ${JSON.stringify(module.pieces[id.slice(name.length + 2)])}`
      },
    },
    watchChange() {
      made = undefined
    },
  }
}

/** @type {() => Promise<{ module: typeof import('../../src/lessons/pieces'), dependencies: string[] }>} */
const run = () => runnerImport(source)

/** @param {typeof import('../../src/lessons/pieces')} module */
function index({ ids, pieces }) {
  const loads = Object.keys(pieces).map((piece) => `${JSON.stringify(piece)}: () => import(${JSON.stringify(`${name}/${piece}`)})`)
  return `export const ids = ${JSON.stringify(ids)}\nexport const load = {\n${loads.join(',\n')}\n}`
}
