/** The requests that the runbook of the open document sends: the one of the Trace, and those of an example while it is as it came. */
import { both } from '../../core/base/text'
import type { Design } from '../../core/model/design'
import type { Asked } from '../../core/runbook/runbook'
import { examples } from '../../examples'
import type { Asked as Sent } from '../../store/state/store'

/** Requests that are asked for; what else the design draws, the runbook asks by itself. */
export function requestsFor(design: Design, sent: Sent | null): Asked[] {
  const known = examples.find((example) => same(example.design, design))?.requests ?? []
  const own = sent && !known.some(({ from, url }) => from === sent.from && url === sent.url)
  return [
    ...(own
      ? [{ from: sent.from, url: sent.url, says: both('The request that you sent in the Trace.', '在“逐跳推演”中发送的请求。') }]
      : []),
    ...known,
  ]
}

/** Whether two designs mean the same: names of the document and places of nodes are left out. */
const same = (a: Design, b: Design): boolean =>
  a.nodes.length === b.nodes.length && a.hops.length === b.hops.length && meaning(a) === meaning(b)

const meaning = (design: Design): string => JSON.stringify(sorted({ ...design, name: '' }))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .filter(([key, item]) => key !== 'at' && item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item)])
}
