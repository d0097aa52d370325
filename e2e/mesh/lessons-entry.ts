/** What `lessons.mjs` needs of the product's code: every scene of every lesson as a case of the lab, and the laws asked of what the lab saw. */
import { dump } from 'js-yaml'
import { foretell } from '../../src/core/analyze/analyze'
import { refused } from '../../src/core/check/refused'
import { defaultDialect } from '../../src/core/compile/default-dialect'
import { type DialectId, dialectIds, dialects } from '../../src/core/compile/dialects'
import { type Surroundings, secretsThere, type Workload } from '../../src/core/istio/surroundings'
import { surroundingsOf } from '../../src/core/picture/drawn-surroundings'
import { read } from '../../src/core/read/read'
import { type LabOutcome, labOutcome, outcomeOfLab } from '../../src/core/trace/lab-outcome'
import type { Document } from '../../src/core/yaml/document'
import { parse } from '../../src/core/yaml/parse'
import { lessons } from '../../src/lessons/catalog'
import type { Asks, Lesson, Scene } from '../../src/lessons/kind'
import { brokenLaws, playedScenes } from '../../src/lessons/laws'
import { readLesson } from '../../src/lessons/read'
import { understoodOf, workOf, yamlOf } from '../../src/lessons/scene'
import { defaultPod, type Understood } from '../../src/lessons/understood'
import { schemas } from '../../src/testing/schemas'

export { alike, linesOf } from './agree-entry'

/** A scene in a dialect, as it is played. */
export interface Play {
  /** The name of its case. */
  name: string
  key: string
  /** Where it is: `lesson path`, the first of them. */
  says: string
  yaml: string
  /** What is around it, as a case of the lab has it. */
  around: Record<string, unknown>
  requests: Asks[]
  /** How the product says that each ends, null: it cannot tell. */
  traced: (LabOutcome | null)[]
  /** Objects that the product says a cluster refuses. */
  refused: string[]
  /** Objects that it finds an error in. */
  errors: string[]
  /** A step shows it as its right end. */
  shown: boolean
  /** The product itself finds fault with it. */
  faulty: boolean
  /** False alarms of analyze, as `code object`. */
  harmless: string[]
}

const keyOf = ({ flows, yaml = '' }: Scene, dialect: DialectId): string => JSON.stringify([flows.trim(), yaml, yaml ? '' : dialect])
const askKey = ({ from = defaultPod, url, curl = [] }: Asks): string => JSON.stringify([from, url, curl])

/** The dialects that a scene is played in: text of its own is in one, and every other dialect is shown at the end of each lesson. */
function dialectsOf({ yaml }: Scene, last: boolean): readonly DialectId[] {
  return yaml === undefined && last ? dialectIds : [defaultDialect]
}

/** The lessons that ship, or the one of an id. */
export const chosen = (only: string): Lesson[] => lessons.filter(({ id }) => !only || id === only)

/** The lesson of a file; throws where it is none. */
export function lessonOfFile(text: string): Lesson {
  const { lesson, findings } = readLesson(text)
  if (!lesson) throw new Error(findings.map(({ says }) => says.en).join('\n'))
  return lesson
}

/** Every distinct scene of the lessons; a scene that several of them have is one, with the requests of them all. */
export function plays(all: readonly Lesson[]): Play[] {
  const found = new Map<string, Play>()
  for (const lesson of all) {
    const scenes = playedScenes(lesson)
    const end = scenes.findLast(({ path }) => path.endsWith('.show')) ?? scenes[0]
    for (const { path, scene, requests } of scenes)
      for (const dialect of dialectsOf(scene, scene === end?.scene)) {
        const key = keyOf(scene, dialect)
        const play = found.get(key) ?? playOf(scene, dialect, `${lesson.id} ${path}`, found.size + 1)
        const asked = new Set(play.requests.map(askKey))
        for (const asks of requests) if (!asked.has(askKey(asks)) && asked.add(askKey(asks))) play.requests.push(asks)
        play.shown ||= path.endsWith('.show')
        found.set(key, play)
        const seen = understood(scene, dialect, null)
        play.traced = play.requests.map((asks) => {
          const outcome = seen.outcome(asks)
          return outcome && labOutcome(outcome)
        })
      }
  }
  return [...found.values()]
}

const understood = (scene: Scene, dialect: DialectId, sent: Asks | null): Understood =>
  understoodOf(workOf(scene, 'lesson'), schemas, sent, dialects[dialect])

