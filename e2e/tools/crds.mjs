/**
 * CustomResourceDefinitions of a release, out of the Go modules that carry them: `istio.io/api` and `sigs.k8s.io/gateway-api`. The modules'
 * archives are read as they are, so that they need not suit the Go that is here.
 *   node e2e/tools/crds.mjs FOLDER
 * writes those of the releases that src/schemas is made from, as istio.yaml and gateway-api.yaml.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @typedef {{ file: string, module: string, under: string }} Part */
/** @type {Part} */
const istio = { file: 'istio', module: 'istio.io/api', under: 'kubernetes/' }
/** @type {Part} */
const gatewayApi = { file: 'gateway-api', module: 'sigs.k8s.io/gateway-api', under: 'config/crd/experimental/' }

/** @param {string} version such as 1.32.0 */
export const istioCrds = (version) => crdsOf(istio, version)
/** @param {string} version such as 1.7.0; the experimental channel */
export const gatewayApiCrds = (version) => crdsOf(gatewayApi, version)

/**
 * The YAML of all CRDs; throws where the module proxy has no such version.
 * @param {Part} part @param {string} number
 */
function crdsOf({ module, under }, number) {
  const version = `v${number}`
  const { Zip, Error: wrong } = JSON.parse(told('go', ['mod', 'download', '-json', `${module}@${version}`]))
  if (!Zip) throw new Error(`${module}@${version}: ${wrong}`)
  const read = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for name in sorted(archive.namelist()):
    text = archive.read(name).decode() if name.startswith(sys.argv[2]) and name.endswith('.yaml') else ''
    if 'kind: CustomResourceDefinition' in text: print('---\\n' + text)`
  return told('python3', ['-c', read, Zip, `${module}@${version}/${under}`])
}

/** @param {string} command @param {string[]} args */
function told(command, args) {
  const { stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: '/',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  })
  // `go mod download` ends with 1 for a module of a newer Go, and has its archive all the same.
  if (error || stdout === '') throw new Error(`${command} ${args.at(-1)}: ${error?.message ?? stderr}`)
  return stdout
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2] ?? ''
  if (!folder) throw new Error('usage: node e2e/tools/crds.mjs FOLDER')
  mkdirSync(folder, { recursive: true })
  for (const part of [istio, gatewayApi]) {
    const { source } = JSON.parse(readFileSync(new URL(`../../src/schemas/${part.file}.json`, import.meta.url), 'utf8'))
    const [number = ''] = /\d+\.\d+\.\d+/.exec(source) ?? []
    writeFileSync(join(folder, `${part.file}.yaml`), crdsOf(part, number))
  }
}
