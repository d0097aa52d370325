/** What `runbook.mjs` needs of the product's code: the flows of every example's runbook as a case of the lab, and what the runbook expects. */

import { dialectIds, dialects } from '../../src/core/compile/dialects'
import { namespaceOf } from '../../src/core/model/design'
import type { Block, Flow } from '../../src/core/runbook/chapters/kind'
import { linesOf } from '../../src/core/runbook/chapters/logs'
import { expected } from '../../src/core/runbook/chapters/verify'
import { type Runbook, runbookOf, subjectOf } from '../../src/core/runbook/runbook'
import { titleOf } from '../../src/core/trace/ref'
import { examples } from '../../src/examples'
import { caseOf } from './case'
import { yamlOf } from './subject'

export interface Play {
  name: string
  /** The case as the lab reads it; a request's headers go to the file that `headers` names. */
  lab: Record<string, unknown>
  flows: Expected[]
  shows: Shown[]
  /** The commands that make its certificates, without those that need a cluster; null: it needs none, or others bring them. */
  certificates: string | null
}

export interface Expected {
  url: string
  /** Where curl writes what `-D` shows. */
  headers: string
  exit: number
  /** The status line, null where there is none. */
  line: string | null
  /** Of each proxy, by its title. */
  logs: string[]
}

/** What `istioctl proxy-config` is expected to show. */
export interface Shown {
  command: string
  proxy: string
  args: string[]
  file: string
  lines: string[]
}

/** Every example in every dialect. `folder` is where headers are written. */
export const plays = (folder: string): Play[] =>
  examples.flatMap((example) =>
    dialectIds.map((dialect): Play => {
      const name = `${example.id}.${dialect}`
      const of = [example.design, dialects[dialect], example.requests] as const
      const { flows } = subjectOf(...of)
      const runbook = runbookOf(...of)
      const asks = flows.map(({ pod, url, path }) => ({ from: `${namespaceOf(pod)}/${pod.name}`, url, path }))
      const { manifests: _, ...around } = caseOf({ name, design: example.design, dialect, asks }, '')
      const told = flows.map((flow, index) => expectedOf(flow, `${folder}/${name}-${index}`))
      const shows = shownIn(runbook, `${folder}/${name}`)
      const requests = flows.map((flow, index) => ({
        from: asks[index]?.from,
        url: flow.url.replace(/^tcp:/, 'telnet:'),
        curl: [...(flow.resolve === null ? [] : ['--resolve', flow.resolve]), ...(flow.raw ? [] : ['-D', told[index]?.headers])],
      }))
      const asked = shows.map(({ proxy, args, file }) => ({ proxy, args, file }))
      return {
        name,
        lab: { ...around, yaml: yamlOf(example.design, dialect), textLogs: true, shows: asked, requests },
        flows: told,
        shows,
        certificates: certificatesOf(runbook),
      }
    }),
  )

function expectedOf(flow: Flow, headers: string): Expected {
  const { exit, lines } = expected(flow)
  const logs = linesOf(flow).map(({ hop, line }) => `${titleOf(hop.proxy)}: ${line}`)
  return { url: flow.url, headers, exit, line: exit === 0 ? (lines[0] ?? null) : null, logs }
}

const blocksOf = ({ chapters }: Runbook, id: string): Block[] => chapters.find((chapter) => chapter.id === id)?.blocks ?? []

/** Every `istioctl proxy-config` whose output the runbook foretells; one that ends in a pipe is read by its first part. */
function shownIn(runbook: Runbook, file: string): Shown[] {
  const blocks = ['analyze', 'troubleshoot'].flatMap((id) => blocksOf(runbook, id))
  return blocks
    .filter(
      ({ run, expect }) => expect !== undefined && run.startsWith('istioctl proxy-config ') && !run.includes('\n') && !run.includes(' | '),
    )
    .map(({ run, expect = '' }, index) => {
      const [, , what = '', where = '', ...rest] = wordsOf(run)
      const [name = '', namespace = ''] = where.replace(/^deploy\//, '').split('.')
      return {
        command: run,
        proxy: `${namespace}/${name}`,
        args: [what, ...rest],
        file: `${file}-show-${index}`,
        lines: expect.split('\n'),
      }
    })
}

/** As a shell reads them; single quotes are the only ones that the runbook writes. */
const wordsOf = (command: string): string[] => [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

function certificatesOf(runbook: Runbook): string | null {
  const commands = blocksOf(runbook, 'certificates')
    .flatMap(({ run }) => run.split('\n'))
    .filter((line) => !line.startsWith('kubectl'))
  return commands.some((line) => line.startsWith('openssl req ')) ? commands.join('\n') : null
}
