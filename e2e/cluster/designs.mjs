/**
 * Two designs in one cluster: where the second writes objects of the first, its script changes and deletes nothing of it; with names of its own
 * both live side by side, and each takes away its own objects alone.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export async function sideBySide(server, { first, second, renamed, own }) {
  const wrong = []
  let asked = 0
  const holds = (says, ok, more = '') => {
    asked += 1
    if (!ok) wrong.push(`${says}\n${more}`)
  }
  const run = (of, ...words) => scriptOf(server, of.script, words)
  const state = async (of) => JSON.stringify(await Promise.all(of.objects.map((object) => stateOf(server, object))))
  const isThere = async (of) => (await Promise.all(of.objects.map((object) => stateOf(server, object)))).filter(Boolean).length
  const all = (of) => of.objects.length

  const applied = await run(first, 'apply')
  holds('the first is applied', applied.code === 0 && (await isThere(first)) === all(first), applied.said)
  const before = await state(first)
  const refused = await run(second, 'apply')
  holds('the second, which would change it, stops', refused.code === 1 && refused.said.includes('Nothing was changed'), refused.said)
  holds('and says what it would change', /^\+ .*www-example-org/m.test(refused.said), refused.said)
  holds('nothing of the first is changed', (await state(first)) === before)
  const kept = await run(second, 'cleanup', '--yes')
  holds('the cleanup of the second leaves the first alone', kept.code === 0 && (await state(first)) === before, kept.said)
  const beside = await run(renamed, 'apply')
  holds('with names of its own it is applied', beside.code === 0 && (await isThere(renamed)) === all(renamed), beside.said)
  holds('beside the first, which stays as it was', (await state(first)) === before)
  const again = await run(first, 'apply')
  holds('the first is applied again', again.code === 0 && (await state(first)) === before, again.said)
  const gone = await run(first, 'cleanup', '--yes')
  holds('the first goes', gone.code === 0 && (await isThere(first)) === 0, gone.said)
  holds('and the second stays', (await isThere(renamed)) === all(renamed))
  const last = await run(renamed, 'cleanup', '--yes')
  holds('the second goes', last.code === 0 && (await isThere(renamed)) === 0, last.said)

  // What a person applied by hand is the person's, also where it is the very same.
  const hand = await server.kubectl(['apply', '-f', '-'], first.yaml)
  const same = await run(first, 'apply')
  const left = await run(first, 'cleanup', '--yes')
  holds('what was there alike is no obstacle', hand.code === 0 && same.code === 0, hand.err + same.said)
  holds('and is not deleted', left.code === 0 && (await isThere(first)) === all(first), left.said)
  await server.kubectl(['delete', '-f', '-'], first.yaml)

  const mine = await run(own, 'apply')
  holds('a text of a person is applied', mine.code === 0 && (await isThere(own)) === all(own), mine.said)
  const away = await run(own, 'cleanup', '--yes')
  holds('and goes', away.code === 0 && (await isThere(own)) === 0, away.said)
  return { passed: asked - wrong.length, failed: wrong.length, wrong }
}

async function scriptOf(server, script, words) {
  const folder = mkdtempSync(join(server.folder, 'script-'))
  writeFileSync(join(folder, 'egress.sh'), script)
  const { code, out, err } = await server.run('bash', [join(folder, 'egress.sh'), ...words], '', folder)
  return { code, said: `${out}${err}` }
}

/** What is written of an object, without what the server keeps for itself; null where it is not there. */
async function stateOf(server, object) {
  const kept = await server.read(object)
  return kept && !kept.metadata.deletionTimestamp ? { spec: kept.spec, labels: kept.metadata.labels, made: kept.metadata.uid } : null
}
