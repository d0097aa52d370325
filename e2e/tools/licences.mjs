/** Lists the packages that are really in what was built, each with its licence: `licences.json` beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ name: string, version: string, licence: string, text: string }} Licence */

/** Packages of the service worker, which is built apart; `offline.mjs` looks whether these are all. */
export const ofTheWorker = ['workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies']

/**
 * The folder of the package that a module lies in; null: it is ours, or made by the build.
 * @param {string} id
 */
export const folderOf = (id) => /^[^\0]*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll('\\', '/'))?.[0] ?? null

/**
 * Of a package's folder; fails where the package does not say what its licence is.
 * @param {string} folder
 * @returns {Licence}
 */
export function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof license !== 'string') throw new Error(`${name} does not say its licence.`)
  const texts = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|thirdpartynotices)/i.test(file))
  const text = texts
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    .join('\n\n')
  return { name, version, licence: license, text }
}

/**
 * @param {readonly string[]} modules
 * @returns {Licence[]}
 */
export const licencesOf = (modules) =>
  [...new Set(modules.map(folderOf))]
    .filter((folder) => folder !== null && existsSync(join(folder, 'package.json')))
    .map((folder) => licenceOf(String(folder)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

/**
 * `also`: packages that another build of the same site brings.
 * @param {readonly string[]} [also]
 * @returns {import('vite').Plugin}
 */
export function licences(also = []) {
  let root = ''
  return {
    name: 'licences',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    generateBundle(_, bundle) {
      const inIt = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []))
      // Styles are no part of a chunk any more, and workers are built apart from what is already in the graph.
      const styles = [...this.getModuleIds()].filter((id) => /\.css(?:$|\?)/.test(id))
      const more = also.map((name) => join(root, 'node_modules', name, 'package.json'))
      const source = JSON.stringify(licencesOf([...inIt, ...styles, ...more]))
      this.emitFile({ type: 'asset', fileName: 'licences.json', source })
    },
  }
}

/** @param {string} id */
export const packageOf = (id) => folderOf(id)?.replace(/^.*\/node_modules\//, '') ?? null
