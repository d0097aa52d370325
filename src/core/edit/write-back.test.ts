import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { examples } from '../../examples'
import { runs } from '../../testing/runs'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { keeping } from '../compile/keeps'
import { print, textOf } from '../compile/print'
import { type Design, isWireHop } from '../model/design'
import { addNode, connect, remove, setFields, setTls } from '../model/edit'
import { placed } from '../model/layout'
import { readNotation } from '../model/notation'
import { draw } from '../picture/draw'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { writtenBack } from './write-back'

const printed = (design: Design) =>
  textOf(print(compile(design, dialects['istio-v1']), dialects['istio-v1'], { comments: false, lang: 'en' }))
const drawn = (text: string, before: Design | null = null) => draw(parse(text).documents, read(parse(text).documents), before).design

/** The text as a person would have it: with remarks of their own, and something that is not understood. */
function owned(text: string): string {
  const remarks = text.replace(/^( *)(hosts|selector|ports|subsets):$/gm, '$1# mine: $2\n$1$2: # here')
  return `# the whole of it\n${remarks}---\n# keep me\napiVersion: example.com/v1\nkind: Odd\nmetadata: {name: odd}\nspec: {a: [1, 2]}\n`
}

const edits: readonly [string, (design: Design) => Design][] = [
  [
    'another mode',
    (d) => d.hops.filter(isWireHop).reduce((now, hop) => (hop.wire.tls === 'SIMPLE' ? setTls(now, hop.id, 'DISABLE') : now), d),
  ],
  [
    'a plain hop to the gateway',
    (d) => d.hops.filter(isWireHop).reduce((now, hop) => (hop.wire.tls === 'ISTIO_MUTUAL' ? setTls(now, hop.id, 'DISABLE') : now), d),
  ],
  [
    'a host more',
    (d) => {
      const from = d.nodes.find(({ kind }) => kind === 'gateway') ?? d.nodes.find(({ kind }) => kind === 'sidecar')
      const { design, id } = addNode(d, 'host', { name: 'more.example.net' })
      const result = connect(design, from?.id ?? '', id)
      return 'design' in result ? result.design : d
    },
  ],
  [
    'addresses',
    (d) => d.nodes.reduce((now, { id, kind }) => (kind === 'host' ? setFields(now, id, { addresses: ['192.0.2.7'] }) : now), d),
  ],
  [
    'a host less',
    (d) =>
      remove(
        d,
        d.nodes
          .filter(({ kind }) => kind === 'host')
          .slice(-1)
          .map(({ id }) => id),
      ),
  ],
]

const cases = examples.flatMap((example) => edits.map(([name, edit]) => [`${example.id}: ${name}`, placed(example.design), edit] as const))

describe('an edit over a person’s own text', () => {
  test.each(cases)('%s', (_, design, edit) => {
    const text = owned(printed(design))
    const before = drawn(text, design)
    const after = placed(edit(before))
    const result = writtenBack(text, before, after)
    if ('refused' in result) throw new Error(result.refused.en)
    // A remark above an object goes with the object.
    if (compile(before, dialects['istio-v1'])[0]?.name === compile(after, dialects['istio-v1'])[0]?.name)
      expect(result.text).toContain('# the whole of it')
    expect(result.text).toContain('# keep me\napiVersion: example.com/v1\nkind: Odd\nmetadata: {name: odd}\nspec: {a: [1, 2]}\n')
    if (after === before) expect(result.text).toBe(text)
    const dialect = keeping(dialects['istio-v1'], before, compile(before, dialects['istio-v1']))
    expect(compile(drawn(result.text, after), dialect)).toEqual(compile(after, dialect))
  })

  test('that changes no object changes no letter', () => {
    const [, design] = cases[0] as (typeof cases)[number]
    const text = owned(printed(design))
    const before = drawn(text, design)
    const { design: after } = addNode(before, 'pod', { name: 'other' })
    expect(writtenBack(text, before, after)).toEqual({ text, gone: [], costs: [] })
  })

  test('is refused where the text says it in a form of its own', () => {
    const [, design] = cases[0] as (typeof cases)[number]
    const text = printed(design).replace('  - edition.cnn.com', '  - edition.cnn.com\n  - www.cnn.com')
    const before = drawn(text, design)
    const result = writtenBack(text, before, setFields(before, 'host:www.cnn.com', { addresses: ['192.0.2.7'] }))
    if (!('refused' in result)) throw new Error(result.text)
    expect(result.refused.zh).toMatch(/\p{Script=Han}/u)
  })

  test('whatever the text: either the picture that was asked for, or a sentence why not', () =>
    fc.assert(
      fc.property(fc.nat(3000), fc.string({ maxLength: 6 }), (at, noise) => {
        const [, design] = cases[7] as (typeof cases)[number]
        const whole = owned(printed(design))
        const text = whole.slice(0, at) + noise + whole.slice(at + noise.length)
        const before = drawn(text, design)
        const after = remove(before, [before.nodes.at(-1)?.id ?? ''])
        const result = writtenBack(text, before, after)
        const names = ({ nodes }: Design) => nodes.map(({ kind, name }) => `${kind} ${name}`).toSorted()
        if ('refused' in result) expect(result.refused.zh).toMatch(/\p{Script=Han}/u)
        else expect(names(drawn(result.text, after))).toEqual(names(after))
      }),
      runs(100),
    ))
})

