/** What `runbook.mjs` needs of the product's code: the flows of every example's runbook as a case of the lab, and what the runbook expects. */
import { namespaceOf } from '../../src/core/design'
import { dialects } from '../../src/core/dialects'
import { runbookOf, subjectOf } from '../../src/core/runbook'
import type { Flow } from '../../src/core/runbook/kind'
import { linesOf } from '../../src/core/runbook/logs'
import { expected } from '../../src/core/runbook/verify'
import { examples } from '../../src/examples'
import { caseOf } from './case'
import { type DialectId, yamlOf } from './subject'

export interface Play {
  name: string
  /** The case as the lab reads it; a request's headers go to the file that `headers` names. */
  lab: Record<string, unknown>
  flows: Expected[]
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

/** Every example in both dialects. `folder` is where headers are written. */
export const plays = (folder: string): Play[] =>
  examples.flatMap((example) =>
    (['istio-v1', 'istio-v1alpha3'] as DialectId[]).map((dialect): Play => {
      const name = `${example.id}.${dialect}`
      const { flows } = subjectOf(example.design, dialects[dialect], example.requests)
      const asks = flows.map(({ pod, url, path }) => ({ from: `${namespaceOf(pod)}/${pod.name}`, url, path }))
      const { manifests: _, ...around } = caseOf({ name, design: example.design, dialect, asks }, '')
      const told = flows.map((flow, index) => expectedOf(flow, `${folder}/${name}-${index}`))
      const requests = flows.map((flow, index) => ({
        from: asks[index]?.from,
        url: flow.url.replace(/^tcp:/, 'telnet:'),
        curl: [...(flow.resolve === null ? [] : ['--resolve', flow.resolve]), ...(flow.raw ? [] : ['-D', told[index]?.headers])],
      }))
      return { name, lab: { ...around, yaml: yamlOf(example.design, dialect), textLogs: true, requests }, flows: told }
    }),
  )

function expectedOf(flow: Flow, headers: string): Expected {
  const { exit, lines } = expected(flow)
  const logs = linesOf(flow).map(({ hop, line }) => `${hop.proxy}: ${line}`)
  return { url: flow.url, headers, exit, line: exit === 0 ? (lines[0] ?? null) : null, logs }
}

/** The commands that make the certificates of the mutual-TLS example, without those that need a cluster. */
export function certificateCommands(): string {
  const example = examples.find(({ id }) => id === 'mutual-tls-origination')
  const chapters = example ? runbookOf(example.design, dialects['istio-v1'], example.requests).chapters : []
  const blocks = chapters.find(({ id }) => id === 'certificates')?.blocks ?? []
  return blocks
    .flatMap(({ run }) => run.split('\n'))
    .filter((line) => !line.startsWith('kubectl'))
    .join('\n')
}
