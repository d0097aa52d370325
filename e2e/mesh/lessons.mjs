/**
 * Holds the lessons against Istio's own code and real Envoys. Every scene of every lesson is checked and played with the requests of its steps:
 * the tracer must tell how each ends, and with what proxies and servers really saw, what a step begins with must fail its goals, Show me must meet
 * them, and each wrong way must be one.
 *
 *   node e2e/mesh/lessons.mjs [--only ID | --file FILE] [--tell] [--keep]
 *
 * `--file` takes a lesson from a file, `--tell` prints how each request ended, and what is said of the tutorials' own YAML.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, here, lab, seconds } from './play.mjs'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    file: { type: 'string' },
    tell: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})

const product = await bundled('lessons')
const folder = mkdtempSync(join(tmpdir(), 'egress-lessons-'))
const lessons = options.file ? [product.lessonOfFile(readFileSync(options.file, 'utf8'))] : product.chosen(options.only)
const plays = product.plays(lessons)
const comparisons = product.comparisons(lessons)
if (plays.length === 0) throw new Error(`no lesson is called ${options.only}`)
/** What is wrong, by the name of a scene, a comparison or a lesson. */
const failures = new Map([...plays, ...comparisons].map(({ says }) => [says, []]))
const fail = (says, line) => failures.set(says, [...(failures.get(says) ?? []), line])
const notes = []

const refusedNames = checked()
compared()
const outcomes = playedAll()
for (const lesson of lessons) {
  failures.set(`${lesson.id}: its laws`, [])
  for (const line of product.lawsOf(lesson, plays, outcomes)) fail(`${lesson.id}: its laws`, line)
}
report()

function written(name, content) {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, JSON.stringify(content, null, 1))
  return file
}

function told({ by, level, code, object, says }) {
  return `${by} ${level} ${code ?? ''} ${object}: ${says}`
}

function refuses({ level, by }) {
  return level === 'error' && by !== 'analyze'
}

/**
 * What API server, webhook and analyze say of each scene. The product must know which objects are refused; of a right end they must say nothing
 * but known false alarms, unless the product finds fault with it as well. Tells the names of refused objects, by scene.
 */
function checked() {
  const known = JSON.parse(readFileSync(join(here, 'known.json'), 'utf8'))
  const files = plays.map((play) => written(play.name, { ...play.around, yaml: play.yaml, requests: [] }))
  const { found, broken } = lab('check', files)
  if (broken) throw new Error(broken)
  return new Map(
    plays.map((play, index) => {
      const mine = found.filter(({ file, level }) => file === files[index] && level !== 'info')
      const refused = [...new Set(mine.filter(refuses).map(({ object }) => object))].toSorted()
      for (const object of refused.filter((each) => !play.refused.includes(each) && !play.errors.includes(each)))
        fail(play.says, `a cluster refuses ${object}, and the product finds no error in it`)
      for (const object of play.refused.filter((each) => !refused.includes(each)))
        fail(play.says, `a cluster takes ${object}, and the product says that it is refused`)
      const harmless = ({ code, object, says }) =>
        play.harmless.includes(`${code} ${object}`) ||
        known.some((each) => each.code === code && object.startsWith(`${each.kind}/`) && new RegExp(each.says).test(says))
      if (play.shown && !play.faulty) for (const verdict of mine) if (!harmless(verdict)) fail(play.says, told(verdict))
      return [play, refused]
    }),
  )
}

/** Today's side must be taken; what is said of the tutorial's is only told. A side may be a piece, whose other objects are elsewhere. */
function compared() {
  // What analyze says of a piece because the Gateway, host or rule that it names is not beside it.
  const elsewhere = ['IST0101', 'IST0132', 'IST0174']
  const known = JSON.parse(readFileSync(join(here, 'known.json'), 'utf8'))
  const sides = comparisons.flatMap((each) => ['original', 'today'].map((side) => ({ ...each, side, text: each[side] })))
  const files = sides.map(({ name, side, text }) => {
    const file = join(folder, `${name}-${side}.yaml`)
    writeFileSync(file, text)
    return file
  })
  const { found, broken } = lab('check', files)
  if (broken) throw new Error(broken)
  for (const [index, { says, side }] of sides.entries()) {
    const mine = found.filter(({ file, level }) => file === files[index] && level !== 'info')
    if (side === 'original') {
      if (options.tell) notes.push(`${says}: of the original: ${mine.map(told).join(' | ') || 'nothing is said'}`)
    } else
      for (const verdict of mine)
        if (
          !elsewhere.includes(verdict.code) &&
          !known.some(({ code, says: pattern }) => code === verdict.code && new RegExp(pattern).test(verdict.says))
        )
          fail(says, `of today's: ${told(verdict)}`)
  }
}

