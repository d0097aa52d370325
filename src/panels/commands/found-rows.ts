/** What is found in the design and in its text: nodes, namespaces, objects and lines, each with a jump to it. */
import { fuzzy } from '../../core/base/fuzzy'
import { namespaceOf } from '../../core/model/design'
import type { Span } from '../../core/yaml/document'
import { jump } from '../../store/actions/jump'
import { setView } from '../../store/actions/view'
import { documentsOf, idsOfPlace, spanOf, textOf } from '../../store/derived/understand'
import { designOf, type State, store } from '../../store/state/store'
import { fill } from '../../store/words/words'
import type { Words } from '../../words/kind'
import type { CommandRow } from './command-rows'

/** A line is an answer to so many letters at least: fewer are in each. */
const fewest = 2
const mostLines = 200

/** The best first; lines of the text come last, in their order. */
export function foundRows(query: string, state: State, words: Words): CommandRow[] {
  const things = [...nodes(state, words), ...namespaces(state), ...objects(state)]
  const scored = things.flatMap((row) => {
    const score = fuzzy(query, `${row.word} ${row.more ?? ''}`)
    return score === null ? [] : [{ row, score }]
  })
  const best = query.trim() ? scored.toSorted((a, b) => b.score - a.score) : scored
  return [...best.map(({ row }) => row), ...lines(query.trim().toLowerCase(), textOf(state), words)]
}

function nodes(state: State, words: Words): CommandRow[] {
  return designOf(state)
    .nodes.filter(({ kind }) => kind !== 'sidecar')
    .map((node) => ({
      id: node.id,
      word: node.name,
      more: [words.kinds[node.kind], ...(node.kind === 'host' ? [] : [namespaceOf(node)])].join(' · '),
      keys: [],
      run: () => toThings([node.id]),
    }))
}

function namespaces(state: State): CommandRow[] {
  const pods = designOf(state).nodes.filter(({ kind }) => kind === 'pod')
  return [...new Set(pods.map(namespaceOf))].map((namespace) => ({
    id: `namespace ${namespace}`,
    word: namespace,
    more: 'Namespace',
    keys: [],
    run: () => toThings(pods.filter((pod) => namespaceOf(pod) === namespace).map(({ id }) => id)),
  }))
}

function objects(state: State): CommandRow[] {
  return documentsOf(state).map(({ id, kind, name, namespace }) => ({
    id: `object ${id.key}`,
    word: name || kind,
    more: [kind, ...(namespace ? [namespace] : [])].join(' · '),
    keys: [],
    run: () => {
      const place = { of: id, path: [] }
      toText(idsOfPlace(store.getState(), place), spanOf(store.getState(), place))
    },
  }))
}

function lines(wanted: string, text: string, words: Words): CommandRow[] {
  if (wanted.length < fewest) return []
  const found: CommandRow[] = []
  let from = 0
  for (const [index, line] of text.split('\n').entries()) {
    const span = { from, to: from + line.length }
    if (line.toLowerCase().includes(wanted))
      found.push({
        id: `line ${index}`,
        word: line.trim(),
        more: fill(words.commands.line, { n: index + 1 }),
        keys: [],
        run: () => toText([], span),
      })
    if (found.length >= mostLines) break
    from += line.length + 1
  }
  return found
}

/** A view that hides what is jumped to makes room for it. */
function toThings(ids: readonly string[]): void {
  if (store.getState().view === 'code') setView('both')
  jump(ids, null)
}

function toText(ids: readonly string[], span: Span | null): void {
  if (store.getState().view === 'canvas') setView('both')
  jump(ids, span, true)
}
