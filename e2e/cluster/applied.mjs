/** What is exported, and the runbook's scripts, as kubectl applies and takes them away. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Those of every cluster, and of `surroundings.yaml`. */
const present = new Set(['default', 'istio-system', 'partner-egress'])

/** Each export is taken, unchanged when it comes again, without a difference, and can be deleted. */
export async function exported(server, list) {
  const wrong = []
  for (const one of list) {
    const says = await exportedOnce(server, one)
    if (says) wrong.push(`${one.name}: ${says}`)
  }
  return { passed: list.length - wrong.length, failed: wrong.length, wrong }
}

async function exportedOnce({ kubectl, namespace }, { yaml, objects }) {
  // A namespace takes the server long to delete: those that are needed stay.
  const kept = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name)
  const needed = objects.flatMap(({ metadata }) => metadata.namespace ?? [])
  const untold = needed.find((name) => !present.has(name) && !kept.includes(name) && !yaml.includes(`kubectl create namespace ${name}`))
  if (untold) return `the namespace ${untold} must be there, and nothing says so`
  for (const name of [...needed, ...kept]) await namespace(name)
  const apply = ['apply', '--validate=strict', '-f', '-']
  const first = await kubectl(apply, yaml)
  if (first.code !== 0) return `apply: ${first.err}`
  const again = await kubectl(apply, yaml)
  if (again.code !== 0) return `apply again: ${again.err}`
  const changed = linesOf(again.out).filter((line) => !line.endsWith(' unchanged'))
  if (changed.length > 0) return `applied again: ${changed.join('\n')}`
  const diff = await kubectl(['diff', '-f', '-'], yaml)
  if (diff.code !== 0) return `diff: ${diff.out}${diff.err}`
  const rest = objects.filter(({ kind }) => kind !== 'Namespace')
  const gone = await kubectl(['delete', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: rest }))
  if (gone.code !== 0) return `delete: ${gone.err}`
  const left = linesOf(gone.out).filter((line) => line.endsWith(' deleted') || line.includes(' deleted from ')).length
  return left === rest.length ? null : `${rest.length} objects, ${left} deleted:\n${gone.out}`
}

/** Each edited text is taken where the one before is, and what it no longer has can be deleted. */
export async function editedOver(server, list) {
  const wrong = []
  for (const one of list) {
    const says = await editedOnce(server, one)
    if (says) wrong.push(`${one.name} (${one.says.join('; ')}): ${says}`)
  }
  return { passed: list.length - wrong.length, failed: wrong.length, wrong }
}

async function editedOnce({ kubectl, namespace }, { before, after, gone }) {
  const all = (items) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
  const apply = (items) => kubectl(['apply', '--validate=strict', '-f', '-'], all(items))
  for (const name of new Set([...before, ...after].flatMap(({ metadata }) => metadata.namespace ?? []))) await namespace(name)
  const old = await apply(before)
  const now = old.code === 0 ? await apply(after) : old
  const lives = ({ kind }) => kind !== 'Namespace'
  const away = await kubectl(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], all([...after, ...gone].filter(lives)))
  if (old.code !== 0) return `apply before: ${old.err}`
  if (now.code !== 0) return `apply over it: ${now.err}`
  return away.code === 0 ? null : `delete: ${away.err}`
}

const linesOf = (text) => text.trim().split('\n')

/** Each script applies, applies again, cleans up, and cleans up again. */
export async function scripted(server, list) {
  const wrong = []
  for (const { name, script, objects } of list) {
    // The chapters before left namespaces there, and a script takes over none that it did not make.
    const own = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name)
    const gone = own.length === 0 ? null : await server.kubectl(['delete', 'namespace', '--ignore-not-found', ...own])
    if (gone && gone.code !== 0) throw new Error(gone.err)
    const folder = mkdtempSync(join(server.folder, 'script-'))
    const file = join(folder, 'egress.sh')
    writeFileSync(file, script)
    for (const words of [['apply'], ['apply'], ['cleanup', '--yes'], ['cleanup', '--yes']]) {
      const { code, out, err } = await server.run('bash', [file, ...words], '', folder)
      if (code === 0) continue
      wrong.push(`${name}: ${words.join(' ')} ended with ${code}\n${out.slice(-500)}${err.slice(-1500)}`)
      break
    }
  }
  return { passed: list.length - wrong.length, failed: wrong.length, wrong }
}
