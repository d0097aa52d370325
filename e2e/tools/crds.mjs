/**
 * CustomResourceDefinitions of a release, out of the Go modules that carry them: `istio.io/api` and `sigs.k8s.io/gateway-api`. The modules'
 * archives are read as they are, so that they need not suit the Go that is here. Given a module, its version and a folder of the module, the
 * YAML of all CRDs below it; throws where the module proxy has no such version.
 */
import { spawnSync } from 'node:child_process'

/** @param {string} module @param {string} version @param {string} under */
export function crdsOf(module, version, under) {
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
