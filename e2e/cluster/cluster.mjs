/**
 * Holds the product against a real API server: what it exports is applied, applied again, compared and deleted; its scripts are run; and of
 * thousands of documents the server and `egress lint` must say the same: taken or refused, and by which field.
 *
 *   node e2e/cluster/cluster.mjs [--all] [--only CHAPTER,...] [--seed S] [--count N] [--build SECONDS] [--record]
 *
 * Without --all some of the exports and scripts are applied, others with another seed. --record asks for what the unit tests hold the schemas
 * against (refusals.mjs), writes it, and does nothing else. Exits 0 without a run where kubelab cannot be built,
 * and says why.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { editedOver, exported, scripted } from './applied.mjs'
import { sideBySide } from './designs.mjs'
import { recordedBy } from './refusals.mjs'
import { built, startServer } from './server.mjs'
import { judgedAlike } from './verdicts.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const golden = join(root, 'src/core/schema/golden/refusals.json')
const { values: options } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
    count: { type: 'string', default: '300' },
    build: { type: 'string', default: '3600' },
    record: { type: 'boolean', default: false },
  },
})
const seed = Number(options.seed)
const started = Date.now()
const since = () => `${Math.round((Date.now() - started) / 1000)} s`

const { made, missing } = built(Number(options.build))
if (missing) end({ passed: 0, failed: 0, skipped: 1 }, `Not held against an API server on this machine: ${missing}.`)
const product = await bundled()
const server = await startServer(made)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.stop().then(() => process.exit(130)))

const chapters = {
  refusals: () => judgedAlike(server, product, recorded()),
  strangers: () => judgedAlike(server, product, ofTexts(product.strangers(seed, Number(options.count)))),
  kinds: () => judgedAlike(server, product, options.all ? product.allDamages() : product.damagedKinds(seed, Number(options.count) * 10)),
  // Scripts delete namespaces, which what is before them needs.
  designs: () => sideBySide(server, product.designs()),
  edits: () => editedOver(server, product.edited(seed, options.all ? 100 : 20)),
  exports: () => exported(server, some(product.exportsOf(), 5)),
  scripts: () => scripted(server, some(product.exportsOf(), 1)),
}
const total = { passed: 0, failed: 0, skipped: 0 }
try {
  console.log(`the server is ready after ${since()}; seed ${seed}`)
  const surroundings = await server.kubectl(['apply', '-f', join(here, 'surroundings.yaml')])
  if (surroundings.code !== 0) throw new Error(surroundings.err)
  for (const [name, chapter] of options.record ? [] : Object.entries(chapters)) {
    if (options.only && !options.only.split(',').includes(name)) continue
    const { passed, failed, wrong } = await chapter()
    total.passed += passed
    total.failed += failed
    console.log(`${name}: ${passed} as they should be, ${failed} not, ${since()}`)
    for (const lines of wrong) console.log(`  FAILED ${lines.replaceAll('\n', '\n    ')}`)
  }
  if (options.record) {
    const { text, asked, refused } = await recordedBy(server, product.damagedAt)
    writeFileSync(golden, text)
    total.passed = asked
    console.log(`${asked} documents, ${refused} refused by the server itself`)
  }
} finally {
  await server.stop()
}
end(total, `${total.passed} passed, ${total.failed} failed, ${since()}`)

/** The product's code as one module for Node. */
async function bundled() {
  const outDir = join(root, 'node_modules/.cache/cluster')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: join(here, 'cluster-entry.ts'), outDir, emptyOutDir: true, rollupOptions: { output: { entryFileNames: 'cluster.mjs' } } },
  })
  return import(pathToFileURL(join(outDir, 'cluster.mjs')).href)
}

/** Some of a list, others with another seed; all of it where all are asked for. */
function some(list, count) {
  if (options.all) return list
  const step = Math.floor(list.length / count)
  return list.filter((_, index) => index % step === seed % step).slice(0, count)
}

/** The documents of refusals.json, sound and damaged. */
function recorded() {
  const { documents, cases } = JSON.parse(readFileSync(golden, 'utf8'))
  return cases.map(([base, path, value]) => ({
    name: `${documents[base].kind} ${path.join('.')} = ${JSON.stringify(value)}`,
    object: product.damagedAt(documents[base], path, value[0]),
  }))
}

function ofTexts(texts) {
  return texts.flatMap(({ name, says, objects }) => objects.map((object) => ({ name: `${name} (${says.join('; ')})`, object })))
}

function end(counts, says) {
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify(counts))
  console.log(says)
  process.exit(counts.failed > 0 ? 1 : 0)
}