test('what is added speaks the version of the text, also where its names are the tutorials’', () => {
  const tutorial = examples.find(({ id }) => id === 'http-gateway')?.design as Design
  const names = print(compile(tutorial, dialects['istio-v1alpha3']), dialects['istio-v1alpha3'], { comments: false, lang: 'en' })
  const text = textOf(names).replaceAll('networking.istio.io/v1alpha3', 'networking.istio.io/v1')
  const before = drawn(text)
  const { design: after } = readNotation('sleep HTTP -> istio-egressgateway DISABLE -> www.python.org DISABLE', before)
  const result = writtenBack(text, before, placed(after))
  expect('text' in result && result.text).toContain('www.python.org')
  expect('text' in result && result.text).not.toContain('v1alpha3')
})

describe('a stranger’s own manner is kept', () => {
  const entry = (host: string, ports: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${host.replaceAll('.', '-')}
spec:
  hosts:
  - ${host}
  ports:
${ports}
  resolution: DNS
`
  const http = '  - number: 80\n    name: web\n    protocol: HTTP'
  const gateway = (server: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: out
spec:
  selector:
    istio: egressgateway
  servers:
  - port:
${server}
    hosts:
    - api.example.com
`
  const plain = gateway('      number: 80\n      name: http\n      protocol: HTTP')
  const leg = (name: string, bound: string, to: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
spec:
  hosts:
  - api.example.com
  gateways:
  - ${bound}
  http:
  - route:
    - destination:
        host: ${to}
        port:
          number: 80
`
  const toGateway = 'istio-egressgateway.istio-system.svc.cluster.local'
  const legs = [entry('api.example.com', http), plain, leg('inside', 'mesh', toGateway), leg('outside', 'out', 'api.example.com')]
  const added = (line: string) => (design: Design) => placed(readNotation(line, design).design)
  const edit = (text: string, of: (design: Design) => Design): string => {
    const before = drawn(text)
    const result = writtenBack(text, before, of(before))
    if ('refused' in result) throw new Error(result.refused.en)
    expect(result.costs).toEqual([])
    return result.text
  }

  test('no subset and no rule where its routes do without', () => {
    const text = legs.join('---\n')
    const now = edit(text, added('sleep HTTP -> istio-egressgateway DISABLE -> more.example.org DISABLE'))
    expect(now).toContain('more.example.org')
    expect(now).not.toMatch(/subset|DestinationRule/)
  })

  test('a VirtualService for each leg: a change of one leg leaves the other as it is', () => {
    const text = legs.join('---\n')
    const now = edit(text, (design) =>
      design.hops.filter(isWireHop).reduce((each, hop) => (hop.to.startsWith('host:') ? setTls(each, hop.id, 'SIMPLE') : each), design),
    )
    expect(now).toContain(legs[2])
    expect(now.match(/kind: VirtualService/g)).toHaveLength(2)
  })

  test('a route to another port: no target port comes in its place once one client is left', () => {
    const ports = `${http}\n  - number: 443\n    name: other\n    protocol: HTTP`
    const rule = (match: string, port: number) =>
      `  - match:\n    - ${match}\n    route:\n    - destination:\n        host: api.example.com\n        port:\n          number: ${port}\n`
    const head = leg('straight', 'mesh', '').replace(/ {2}- route[^]*/, '')
    const text = [
      entry('api.example.com', ports),
      `${head}${rule('sourceNamespace: default\n      port: 80', 443)}${rule('port: 80', 80)}`,
    ].join('---\n')
    const others = (design: Design) => design.hops.filter(isWireHop).filter(({ wire }) => wire.port === undefined)
    const now = edit(text, (design) =>
      remove(
        design,
        others(design).map(({ id }) => id),
      ),
    )
    expect(now).toContain('number: 443\n')
    expect(now).not.toContain('targetPort')
  })

  test('the port that others come by, and a name that a port has', () => {
    const mutual = gateway('      number: 443\n      name: https\n      protocol: HTTPS\n    tls:\n      mode: ISTIO_MUTUAL')
    const rule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: out
spec:
  host: ${toGateway}
  trafficPolicy:
    portLevelSettings:
    - port:
        number: 443
      tls:
        mode: ISTIO_MUTUAL
        sni: api.example.com
`
    const inside = leg('inside', 'mesh', toGateway).replace('number: 80', 'number: 443')
    const text = [entry('api.example.com', http), mutual, rule, inside, leg('outside', 'out', 'api.example.com')].join('---\n')
    const now = edit(text, added('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> more.example.org DISABLE'))
    expect(now.match(/number: 443\n {6}name: /g)).toHaveLength(2)
    expect(now).toContain('name: web')
    expect(now.match(/- name: /g)).toHaveLength(1)
  })
})
