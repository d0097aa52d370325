/**
 * Proves that the rewritings of `src/testing/restyled` keep the meaning: designs are rewritten, accepted by `lab check`, and in `lab run` each
 * drawn path must carry one request as its hops say, as the designs themselves do in `npm run proof`.
 *
 *   node e2e/mesh/restyled.mjs [--all] [--only TEXT] [--count N] [--mixes N] [--seed S] [--keep]
 *
 * What `restyled.json` knows to be proven, and whose file is as it was, is played no more unless `--all` or `--only` asks for it. What is proven
 * is written there. `--mixes` plays designs with many rewritings at once beside them.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, here, lab, root, seconds } from './play.mjs'

const record = join(here, 'restyled.json')
const { values: options } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    count: { type: 'string', default: '2' },
    mixes: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
})
const seed = Number(options.seed)
const product = await bundled('restyled')
const stamps = stamped()
const known = JSON.parse(readFileSync(record, 'utf8'))
const wanted = Object.keys(stamps).filter((name) =>
  options.only ? options.only.split(',').includes(name) : options.all || known[name] !== stamps[name],
)
const cases = [...product.plays(wanted, seed, Number(options.count)), ...product.mixes(seed, Number(options.mixes))]
const folder = mkdtempSync(join(tmpdir(), 'egress-restyled-'))
console.log(`${wanted.length} of ${Object.keys(stamps).length} rewritings to prove, ${cases.length} cases (seed ${seed})`)

const files = new Map(cases.map((item) => [item, written(item)]))
const failures = new Map()
checked()
played()
report()

/** Of each rewriting what it is made of: its file, and what all of them share. */
function stamped() {
  const of = (file) => readFileSync(join(root, 'src/testing/restyled', `${file}.ts`))
  const entries = Object.entries(product.namesByFile()).flatMap(([file, names]) => {
    const stamp = createHash('sha256').update(of(file)).update(of('kind')).digest('hex').slice(0, 12)
    return names.map((name) => [name, stamp])
  })
  return Object.fromEntries(entries)
}

function written(item) {
  const file = join(folder, `${item.name}.yaml`)
  mkdirSync(join(folder, 'yaml'), { recursive: true })
  writeFileSync(join(folder, 'yaml', `${item.name}.yaml`), item.yaml)
  writeFileSync(file, product.labCase(item, `yaml/${item.name}.yaml`))
  return file
}

function fail(item, lines) {
  failures.set(item, [...(failures.get(item) ?? []), ...lines])
}

/** Neither API server nor webhook may refuse an object. */
function checked() {
  if (cases.length === 0) return
  const { found, broken } = lab('check', [...files.values()])
  if (broken) throw new Error(broken)
  for (const { level, by, file, object, says } of found) {
    const item = cases.find((each) => files.get(each) === file)
    if (level === 'error' && by !== 'analyze' && item) fail(item, [`${by} ${object}: ${says}`])
  }
}

/** What fails is played once more, alone: on a busy machine a request may time out. */
function played() {
  const size = 24
  for (let from = 0; from < cases.length; from += size) {
    const chunk = cases.slice(from, from + size)
    const wrong = playedOnce(chunk)
    for (const item of wrong.keys()) {
      const again = playedOnce([item]).get(item)
      if (again) fail(item, again)
    }
    console.log(`${Math.min(from + size, cases.length)} of ${cases.length} played, ${failures.size} failed, ${seconds()} s`)
  }
}

function playedOnce(items) {
  const { found, broken } = lab(
    'run',
    items.map((item) => files.get(item)),
  )
  const wrong = new Map()
  // One case that cannot be played ends the run of all.
  if (broken && items.length > 1) return new Map(items.flatMap((item) => [...playedOnce([item])]))
  for (const item of items) {
    const outcomes = found.filter((outcome) => outcome.case === item.name)
    const lines = outcomes.length === 0 ? [`nothing was played: ${broken.slice(0, 1000)}`] : product.judged(item, outcomes)
    if (lines.length > 0) wrong.set(item, lines)
  }
  return wrong
}

function report() {
  const unplayed = wanted.filter((name) => !cases.some(({ rewriting }) => rewriting === name))
  for (const [item, lines] of failures)
    console.log(`\nFAILED ${item.name} (${item.rewriting}) over ${item.subject.name}\n  ${lines.join('\n  ')}`)
  for (const name of unplayed) console.log(`\nFAILED ${name}: no design has anything to rewrite so`)
  const failing = new Set([...[...failures.keys()].map(({ rewriting }) => rewriting), ...unplayed])
  const proven = wanted.filter((name) => !failing.has(name))
  // A rewriting that is gone leaves the record.
  const names = Object.keys(stamps).toSorted()
  const next = Object.fromEntries(
    names.flatMap((name) =>
      proven.includes(name) ? [[name, stamps[name]]] : known[name] && !failing.has(name) ? [[name, known[name]]] : [],
    ),
  )
  if (JSON.stringify(next) !== JSON.stringify(known)) writeFileSync(record, `${JSON.stringify(next, null, 2)}\n`)
  if (failures.size > 0 || options.keep) console.log(`\nYAML and cases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  const failed = failing.size
  const passed = names.length - failed
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed, failed, skipped: 0 }))
  console.log(
    `\n${passed} of ${names.length} rewritings keep the meaning before real proxies, ${proven.length} of them played now, ${seconds()} s`,
  )
  process.exit(failed > 0 ? 1 : 0)
}
