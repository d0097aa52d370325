/**
 * Asks Kubernetes' YAML reader (`./lab read`) again what it makes of each text in src/core/yaml/parse/golden/reads.json, and writes the answers there: the
 * objects, or null where it refuses the text. The unit tests compare the app's reader with them.
 *   node e2e/mesh/reads.mjs
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const fixture = new URL('../../src/core/yaml/parse/golden/reads.json', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'reads-'))
const { cases } = JSON.parse(readFileSync(fixture, 'utf8'))
const answers = cases.map(([text], index) => {
  const file = join(folder, `${index}.yaml`)
  writeFileSync(file, text)
  const { status, stdout } = spawnSync(new URL('lab', import.meta.url).pathname, ['read', file], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return [text, status === 0 ? JSON.parse(stdout)[0].objects : null]
})
writeFileSync(fixture, `{"cases": [\n${answers.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`)
console.log(`${answers.length} texts, ${answers.filter(([, objects]) => objects === null).length} refused`)
