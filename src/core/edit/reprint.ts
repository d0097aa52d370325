/**
 * What a text printed anew from the picture does otherwise than the person's own: another dialect, or an edit that cannot be written in place. A
 * picture has a hop for each way; a text may say more, of conditions, of pods that nobody drew, of fields that no hop has.
 */
import { both, type Text } from '../base/text'
import { compile } from '../compile/compile'
import { type DialectId, dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { hostBelow } from '../istio/host-name'
import type { Mesh } from '../istio/mesh'
import type { Call, Surroundings, Workload } from '../istio/surroundings'
import type { Design } from '../model/design'
import { type Path, pathsOf } from '../model/path'
import { familyOf } from '../picture/draw/ways'
import { callOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import type { Trace } from '../trace/outcome'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { arrives, roadOf, roadsOf, sameEnd, withServersOf } from './costs'
import { partingOf } from './parting'

/** So many requests are sent both ways: a text of thousands of hosts is asked about in time. */
const mostAsked = 500

/**
 * Sentences about requests that the text printed in `dialect` sends another way than the person's, or no longer; none where it sends all alike.
 * Asked are the drawn calls that `after` leaves as they are in `before`, the picture of the text, and what else its pods, and in each of their
 * namespaces one that nobody drew, may ask of the text's hosts. The last sentence says how many were too many to be asked.
 */
export function costsOfPrinting(mesh: Mesh, before: Design, after: Design, dialect: DialectId): Text[] {
  const of = dialects[dialect]
  const printed = read(parse(textOf(print(compile(after, of), of, { comments: false, lang: 'en' }))).documents)
  const [old, now] = [roadsOf(mesh, before), roadsOf(printed, after)]
  const there = withUndrawn(old.around)
  const then = withServersOf(there, withUndrawn(now.around))
  const asked = callsOf(mesh, before, after, there)
  const told = new Map<string, Changed>()
  for (const call of asked.slice(0, mostAsked)) {
    const change = changeOf(trace(mesh, there, call), trace(printed, then, call))
    if (!change) continue
    const key = JSON.stringify(change)
    told.set(key, { ...change, from: [...(told.get(key)?.from ?? []), call.from] })
  }
  const left = asked.length - mostAsked
  return [
    ...[...told.values()].map(saidOf),
    ...(left > 0 ? [both(`${left} more calls that the text allows were not compared.`, `文本允许的另外 ${left} 个调用没有比较。`)] : []),
  ]
}

/** A pod that nobody drew. */
const undrawn = 'undrawn'

function withUndrawn(around: Surroundings): Surroundings {
  const spaces = [...new Set(around.pods.map(({ namespace }) => namespace))]
  const more = spaces.map(
    (namespace): Workload => ({ namespace, name: undrawn, serviceAccount: undrawn, labels: {}, annotations: {}, sidecar: true }),
  )
  return { ...around, pods: [...around.pods, ...more] }
}

const keyOf = ({ from, url }: Call): string => `${from} ${url}`

/** What is drawn first; each call once. */
function callsOf(mesh: Mesh, before: Design, after: Design, { pods }: Surroundings): Call[] {
  const drawn = (design: Design) => new Map(pathsOf(design).map((path): [string, Path] => [keyOf(callOf(path, 'www')), path]))
  const [was, is] = [drawn(before), drawn(after)]
  const isMeant = (call: Call) => {
    const [one, other] = [was.get(keyOf(call)), is.get(keyOf(call))]
    return one && other ? roadOf(one) !== roadOf(other) : one !== other
  }
  const all = new Map<string, Call>()
  for (const path of was.values()) all.set(keyOf(callOf(path, 'www')), callOf(path, 'www'))
  for (const { by, hosts, ports } of mesh.serviceHosts)
    if (by === 'ServiceEntry')
      for (const host of hosts)
        for (const { number, protocol } of ports)
          for (const { namespace, name } of pods) {
            const scheme = familyOf(protocol) === 'HTTPS' ? 'https' : 'http'
            const call: Call = { from: `${namespace}/${name}`, url: `${scheme}://${hostBelow(host, 'www')}:${number}/`, curl: [] }
            all.set(keyOf(call), call)
          }
  return [...all.values()].filter((call) => !isMeant(call))
}

/** What changes for the pods that ask for a URL. */
interface Change {
  url: string
  /** Why it no longer arrives; null: it arrives, another way than before or where it did not. */
  why: Text | null
  arrived: boolean
  /** Where it goes another way, if it arrives both times. */
  way: Text | null
}

interface Changed extends Change {
  from: readonly string[]
}

/** A request that arrives neither way is none that changes; of one that cannot be traced nothing is known. */
function changeOf(was: Trace, is: Trace): Change | null {
  if (was.unknown) return null
  const [arrived, arrivesNow] = [arrives(was), arrives(is)]
  if ((!arrived && !arrivesNow) || sameEnd(was, is)) return null
  return { url: was.request.url, why: arrivesNow ? null : is.says, arrived, way: arrived && arrivesNow ? partingOf(was, is) : null }
}

const whoSays = (from: string): Text => {
  const [namespace = '', name = ''] = from.split('/')
  return name === undrawn ? both(`any other pod of namespace ${namespace}`, `命名空间 ${namespace} 中的任何其他 Pod`) : both(from, from)
}

function saidOf({ from, url, why, way }: Changed): Text {
  const who = from.map(whoSays)
  const [en, zh] = [who.map((each) => each.en).join(', '), who.map((each) => each.zh).join('、')]
  if (why) return both(`No longer: ${url} from ${en}: ${why.en}`, `${url} 将无法再从 ${zh} 访问：${why.zh}`)
  return way
    ? both(`In another way: ${url} from ${en}: ${way.en}.`, `${url} 将以另一种方式从 ${zh} 访问：${way.zh}。`)
    : both(`Let through, though not today: ${url} from ${en}.`, `${url} 今天不通，之后可从 ${zh} 访问。`)
}
