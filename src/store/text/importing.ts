/** YAML from elsewhere: read slice by slice, shown, and taken over as one step. */

import type { Id } from '../../core/base/id'
import type { Text } from '../../core/base/text'
import { type Design, emptyDesign, type NodeKindId } from '../../core/model/design'
import { designFromJson } from '../../core/model/link'
import { pathsOf } from '../../core/model/path'
import type { Work } from '../../core/model/work'
import type { Drawing } from '../../core/picture/draw'
import { read } from '../../core/read/read'
import type { Document } from '../../core/yaml/document'
import { type Parsed, parse } from '../../core/yaml/parse'
import { cutsOf } from '../../core/yaml/parse/split'
import { mostLetters, tooLarge } from '../../core/yaml/parse/whole'
import { keyless } from '../../core/yaml/secrets/keys'
import { masked } from '../../core/yaml/secrets/mask'
import { paused } from '../derived/steps'
import { textNow } from '../derived/written'
import { Refused, type Saying, saying, type Told } from '../state/saying'
import { take } from '../state/step'
import { designOf, store } from '../state/store'
import { drawingSteps, drawnWork } from './following'
import { parsedText } from './reading'

/** So many documents are read at a time; then the page may draw. */
const slice = 200
/** A letter takes at most so many bytes: a file above that many cannot be read, whatever it says. */
const bytesOfLetter = 3

let reading = 0

/** Reads YAML of any mix, or a saved design, and shows what it is before it is taken over (`State.incoming`). */
export async function importText(from: string | readonly File[]): Promise<void> {
  const turn = ++reading
  store.setState({ incoming: { is: 'reading', done: 0, of: 0 } })
  try {
    const { text, name } = await textFrom(from)
    const kept = isSaved(text) ? keyless(text) : masked(text)
    await warmed(kept, turn)
    if (turn !== reading) return
    const made = await paused(understood(kept, name, kept !== text), () => !isOver(turn))
    if (made) store.setState({ incoming: { is: 'read', ...made } })
  } catch (error) {
    if (turn === reading) store.setState({ incoming: null })
    throw error
  }
}

const isOver = (turn: number): boolean => turn !== reading

/** Takes over what was read, or what was chosen of it (`chosen`, the whole text then); undo brings the old work back. */
export async function accept(chosen: string | null = null): Promise<void> {
  const { incoming } = store.getState()
  const turn = ++reading
  if (incoming?.is !== 'read') return store.setState({ incoming: null, question: null })
  const { work, text } = incoming
  const made = chosen === null || chosen === text ? null : await paused(understood(chosen, work.design.name, false), () => !isOver(turn))
  if (turn !== reading) return
  store.setState({ incoming: null, question: null })
  take(made?.work ?? work, 'import')
}

/** What would be drawn of a text; a long one is drawn when it is taken over. */
export function pictureOf(text: string): Design | null {
  if (text.length > long) return null
  const steps = drawnFor(parsedText(text), null)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value.design
  }
}

const long = 200_000

/** Leaves it. */
export function decline(): void {
  reading++
  store.setState({ incoming: null })
}

