/** What the options of `egress edit` ask of a picture, each as a step from a picture to the next. */
import { both, type Text } from '../core/base/text'
import type { TlsMode } from '../core/istio/tls-mode'
import { type Design, emptyDesign, isWireHop, type Node, namespaceOf, nodeOf } from '../core/model/design'
import { fits, remove, setIdentity, setTls } from '../core/model/edit'
import { readNotation } from '../core/model/notation'
import { type Path, pathsOf } from '../core/model/path'
import { withoutPath } from '../core/model/path-edit'
import { tlsModes } from '../core/model/tls'

export type Step = (design: Design) => { design: Design } | { refused: Text }

/** The steps in the order of their options; a sentence where an option cannot be read. */
export function stepsOf(values: Readonly<Record<string, readonly string[]>>): Step[] | { problem: string } {
  const steps: Step[] = []
  for (const [option, make] of Object.entries(makers))
    for (const value of values[option] ?? []) {
      const step = make(value)
      if ('problem' in step) return { problem: `--${option} ${value}: ${step.problem}` }
      steps.push(step.step)
    }
  return steps
}

type Maker = (value: string) => { step: Step } | { problem: string }

const renaming: Maker = (value) => {
  const [from = '', to = '', more] = value.split('=')
  if (from === '' || to === '' || more !== undefined) return { problem: 'write OLD=NEW, two names of hosts.' }
  return {
    step: (design) => {
      const host = design.nodes.find(({ kind, name }) => kind === 'host' && name === from)
      return host ? { design: setIdentity(design, host.id, { name: to }) } : { refused: noSuch(from) }
    },
  }
}

const adding: Maker = (value) => {
  const [problem] = readNotation(value).findings
  return problem
    ? { problem: problem.says.en }
    : {
        step: (design) => {
          const { design: after, findings } = readNotation(value, design)
          return findings[0] ? { refused: findings[0].says } : { design: after }
        },
      }
}

const removing: Maker = (value) => {
  if (!value.includes('->'))
    return {
      step: (design) => {
        const host = design.nodes.find(({ kind, name }) => kind === 'host' && name === value)
        return host ? { design: remove(design, [host.id]) } : { refused: noSuch(value) }
      },
    }
  const { design: drawn, findings } = readNotation(value, emptyDesign)
  const [wanted] = pathsOf(drawn)
  return wanted ? { step: (design) => withoutFlow(design, wanted, value) } : { problem: findings[0]?.says.en ?? 'write one flow.' }
}

const settingTls: Maker = (value) => {
  const [, from = '', to = '', mode = ''] = /^(\S+) to ([^\s=]+)\s*=\s*(\S+)$/.exec(value.trim()) ?? []
  const known = tlsModes.find((each) => each === mode)
  if (!known) return { problem: 'write FROM to TO=MODE, such as sleep to istio-egressgateway=ISTIO_MUTUAL.' }
  return { step: (design) => withMode(design, from, to, known) }
}

/** In this order, so that what is added may speak of a new name. */
const makers: Readonly<Record<string, Maker>> = { rename: renaming, add: adding, remove: removing, tls: settingTls }

const noSuch = (name: string): Text => both(`The text draws no ${name}.`, `文本中没有画出 ${name}。`)

const saidBy = ({ pod, speaks, dialled, gateway, mesh, host, outside }: Path): string =>
  JSON.stringify([namespaceOf(pod), pod.name, speaks, dialled, gateway?.name, mesh?.tls, host.name, outside.tls])

/** Takes the hops that this path alone uses. */
function withoutFlow(design: Design, wanted: Path, line: string): ReturnType<Step> {
  const paths = pathsOf(design)
  const path = paths.find((each) => saidBy(each) === saidBy(wanted))
  if (!path) return { refused: noSuch(line) }
  const rest = withoutPath(design, path)
  return rest ? { design: rest } : { refused: both(`Other flows use each hop of ${line}.`, `其他流量也使用 ${line} 的每一跳。`) }
}

const isCalled = (node: Node | undefined, name: string): boolean =>
  node !== undefined && (node.name === name || `${namespaceOf(node)}/${node.name}` === name)

function withMode(design: Design, from: string, to: string, mode: TlsMode): ReturnType<Step> {
  const hops = design.hops
    .filter(isWireHop)
    .filter((hop) => isCalled(nodeOf(design, hop.from), from) && isCalled(nodeOf(design, hop.to), to))
  const [hop] = hops
  if (!hop) return { refused: noSuch(`${from} to ${to}`) }
  const fit = fits(design, hop.id, mode)
  return fit === true ? { design: setTls(design, hop.id, mode) } : { refused: fit }
}
