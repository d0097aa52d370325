/**
 * Holds what we foretell of `istioctl analyze` against `lab check`, by code and object.
 *
 *   node e2e/mesh/foretell.mjs [--write] [--seed S --count N] [--restyled]
 *
 * Without arguments it compares the recorded items with the lab; `--write` records what the lab says anew (`foretold.json`, which the unit test
 * reads). With `--count` it takes N configurations with random mistakes instead, with `--restyled` N
 * sound ones as other people write them.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, here } from './play.mjs'

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '0' },
    restyled: { type: 'boolean', default: false },
  },
})

const { items, mistaken, rewritten, foretoldOf, unsureOf, foretoldCodes } = await bundled('foretell')
const count = Number(options.count)
const all = count > 0 ? some(Number(options.seed)) : items(here)
const said = checked(all)
if (options.write) {
  const lines = all
    .filter((item) => said.get(item.name))
    .map((item) => `  ${JSON.stringify(item.name)}: ${JSON.stringify(said.get(item.name).join('; '))}`)
  writeFileSync(join(here, 'foretold.json'), `{\n${lines.join(',\n')}\n}\n`)
}
report()

function some(seed) {
  return options.restyled ? rewritten(seed, count) : mistaken(seed, count, here)
}

/** What analyze says of each item, for the codes that are claimed; other codes are left out. Null where analyze itself breaks down. */
function checked(list) {
  const folder = mkdtempSync(join(tmpdir(), 'egress-foretell-'))
  const paths = list.map((_, index) => join(folder, `${index}.yaml`))
  for (const [index, path] of paths.entries()) writeFileSync(path, JSON.stringify(list[index].lab))
  const verdicts = []
  const broken = new Set()
  const ask = (some) => {
    const run = spawnSync(join(here, 'lab'), ['check', ...some], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (run.status === 0 || run.status === 3) verdicts.push(...JSON.parse(run.stdout))
    else if (some.length > 1) for (const one of some) ask([one])
    else broken.add(some[0])
  }
  for (let from = 0; from < paths.length; from += 100) ask(paths.slice(from, from + 100))
  rmSync(folder, { recursive: true })
  const byFile = new Map(paths.map((path) => [path, new Set()]))
  for (const { file, by, code, object } of verdicts)
    if (by === 'analyze' && foretoldCodes.includes(code)) byFile.get(file).add(`${code} ${object}`)
  return new Map(list.map((item, index) => [item.name, broken.has(paths[index]) ? null : [...byFile.get(paths[index])].toSorted()]))
}

function report() {
  let wrong = 0
  for (const item of all) {
    if (!said.get(item.name)) {
      console.log(`${item.name}: analyze itself breaks down`)
      continue
    }
    const ours = foretoldOf(item)
    const unsure = unsureOf(item)
    const theirs = said.get(item.name).filter((line) => ours.includes(line) || !unsure.includes(line))
    const missing = theirs.filter((line) => !ours.includes(line))
    const extra = ours.filter((line) => !theirs.includes(line))
    if (missing.length + extra.length === 0) continue
    wrong++
    console.log(`${item.name}: not foretold [${missing.join('; ')}], foretold in vain [${extra.join('; ')}]`)
  }
  console.log(`${all.length} items, ${wrong} foretold otherwise`)
  process.exitCode = wrong > 0 ? 1 : 0
}