function playOf(scene: Scene, dialect: DialectId, says: string, nth: number): Play {
  const work = workOf(scene, 'lesson')
  const yaml = yamlOf(work, dialects[dialect])
  const { documents } = parse(yaml)
  const around = surroundingsOf(work.design, work.draft ? read(documents) : null)
  const { problems } = understood(scene, dialect, null)
  const objectOf = ({ kind, namespace, name }: Pick<Document, 'kind' | 'namespace' | 'name'>) => `${kind}/${namespace}/${name}`
  return {
    name: `${String(nth).padStart(3, '0')}-${says.replaceAll(/\W+/g, '-')}-${dialect}`,
    key: keyOf(scene, dialect),
    says: `${says} (${scene.yaml === undefined ? dialect : 'its own YAML'})`,
    yaml,
    around: caseAround({ ...around, secrets: secretsThere(around, read(documents).secretAccess) }),
    requests: [],
    traced: [],
    refused: [...new Set(documents.filter((document) => refused(document, schemas)).map(objectOf))].toSorted(),
    errors: problems.flatMap(({ level, at }) => (level === 'error' && at ? [objectOf(at.of)] : [])),
    shown: false,
    faulty: problems.some(({ level }) => level !== 'info'),
    harmless: foretell({ documents, mesh: read(documents), around })
      .filter(({ falseAlarm }) => falseAlarm)
      .flatMap(({ code, at: { of } }) => [`${code} ${objectOf(of)}`, `${code} ${of.kind}/${of.name}`]),
  }
}

/** What the product takes to be around a scene, for the lab to set up the very same (the other way round: `surroundingsOfCase`). */
function caseAround({ outbound, pods, gateways, servers, hosts, namespaceLabels, secrets, files, filesOf }: Surroundings) {
  return {
    outbound,
    pods: pods.map(workload),
    gateways: gateways.map((gateway) => ({
      ...workload(gateway),
      ports: Object.fromEntries(gateway.ports.map(({ number, targetPort }) => [number, targetPort])),
    })),
    servers,
    hosts,
    namespaceLabels,
    secrets: secrets.map(({ namespace, name, wrongCA, bothCAs }) => ({ namespace, name, wrongCA, bothCAs })),
    files,
    filesOf,
  }
}

const workload = ({ sidecar, ...rest }: Workload) => ({ ...rest, ...(!sidecar && { noSidecar: true }) })

/**
 * The text without objects that the lab's API server or webhook refuses: a cluster never holds them. Without Secrets too: the lab makes those of
 * the case, with certificates in them.
 */
export function withoutRefused(play: Play, names: readonly string[]): string {
  const { documents } = parse(play.yaml)
  if (names.length === 0 && !documents.some(({ kind }) => kind === 'Secret')) return play.yaml
  return documents
    .filter(({ kind }) => kind !== 'Secret')
    .filter(({ kind, namespace, name }) => !names.some((object) => [`${kind}/${namespace}/${name}`, `${kind}/${name}`].includes(object)))
    .map(({ object }) => dump(object, { noRefs: true, lineWidth: -1 }))
    .join('---\n')
}

export const isLate = (outcome: LabOutcome | null): boolean => outcome?.exit === 28 || (outcome?.hops.length ?? 0) > 16

/** Which laws a lesson breaks where requests end as they did in the lab: `outcomes` by the key of a play, in the order of its requests. */
export function lawsOf(lesson: Lesson, all: readonly Play[], outcomes: ReadonlyMap<string, readonly (LabOutcome | null)[]>): string[] {
  const byKey = new Map(all.map((play) => [play.key, play]))
  const look = (dialect: DialectId) => (scene: Scene, sent: Asks | null) => {
    const key = byKey.has(keyOf(scene, dialect)) ? keyOf(scene, dialect) : keyOf(scene, defaultDialect)
    const play = byKey.get(key)
    const outcome = (asks: Asks) => {
      const at = play?.requests.findIndex((each) => askKey(each) === askKey(asks)) ?? -1
      if (at < 0) throw new Error(`${lesson.id}: ${asks.url} was not sent in ${scene.flows}`)
      const real = outcomes.get(key)?.[at]
      return real ? outcomeOfLab(real) : null
    }
    return { ...understood(scene, dialect, sent), outcome }
  }
  const lines = dialectIds.flatMap((dialect) => brokenLaws(lesson, look(dialect)).map(({ path, says }) => `${path}: ${says.en}`))
  return [...new Set(lines)]
}

/** Then and now, each side for `lab check`. */
export const comparisons = (of: readonly Lesson[]) =>
  of.flatMap(({ id, comparisons: all = [] }) =>
    all.map(({ title, original, today }, index) => ({
      name: `${id}-comparison-${index + 1}`,
      says: `${id}: ${title.en}`,
      original,
      today,
    })),
  )
