/**
 * Proves the product's YAML with Istio's own code and real Envoys: every example and many random designs, in every dialect. `lab check` must
 * have nothing to say, and in `lab run` each drawn path must carry one request as its hops say.
 *
 *   node e2e/mesh/proof.mjs [--count N] [--seed S] [--only TEXT] [--keep]
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { bundled, here, lab, root, seconds } from './play.mjs'

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const seed = Number(options.seed)

const product = await bundled('proof')
const examples = product.examples().map((subject) => ({ subject, example: true }))
const randoms = product.randoms(seed, Number(options.count)).map((subject) => ({ subject, example: false }))
const all = [...examples, ...randoms].filter(({ subject }) => !options.only || subject.name.includes(options.only))
const folder = mkdtempSync(join(tmpdir(), 'egress-proof-'))
console.log(`${all.length} cases: ${examples.length} examples, ${randoms.length} random designs (seed ${seed})`)

const cases = all.map(({ subject, example }) => written(subject, example))
const failures = new Map()
const fail = (item, lines) => failures.set(item, [...(failures.get(item) ?? []), ...lines])
const unused = checked(cases)
readAlike(cases)
played(cases)
report()

/** A case on disk: its YAML, and the mesh around it. */
function written(subject, example) {
  const name = `${subject.name}.${subject.dialect}`
  const file = join(folder, `${name}.yaml`)
  mkdirSync(join(folder, 'yaml'), { recursive: true })
  writeFileSync(join(folder, 'yaml', `${name}.yaml`), product.yaml(subject))
  writeFileSync(file, product.labCase(subject, `yaml/${name}.yaml`))
  return { name, file, subject, example }
}

/**
 * What API server, webhook and analyze say. Only what `known.json` explains may be left over; tells its entries that no example needs,
 * or, for the rare ones, none of the random designs.
 */
function checked(cases) {
  const known = JSON.parse(readFileSync(join(here, 'known.json'), 'utf8'))
  const used = new Set()
  const byFile = new Map(cases.map((item) => [item.file, item]))
  const { found, broken } = lab(
    'check',
    cases.map((item) => item.file),
  )
  if (broken) throw new Error(broken)
  for (const verdict of found) {
    if (verdict.level === 'info') continue
    const item = byFile.get(verdict.file)
    const entry = known.find(
      (each) => each.code === verdict.code && verdict.object.startsWith(`${each.kind}/`) && new RegExp(each.says).test(verdict.says),
    )
    if (!entry) fail(item, [`${verdict.by} ${verdict.level} ${verdict.code ?? ''} ${verdict.object}: ${verdict.says}`])
    else if (item.example || entry.rare) used.add(entry)
  }
  const due = (entry) => !entry.rare || randoms.length >= 200
  return options.only ? [] : known.filter((entry) => due(entry) && !used.has(entry))
}

/** Kubernetes reads YAML with Go: it must read the very objects that were compiled, as JavaScript does (a law of the unit tests). */
function readAlike(cases) {
  const { found, broken } = lab(
    'read',
    cases.map((item) => item.file),
  )
  if (broken) throw new Error(broken)
  const byFile = new Map(found.map(({ file, objects }) => [file, objects]))
  for (const item of cases) {
    const wanted = product.objects(item.subject)
    const read = byFile.get(item.file) ?? []
    const odd = wanted.findIndex((object, index) => !isDeepStrictEqual(object, read[index]))
    if (odd >= 0 || read.length !== wanted.length)
      fail(item, [`Go reads ${JSON.stringify(read[odd])} where ${JSON.stringify(wanted[odd])} was written`])
  }
}

/** Every case in the lab. What fails is played once more, alone: on a busy machine a request may time out. */
function played(cases) {
  const size = 24
  for (let from = 0; from < cases.length; from += size) {
    const chunk = cases.slice(from, from + size)
    const lines = playedOnce(chunk)
    for (const item of chunk) {
      if (!lines.has(item)) continue
      const again = playedOnce([item])
      if (again.has(item)) {
        fail(item, again.get(item))
        console.log(`${item.name}: failed, ${again.get(item)[0]}`)
      } else console.log(`${item.name}: passed when played again`)
    }
    console.log(`${Math.min(from + size, cases.length)} of ${cases.length} played, ${failures.size} failed, ${seconds()} s`)
  }
}

function playedOnce(items) {
  const { found, broken } = lab(
    'run',
    items.map((item) => item.file),
  )
  const lines = new Map()
  for (const item of items) {
    const outcomes = found.filter((outcome) => outcome.case === item.name)
    const wrong =
      outcomes.length === 0
        ? [`nothing was played: ${broken.split('\n').find((line) => line.includes(item.name)) ?? broken.slice(0, 2000)}`]
        : product.judged(item.subject, outcomes)
    if (wrong.length > 0) lines.set(item, wrong)
  }
  return lines
}

function report() {
  for (const [item, lines] of failures) {
    console.log(`\nFAILED ${item.name}`)
    console.log(product.told(item.subject).replace(/^/gm, '  | '))
    for (const line of lines) console.log(`  ${line}`)
  }
  for (const entry of unused)
    console.log(`\nFAILED known.json: nothing leads to ${entry.code} on a ${entry.kind} any more; remove the entry`)
  const failed = failures.size + unused.length
  const passed = cases.length - failures.size
  if (failed > 0 || options.keep) console.log(`\nYAML and cases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  if (failed === 0 && !options.only) proven()
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed, failed, skipped: 0 }))
  console.log(`\nIstio and Envoy agree with the drawing in ${passed} of ${cases.length} cases, ${seconds()} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}

/** The numbers that the app shows. Written only when they changed. */
function proven() {
  const asks = cases.flatMap((item) => item.subject.asks)
  const designs = new Set(cases.map((item) => item.subject.design)).size
  const numbers = { istio: '1.31', envoy: '1.40', flows: asks.filter((ask) => ask.path).length, requests: asks.length, designs }
  const file = join(root, 'public/proven.json')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '{}\n'
  // What `agree.mjs --tell` found stays.
  const text = `${JSON.stringify({ ...JSON.parse(before), ...numbers })}\n`
  if (before === text) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