/** The case of a scene with some of its requests. */
function caseOf(play, name, asks) {
  const requests = asks.map((at) => {
    const { from, url, curl = [] } = play.requests[at]
    // What never answers need not be waited for long.
    const patience = product.isLate(play.traced[at]) ? ['-m', '2'] : []
    return { from: from ?? 'default/sleep', url, curl: [...patience, ...curl] }
  })
  return written(name, { ...play.around, name, yaml: product.withoutRefused(play, refusedNames.get(play)), requests })
}

/**
 * Each request of each scene in the lab. A request that ends late has a case of its own, since proxies write its lines among those of the next.
 * What is not as traced is played three times more, alone: on a busy machine a request may time out.
 */
function playedAll() {
  const jobs = plays.flatMap((play) => {
    const all = play.requests.map((_, at) => at)
    const late = all.filter((at) => product.isLate(play.traced[at]))
    return [all.filter((at) => !late.includes(at)), ...late.map((at) => [at])].map((asks) => ({ play, asks }))
  })
  const seen = new Map(plays.map((play) => [play, play.requests.map(() => [])]))
  playJobs(
    jobs.filter(({ asks }) => asks.length > 0),
    seen,
  )
  const agrees = (play, at) => seen.get(play)[at].some((real) => agree(play, at, real))
  const again = jobs.flatMap(({ play, asks }) => asks.filter((at) => !agrees(play, at)).map((at) => ({ play, asks: [at] })))
  playJobs(
    again.flatMap((job) => [job, job, job]),
    seen,
  )
  return new Map(plays.map((play) => [play.key, play.requests.map((_, at) => settled(play, at, seen.get(play)[at]))]))
}

function agree(play, at, real) {
  return play.traced[at] !== null && product.alike(real, play.traced[at])
}

/** Plays cases in batches, so that a long run tells how it goes; each batch waits for its slowest. Outcomes are added to `seen`. */
function playJobs(jobs, seen) {
  const size = 100
  for (let from = 0; from < jobs.length; from += size) {
    const batch = jobs.slice(from, from + size).map((job, index) => ({ ...job, name: `${job.play.name}-${from + index}` }))
    const { found, broken } = lab(
      'run',
      batch.map(({ play, name, asks }) => caseOf(play, name, asks)),
    )
    for (const { play, name, asks } of batch) {
      const outcomes = found.filter((outcome) => outcome.case === name)
      const end = outcomes.findIndex((outcome) => product.isLate(outcome))
      const certain = end < 0 ? outcomes : outcomes.slice(0, end + 1)
      for (const [index, outcome] of certain.entries()) seen.get(play)[asks[index]].push({ ...outcome, server: outcome.server ?? null })
    }
    if (broken) console.error(broken.slice(-2000))
    console.log(`${Math.min(from + size, jobs.length)} of ${jobs.length} cases played, ${seconds()} s`)
  }
}

/** The outcome that counts: as traced where it was once; else the first. */
function settled(play, at, all) {
  const { from = 'default/sleep', url, curl = [] } = play.requests[at]
  const ask = `${from} curl ${[...curl, url].join(' ')}`
  const [first] = all
  const same = all.find((real) => agree(play, at, real))
  if (options.tell) notes.push(`${play.says}: ${ask}\n    ${first ? product.linesOf(first).join('\n    ') : 'not played'}`)
  if (same) return same
  if (!first) fail(play.says, `${ask}: not played, a proxy never became ready`)
  else if (!all.every((real) => product.alike(real, first))) fail(play.says, `${ask}: ends now so, now so; a lesson must not ask for it`)
  else {
    const lines = (outcome) => (outcome ? product.linesOf(outcome).join(' | ') : 'cannot be told')
    fail(play.says, `${ask}\n    real   ${lines(first)}\n    traced ${lines(play.traced[at])}`)
  }
  return first ?? null
}

function report() {
  for (const note of notes) console.log(`  ${note}`)
  const failed = [...failures].filter(([, lines]) => lines.length > 0)
  for (const [says, lines] of failed) console.log(`\nFAILED ${says}${lines.map((line) => `\n  ${line.slice(0, 1000)}`).join('')}`)
  if (failed.length > 0 || options.keep) console.log(`\nCases are kept in ${folder}`)
  else rmSync(folder, { recursive: true })
  const passed = failures.size - failed.length
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed, failed: failed.length, skipped: 0 }))
  const requests = plays.reduce((sum, play) => sum + play.requests.length, 0)
  console.log(
    `\n${lessons.length} lessons, ${plays.length} scenes, ${requests} requests, ${comparisons.length} comparisons, ${seconds()} s`,
  )
  console.log(`${passed} passed, ${failed.length} failed`)
  process.exit(failed.length > 0 ? 1 : 0)
}