/** All files as one text; line ends and byte order marks as the editor has them. */
async function textFrom(from: string | readonly File[]): Promise<{ text: string; name: string | null }> {
  const bytes = typeof from === 'string' ? 0 : from.reduce((sum, file) => sum + file.size, 0)
  if (bytes > mostLetters * bytesOfLetter)
    throw new Refused(saying('tooManyBytes', { has: Math.round(bytes / 1e6), most: mostLetters.toLocaleString('en') }))
  const texts = typeof from === 'string' ? [from] : await Promise.all(from.map((file) => file.text()))
  const plain = texts
    .map((text) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
    .map((text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`))
  const name = typeof from !== 'string' && from.length === 1 ? (from[0]?.name.replace(/\.[a-z]+$/i, '') ?? null) : null
  const text = plain.reduce((all, text) => (all === '' || text === '' || text.startsWith('---') ? all + text : `${all}---\n${text}`), '')
  const large = tooLarge(text)
  if (large) throw new Refused(large.says)
  return { text, name }
}

/** Reads the documents some at a time; each is then known to the reader. */
async function warmed(text: string, turn: number): Promise<void> {
  const cuts = cutsOf(text)
  for (let at = 0; at < cuts.length; at += slice) {
    if (isOver(turn)) return
    const [first, last] = [cuts[at], cuts[Math.min(at + slice, cuts.length) - 1]]
    if (first && last) read(parse(text.slice(first.from, last.to)).documents)
    if (cuts.length <= slice) return
    store.setState({ incoming: { is: 'reading', done: Math.min(at + slice, cuts.length), of: cuts.length } })
    await new Promise((next) => setTimeout(next))
  }
}

interface Understood {
  work: Work
  text: string
  says: readonly Told[]
  notDrawn: readonly { name: string; why: Text }[]
}

function* understood(text: string, name: string | null, hadKeys: boolean): Generator<undefined, Understood> {
  const saved = savedDesign(text)
  if (saved) return { work: saved, text: textOfWork(saved), says: [saying('savedDesign', { name: saved.design.name })], notDrawn: [] }
  const parsed = parsedText(text)
  yield
  const { design, notDrawn } = yield* drawnFor(parsed, name)
  yield
  return {
    // What could be read is drawn; what could not is told among the problems.
    work: { ...drawnWork(text, design) },
    text,
    says: found(parsed, design, hadKeys),
    notDrawn: notDrawn.map(({ of, why }) => ({ name: `${of.kind || '?'} ${of.name}`.trim(), why })),
  }
}

/** What the editor would show of it. */
function textOfWork(work: Work): string {
  const state = store.getState()
  return textNow({ ...state, history: { ...state.history, now: work } })
}

/** A file of this app. */
const isSaved = (text: string): boolean => /^\s*\{/.test(text) && /"nodes"\s*:/.test(text) && !/"apiVersion"\s*:/.test(text)

function savedDesign(text: string): Work | null {
  if (!isSaved(text)) return null
  const { design, draft } = designFromJson(text)
  return design && { design, draft: draft && { ...draft, text: masked(draft.text) } }
}

/** Over what is drawn now if both speak of the same hosts: then names and places stay. Nothing that only the old picture knew comes along. */
function* drawnFor(parsed: Parsed, name: string | null): Generator<undefined, Drawing> {
  const now = designOf(store.getState())
  const alone = yield* drawingSteps(parsed, null)
  const hosts = new Set(alone.design.nodes.flatMap((node) => (node.kind === 'host' ? [node.name] : [])))
  const shared = now.nodes.some((node) => node.kind === 'host' && hosts.has(node.name))
  const drawing = shared ? yield* drawingSteps(parsed, now) : alone
  const { nodes, hops, guards, names } = shared ? withoutLoose(drawing) : drawing.design
  return { ...drawing, design: { ...emptyDesign, nodes, hops, guards, names, world: now.world, name: name ?? now.name } }
}

function withoutLoose({ design, places }: Drawing): Design {
  const kept = new Set<Id>(places.keys())
  for (const path of pathsOf(design)) for (const node of [path.pod, path.sidecar, path.gateway, path.host]) if (node) kept.add(node.id)
  for (const hop of design.hops) if (places.has(hop.id)) for (const id of [hop.from, hop.to]) kept.add(id)
  const nodes = design.nodes.filter((node) => kept.has(node.id))
  const hops = design.hops.filter((hop) => kept.has(hop.from) && kept.has(hop.to))
  return nodes.length === design.nodes.length && hops.length === design.hops.length ? design : { ...design, nodes, hops }
}

const mostTold = 5

function found({ documents, findings }: Parsed, { nodes }: Design, hadKeys: boolean): Told[] {
  const errors = findings.filter(({ level }) => level === 'error')
  const count = (kind: NodeKindId) => nodes.filter((node) => node.kind === kind).length
  return [
    documentsSay(documents),
    saying('drawn', {
      clients: saying('clients', { n: count('pod') }),
      gateways: saying('gateways', { n: count('gateway') }),
      hosts: saying('hosts', { n: count('host') }),
    }),
    ...(hadKeys ? [saying('keysLeftOut')] : []),
    ...errors.slice(0, mostTold).map(({ says }) => says),
    ...(errors.length > mostTold ? [saying('moreUnread', { n: errors.length - mostTold })] : []),
  ]
}

function documentsSay(documents: readonly Document[]): Saying {
  const kinds = new Map<string, number>()
  for (const { kind } of documents) kinds.set(kind || '?', (kinds.get(kind || '?') ?? 0) + 1)
  const n = documents.length
  return n === 0
    ? saying('documents', { n })
    : saying('documentsOf', { n, kinds: [...kinds].map(([kind, of]) => `${of} ${kind}`).join(', ') })
}
