/**
 * Plays edits of the picture over other people's YAML: each that is written without a question is accepted by `lab check` with nothing new to say,
 * and in `lab run` each request that arrived before and that the edit leaves alone goes the same way after, and each that it draws arrives as drawn.
 * Of the edits that leave objects behind, which stay in a cluster until somebody deletes them, one in two is played over the old objects as well.
 *
 *   node e2e/mesh/edits.mjs [--seed S] [--count N] [--only NAME] [--keep]
 *
 * What differs is played again, by itself: a request may time out on a busy machine. What is not the same twice is nobody's fault. All that is wrong is
 * printed; the run fails where more than one request in a hundred goes wrong (as in `agree.mjs`), or API server or webhook refuse what they took before.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundled, here, lab, seconds } from './play.mjs'

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '60' },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const product = await bundled('edits')
const edits = product.plays(Number(options.seed), Number(options.count)).filter(({ name }) => !options.only || name === options.only)
const folder = mkdtempSync(join(tmpdir(), 'egress-edits-'))
const failures = new Map()
const overs = new Set(edits.filter(({ over }) => over !== null).filter((_, index) => index % 2 === 0))
/** What analyze warns of, and did not. */
const warned = new Map()
const sum = { refused: 0, wrong: 0, kept: 0, over: 0, anew: 0, unknown: 0, unsteady: 0 }
const texts = [...new Set(edits.map(({ was }) => was))]
console.log(`${edits.length} edits of ${texts.length} texts (seed ${options.seed}), ${seconds()} s`)
checked()
played()
report()

function fail(edit, lines) {
  failures.set(edit, [...(failures.get(edit) ?? []), ...lines])
}

function filesOf(plays) {
  return plays.map(({ name, case: of }) => {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, JSON.stringify({ ...of, name }, null, 1))
    return file
  })
}

/** API server, webhook and analyze say nothing that they do not say of the text before or of the picture alone, but what `known.json` explains. */
function checked() {
  const known = JSON.parse(readFileSync(join(here, 'known.json'), 'utf8'))
  const plays = [...texts, ...edits, ...edits.map(({ drawn }) => drawn)]
  const files = filesOf(plays)
  const { found, broken } = lab('check', files)
  if (broken) throw new Error(broken)
  const says = new Map(
    files.map((file, index) => [plays[index], found.filter((verdict) => verdict.file === file && verdict.level !== 'info')]),
  )
  const keyOf = ({ by, code, object }) => `${by} ${code ?? ''} ${object.split('/')[0]}`
  for (const edit of edits) {
    const old = new Set([...says.get(edit.was), ...says.get(edit.drawn)].map(keyOf))
    for (const verdict of says.get(edit)) {
      const entry = known.find((each) => each.code === verdict.code && new RegExp(each.says).test(verdict.says))
      if (old.has(keyOf(verdict)) || entry) continue
      const line = `new: ${verdict.by} ${verdict.code ?? ''} ${verdict.object}: ${verdict.says}`
      if (verdict.by === 'analyze') warned.set(edit, [...(warned.get(edit) ?? []), line])
      else {
        sum.refused++
        fail(edit, [line])
      }
    }
  }
}

/** The outcomes of each play, by its name. */
function outcomesOf(plays) {
  const { found } = lab('run', filesOf(plays))
  const outcomes = new Map(plays.map(({ name }) => [name, []]))
  for (const outcome of found) outcomes.get(outcome.case)?.push(outcome)
  return outcomes
}

function played() {
  const size = 6
  for (let from = 0; from < texts.length; from += size) {
    const some = texts.slice(from, from + size)
    const own = edits.filter(({ was }) => some.includes(was))
    const applied = own.filter((edit) => overs.has(edit))
    const outcomes = outcomesOf([...some, ...own, ...applied.map(({ over }) => over)])
    for (const edit of own) judge(edit, edit, outcomes)
    for (const edit of applied) judge(edit, edit.over, outcomes)
    console.log(`${Math.min(from + size, texts.length)} of ${texts.length} texts played, ${failures.size} failed, ${seconds()} s`)
  }
}

/** What comes of an edit, by itself or over the old objects. */
function judge(edit, play, outcomes) {
  const verdict = verdictOf(edit, play, outcomes.get(edit.was.name), outcomes.get(play.name))
  for (const key of ['kept', 'anew', 'unknown']) sum[play === edit.over && key === 'kept' ? 'over' : key] += verdict[key]
  if (verdict.wrong.length === 0) return
  const copies = [1, 2].flatMap((nth) => [edit.was, play].map((one) => ({ ...one, name: `${one.name}-play-${nth}` })))
  const again = outcomesOf(copies)
  const others = [1, 2].map((nth) =>
    verdictOf(edit, play, again.get(`${edit.was.name}-play-${nth}`), again.get(`${play.name}-play-${nth}`)),
  )
  if (others.some(({ wrong }) => wrong.length === 0)) sum.unsteady++
  else {
    sum.wrong += others[0].wrong.filter((line) => /^(otherwise than before|not as drawn|.* was not played)/.test(line)).length
    fail(edit, play === edit.over ? ['over the old objects:', ...others[0].wrong] : others[0].wrong)
  }
}

/** Behind a request that curl gave up on, lines of the log may be another's. */
function verdictOf(edit, play, old, now) {
  for (const [one, outcomes] of [
    [edit.was, old],
    [play, now],
  ])
    if (outcomes.length !== one.case.requests.length)
      return { kept: 0, anew: 0, unknown: 0, wrong: [`${one.name} was not played: ${outcomes.length} of ${one.case.requests.length}`] }
  const upTo = (one, outcomes) => outcomes.slice(0, product.steady(one.case, outcomes).requests.length)
  return product.judged(edit, upTo(edit.was, old), upTo(play, now), play === edit.over)
}

function report() {
  for (const [edit, lines] of warned) console.log(`\nWARNED ${edit.name}: ${edit.says.join('; ')}\n  ${lines.join('\n  ')}`)
  for (const [edit, lines] of failures) console.log(`\nFAILED ${edit.name}: ${edit.says.join('; ')}\n  ${lines.join('\n  ')}`)
  if (options.keep || failures.size > 0) {
    for (const play of [...texts, ...failures.keys()]) writeFileSync(join(folder, `${play.name}.text.yaml`), play.text)
    console.log(`\ntexts and cases are kept in ${folder}`)
  } else rmSync(folder, { recursive: true })
  const passed = edits.length - failures.size
  const failed = sum.refused + (sum.wrong > (sum.kept + sum.over + sum.anew) * 0.01 ? sum.wrong : 0)
  if (process.env.EGRESS_COUNTS) writeFileSync(process.env.EGRESS_COUNTS, JSON.stringify({ passed, failed, skipped: 0 }))
  console.log(
    `\n${passed} of ${edits.length} edits change what they say and nothing else before real proxies: ${sum.kept} requests as before, ${sum.over} so over the old objects of ${overs.size} edits, ${sum.anew} as drawn anew, ${sum.unknown} unknown, ${sum.unsteady} edits not steady, ${warned.size} with a new warning of analyze, ${seconds()} s`,
  )
  process.exit(failed > 0 || edits.length === 0 ? 1 : 0)
}
