/** What the runbook says of every example: complete, in both languages, in the order of the tutorials. */
import { describe, expect, test } from 'vitest'
import { examples } from '../../examples'
import { dialects } from '../compile/dialects'
import { emptyDesign } from '../model/design'
import { addFlow } from '../model/flow'
import { readNotation } from '../model/notation'
import type { Block } from './chapters/kind'
import { toMarkdown } from './markdown'
import { type Runbook, runbookOf, subjectOf } from './runbook'

const dialect = dialects['istio-v1']
const of = (id: string): Runbook => {
  const example = examples.find((each) => each.id === id)
  return example ? runbookOf(example.design, dialect, example.requests) : { title: '', notes: [], chapters: [] }
}
const blocks = (runbook: Runbook, id: string): Block[] => runbook.chapters.find((chapter) => chapter.id === id)?.blocks ?? []
const runs = (runbook: Runbook, id: string): string =>
  blocks(runbook, id)
    .map(({ run }) => run)
    .join('\n')
const prints = (runbook: Runbook, id: string): string[] => blocks(runbook, id).map((block) => block.expect ?? '')

const all = examples.flatMap(({ id, design, requests }) =>
  Object.values(dialects).map((each) => [`${id} ${each.id}`, runbookOf(design, each, requests)] as const),
)

describe.each(all)('%s', (_, runbook) => {
  test('has the chapters in their order, each with something to do', () => {
    const order = ['prepare', 'certificates', 'apply', 'verify', 'logs', 'analyze', 'troubleshoot', 'cleanup']
    const ids = runbook.chapters.map(({ id }) => id)
    expect(ids).toEqual(order.filter((id) => ids.includes(id)))
    expect(ids.filter((id) => id !== 'certificates' && id !== 'logs')).toHaveLength(6)
    for (const chapter of runbook.chapters) for (const { run } of chapter.blocks) expect(run.trim()).not.toBe('')
  })

  test('says everything in both languages', () => {
    const texts = runbook.chapters.flatMap(({ title, says, blocks: some }) => [title, says, ...some.map((block) => block.says)])
    for (const { en, zh } of texts) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toMatch(/\p{Script=Han}|undefined|\[object|NaN/u)
      expect(zh).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  test('tells for each flow what is printed, and takes everything away again', () => {
    for (const { expect: printed, script } of blocks(runbook, 'verify')) {
      expect(printed).toMatch(/^(HTTP\/(1\.1|…) \d{3}|curl: \(\d+\) …)/)
      expect(script?.part).toBe('verify')
    }
    const made = [...runs(runbook, 'apply').matchAll(/^kind: (\w+)$/gm)].length
    const gone = [...runs(runbook, 'cleanup').matchAll(/ (?:-n \S+|)((?: ?[\w.]+\/[\w.-]+)+) --ignore-not-found/g)].flatMap(
      ([, names = '']) =>
        names
          .trim()
          .split(' ')
          .filter((name) => !name.startsWith('secret/')),
    )
    expect(gone).toHaveLength(made)
    expect(gone.filter((name) => name.startsWith('gateway/'))).toEqual([])
  })
})

test.each<[string, string, string[]]>([
  ['tls-origination-mtls', 'verify', ['HTTP/1.1 200 OK\n…']],
  [
    'registry-only',
    'verify',
    ['HTTP/1.1 200 OK\n…', 'HTTP/… 200…\n…', 'HTTP/1.1 502 Bad Gateway\n…', 'curl: (35) …\ncommand terminated with exit code 35'],
  ],
  ['tcp-gateway', 'verify', ['curl: (28) …\ncommand terminated with exit code 28']],
  [
    'https-passthrough',
    'logs',
    [
      '[…] "- - -" 0 - - - "-" … … … - "-" "-" "-" "-" "…" outbound|443|edition-cnn-com|istio-egressgateway.istio-system.svc.cluster.local … … … edition.cnn.com -',
      '[…] "- - -" 0 - - - "-" … … … - "-" "-" "-" "-" "…" outbound|443||edition.cnn.com … … … edition.cnn.com -',
    ],
  ],
])('%s, %s: as the lab recorded it', (id, chapter, printed) => expect(prints(of(id), chapter)).toEqual(printed))

test('a host that no DNS knows is asked for at any address, one that all know by its name', () => {
  expect(runs(of('mutual-tls-origination'), 'verify')).toContain('--resolve nginx.example.com:80:1.1.1.1')
  expect(runs(of('http-gateway'), 'verify')).not.toContain('--resolve')
})

test('every path of a design is asked for, and what must be stopped', () => {
  const { design } = readNotation(
    'sleep HTTPS -> *.wikipedia.org PASSTHROUGH\nsleep HTTP:8080 -> a.example.com:8080 DISABLE\noutbound REGISTRY_ONLY',
  )
  const { flows } = subjectOf(design, dialect, [])
  expect(flows.map(({ url, trace }) => [url, trace.outcome.status, trace.outcome.exit])).toEqual([
    ['https://www.wikipedia.org/', 200, 0],
    ['http://a.example.com:8080/', 200, 0],
    ['https://www.example.org/', 0, 35],
  ])
})

test('a false alarm of analyze is told as one', () => {
  const { design, requests } = examples.find(({ id }) => id === 'originate-and-passthrough') as (typeof examples)[number]
  const runbook = runbookOf(design, dialects['istio-v1alpha3'], requests)
  const said = blocks(runbook, 'analyze').filter(
    ({ run, expect: printed }) => run.startsWith('istioctl analyze') && /IST\d{4}/.test(printed ?? ''),
  )
  for (const { says, expect: printed } of said) {
    expect(printed).toMatch(/^(Error|Warning|Info) \[IST\d{4}\] \(\w+ [\w-]+\/[\w-]+\) …$/m)
    expect(says.en).toMatch(/IST\d{4}/)
  }
  expect(runs(of('tls-origination'), 'analyze')).toContain('istioctl analyze -n default')
})

test('Markdown: as many fences open as close, and names are no markup', () => {
  for (const [, runbook] of all) {
    const text = toMarkdown(runbook, 'zh')
    expect([...text.matchAll(/^```/gm)].length % 2).toBe(0)
    expect([...text.matchAll(/^## \d+\. /gm)]).toHaveLength(runbook.chapters.length)
  }
  const odd = addFlow(emptyDesign, {
    pod: { name: '<img src=x>*a*`b`' },
    call: { speaks: 'HTTP' },
    host: 'a.example.com',
    wire: { tls: 'DISABLE', fields: {} },
  })
  const prose = toMarkdown(runbookOf(odd, dialect), 'en').replace(/^(`{3,})[^`]*?\n[\s\S]*?\n\1$/gm, '')
  expect(prose).toContain('\\<img src=x\\>\\*a\\*\\`b\\`')
  expect(prose).not.toMatch(/[^\\]<img/)
})

test('an empty design has a runbook too, and a design of a thousand hosts has one soon', () => {
  expect(runbookOf(emptyDesign, dialect).chapters.map(({ id }) => id)).toEqual(['prepare'])
  const lines = Array.from({ length: 1000 }, (_, index) => `sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> h${index}.example.com SIMPLE`)
  const { design } = readNotation(lines.join('\n'))
  const runbook = runbookOf(design, dialect)
  expect(blocks(runbook, 'verify')).toHaveLength(1000)
}, 60_000)
