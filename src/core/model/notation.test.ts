import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySoundDesign, isSound } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { type Design, emptyDesign, isWireHop } from './design'
import { connect, remove, setCarried, setName } from './edit'
import { flowOf } from './flow'
import { readNotation, writeNotation } from './notation'
import { pathLine } from './notation/flows'
import { pathsOf } from './path'

const read = (text: string) => {
  const { design, findings } = readNotation(text)
  expect(findings).toEqual([])
  return design
}

describe('what is written is read', () => {
  const lines: [string, string][] = [
    ['origination through the gateway', 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE'],
    ['passthrough', 'sleep HTTPS -> istio-egressgateway DISABLE -> edition.cnn.com PASSTHROUGH'],
    [
      'namespaces, ports and fields',
      'team-a/sleep HTTP:8080 -> egress/door ISTIO_MUTUAL:443 -> nginx.example.com:8443 MUTUAL credentialName=client-credential sni=a.example.com subjectAltNames=a.example.com,b.example.com',
    ],
    ['a direct road', 'sleep HTTP -> edition.cnn.com SIMPLE insecureSkipVerify'],
    ['TCP with its port', 'sleep TCP:5432 -> db.example.com DISABLE\nhost db.example.com addresses=203.0.113.7'],
    [
      'nodes that say something of themselves',
      'cart HTTP -> *.example.com DISABLE\npod default/cart labels=app=cart,tier=web serviceAccount=cart-account\nhost *.example.com resolution=NONE',
    ],
    [
      'a gateway’s Service',
      'sleep HTTP -> door ISTIO_MUTUAL -> a.example.com SIMPLE\ngateway istio-system/door labels=istio=door ports=80:80,8443:8443',
    ],
    [
      'the World, guards and names',
      'name 出口\nistio 1.30\nroot istio-root\nsleep HTTP -> a.example.com DISABLE\nguard team-a\nguard team-b dns=false\noutbound REGISTRY_ONLY\nresource service-entry a.example.com = mine',
    ],
    [
      'one host from two namespaces says where its objects lie',
      'a/sleep HTTP -> x.example.com DISABLE\nb/sleep HTTP -> x.example.com DISABLE\nhost x.example.com namespace=a',
    ],
    [
      'one gateway, different hops for different hosts',
      'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> a.example.com SIMPLE\nsleep HTTPS -> istio-egressgateway DISABLE -> b.example.com PASSTHROUGH',
    ],
    [
      'several hops that say the same, where it counts which one a pod takes',
      'a HTTP -> gate DISABLE -> x.example.com DISABLE\nb TCP:9000 -> gate DISABLE -> x.example.com DISABLE hop=2',
    ],
    [
      'hosts whose resources would have one name, in another order',
      'host a-b.example.com\nhost a.b.example.com\nsleep HTTP -> a.b.example.com DISABLE\nsleep HTTP -> a-b.example.com DISABLE',
    ],
    [
      'pods in another order than the paths mention them',
      'pod default/a\npod default/b\nb HTTP -> gate DISABLE -> x.example.com DISABLE\na HTTP -> gate DISABLE -> y.example.com DISABLE\nb HTTP -> gate DISABLE -> y.example.com DISABLE',
    ],
    ['a name with all that would break a line', 'name "a  b -> \\"c\\" \\\\ # \\n d"'],
    ['a pod without a sidecar', 'pod default/legacy sidecar=false'],
    ['nodes that no path reaches', 'pod default/lonely\ngateway istio-system/door\nhost nowhere.example.com'],
  ]
  test.each(lines)('%s', (_, text) => expect(writeNotation(read(text))).toBe(`${text}\n`))

  test('hands that type: other arrows, blanks, tabs, cases, comments, line ends, a BOM', () => {
    const typed =
      '\uFEFF# the road\r\nsleep\thttp → istio-egressgateway istio_mutual => edition.cnn.com　simple   # out\r\n\r\nOUTBOUND registry_only'
    expect(writeNotation(read(typed))).toBe(
      'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE\noutbound REGISTRY_ONLY\n',
    )
  })

  test('what chats and word processors make of an arrow is one', () => {
    for (const arrow of ['->', '=>', '-->', '==>', '→', '⇒', '➜', '—>', '–>', '⟶'])
      expect(writeNotation(read(`sleep HTTP${arrow}a.example.com DISABLE`)), arrow).toBe('sleep HTTP -> a.example.com DISABLE\n')
  })
  test('choices and keys are read in any case', () => {
    expect(writeNotation(read('HOST a.example.com Resolution=static ADDRESSES=192.0.2.1 testserver=yes'))).toBe(
      'host a.example.com resolution=STATIC addresses=192.0.2.1 testServer\n',
    )
  })
  test('a pod’s line may come before its paths, and does not change what it says', () => {
    const design = read('pod default/a labels=app=z\na HTTPS -> x.example.com PASSTHROUGH')
    expect(design.hops.map((hop) => ('call' in hop ? [hop.call.speaks, hop.overrides] : hop.wire.tls))).toEqual([
      ['HTTPS', {}],
      'PASSTHROUGH',
    ])
  })
  test('text that adds nothing gives back the very design', () => {
    const design = read('a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE\nguard a\nhost x.example.com namespace=a')
    expect(readNotation(writeNotation(design), design).design).toBe(design)
  })
  test('the same line twice is one path', () =>
    expect(pathsOf(read('a HTTP -> x.example.com DISABLE\na HTTP -> x.example.com DISABLE'))).toHaveLength(1))
  test('lines are added to the design that is there', () => {
    const into = read('a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE')
    expect(
      pathsOf(readNotation('b HTTP -> gate DISABLE -> x.example.com SIMPLE', into).design).map(
        (path) => `${path.pod.name} ${path.mesh?.tls}`,
      ),
    ).toEqual(['a ISTIO_MUTUAL', 'b DISABLE'])
  })
  test('an empty design is an empty text', () => expect(writeNotation(emptyDesign)).toBe(''))
  test('a hop that leads nowhere yet is told in a comment, which is read as nothing', () => {
    const design = read('sleep HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE')
    const cut = { ...design, hops: design.hops.filter((hop) => hop.to !== 'host:a.example.com') }
    expect(writeNotation(cut)).toContain('# sleep -> gate ISTIO_MUTUAL: part of no complete path')
    expect(readNotation(writeNotation(cut)).findings).toEqual([])
  })
})

describe('a wrong line gets its number, the word, and what was expected', () => {
  const wrong: [string, string, string, RegExp][] = [
    ['an unknown protocol', 'sleep FTP -> a.example.com DISABLE', 'FTP', /HTTP, HTTPS or TCP/],
    ['TCP without a port', 'sleep TCP -> a.example.com DISABLE', 'TCP', /TCP:5432/],
    ['an unknown mode outside', 'sleep HTTP -> a.example.com TLS', 'TLS', /DISABLE, SIMPLE, MUTUAL, PASSTHROUGH/],
    ['a mode of the other leg', 'sleep HTTP -> gate SIMPLE -> a.example.com DISABLE', 'SIMPLE', /DISABLE, ISTIO_MUTUAL/],
    ['nothing to pass through', 'sleep HTTP -> a.example.com PASSTHROUGH', 'PASSTHROUGH', /no TLS to pass/],
    ['TLS on top of the app’s own', 'sleep HTTPS -> a.example.com SIMPLE', 'SIMPLE', /TLS in TLS/],
    [
      'a scheme: the right form is offered',
      'sleep HTTP -> https://a.example.com/x DISABLE',
      'https://a.example.com/x',
      /Write a\.example\.com\./,
    ],
    ['a host without a dot', 'sleep HTTP -> cnn DISABLE', 'cnn', /no dot/],
    ['an IP address', 'sleep HTTP -> 1.2.3.4 DISABLE', '1.2.3.4', /IP address/],
    ['a port out of range', 'sleep HTTP:70000 -> a.example.com DISABLE', 'HTTP:70000', /1 to 65535/],
    ['a name that is no DNS label', 'Sleep_1 HTTP -> a.example.com DISABLE', 'Sleep_1', /Write sleep-1\./],
    ['a missing mode', 'sleep HTTP -> a.example.com', '', /Expected the mode/],
    ['a missing host', 'sleep HTTP -> gate DISABLE ->', '', /Expected a host/],
    ['nothing behind the arrow', 'sleep HTTP ->', '', /behind the arrow/],
    ['nothing before it', '-> a.example.com DISABLE', '', /Expected a pod/],
    ['too many stops', 'a HTTP -> b DISABLE -> c DISABLE -> d.example.com DISABLE', '->', /at most three/],
    ['a field of another mode', 'sleep HTTP -> a.example.com SIMPLE credentialName=x', 'credentialName=x', /known are sni/],
    ['a port behind the mode', 'sleep HTTP -> a.example.com SIMPLE:443', 'SIMPLE:443', /a\.example\.com:443 SIMPLE/],
    ['no arrow at all', 'sleep HTTP a.example.com', '', /->/],
    ['a guard of nothing', 'guard', '', /missing behind it/],
    ['an unknown policy', 'outbound MAYBE', 'MAYBE', /ALLOW_ANY, REGISTRY_ONLY, ALLOW_ANY_DYNAMIC_DNS/],
    ['a word behind the end', 'outbound ALLOW_ANY please', 'please', /Nothing more/],
    ['a key that comes twice', 'sleep HTTP -> a.example.com SIMPLE sni=a.example.com sni=b.example.com', 'sni=b.example.com', /twice/],
    ['a word that every object knows', 'constructor x', 'constructor', /Expected a path/],
    ['another one', '__proto__ x', '__proto__', /Expected a path/],
    ['a resource without its name', 'resource guard =', 'guard', /Expected: resource/],
    ['a name that no resource may have', 'resource guard = My_Guard', 'My_Guard', /no name of a resource/],
    ['no such hop', 'sleep HTTP -> a.example.com DISABLE hop=0', 'hop=0', /counts from 1/],
    ['an unknown resolution', 'host a.example.com resolution=MAGIC', 'resolution=MAGIC', /none of DNS/],
  ]
  test.each(wrong)('%s', (_, line, word, expected) => {
    const { design, findings } = readNotation(`# first\nok HTTP -> ok.example.com DISABLE\n${line}\n`)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ line: 3, word })
    expect(findings[0]?.says.en).toMatch(expected)
    expect(findings[0]?.says.zh).toMatch(/\p{Script=Han}/u)
    if (word) expect(line.slice((findings[0]?.column ?? 0) - 1)).toMatch(new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))
    expect(pathsOf(design)).toHaveLength(1)
  })

  test('ten megabytes of noise are refused with one sentence, at once', () => {
    const { findings } = readNotation('x'.repeat(10_000_000))
    expect(findings).toHaveLength(1)
    expect(findings[0]?.says.en).toContain('10.0 million characters')
  })

  test('a word of megabytes is not said again in full', () => {
    for (const line of ['sleep HTTP -> #', '#', 'host #', 'pod x labels=#', 'sleep # -> a.example.com DISABLE', 'resource a = _#'])
      for (const finding of readNotation(line.replace('#', 'x'.repeat(1_000_000))).findings)
        expect(JSON.stringify(finding).length, line).toBeLessThan(2000)
  })

  test('cost is linear: noise of two megabytes, and thousands of flows', { timeout: 30_000 }, () => {
    const many = (count: number, line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n)).join('\n')
    expect(readNotation('a -> "b=c,d #e 中文\n'.repeat(100_000)).findings).toHaveLength(200)
    expect(readNotation(many(10_000, (n) => `sleep HTTP -> gate ISTIO_MUTUAL -> h${n}.example.com SIMPLE`)).design.hops).toHaveLength(
      10_002,
    )
    expect(readNotation(many(3_000, (n) => `sleep HTTP:${n + 1} -> gate ISTIO_MUTUAL -> h.example.com SIMPLE`)).design.hops).toHaveLength(
      3_002,
    )
    expect(readNotation(many(20_000, (n) => `host h${n}.example.com\nguard g${n}\nresource s${n} = a`)).design.guards).toHaveLength(20_000)
  })

  test('thousands of pods with hosts of their own behind one gateway end with a sentence', { timeout: 30_000 }, () => {
    const text = Array.from({ length: 3_000 }, (_, n) => `p${n} HTTP -> gate ISTIO_MUTUAL -> h${n}.example.com SIMPLE`).join('\n')
    const { design, findings } = readNotation(text)
    expect(findings.map((finding) => finding.says.en)).toEqual([
      'Too many pods reach too many hosts through one gateway: reading ends here.',
    ])
    expect(design.hops.length).toBeGreaterThan(4_000)
  })

  test('no string makes it throw', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'sleep',
              'HTTP',
              '->',
              'gate',
              'ISTIO_MUTUAL',
              'a.example.com',
              'SIMPLE',
              'sni=',
              '"',
              'host',
              'guard',
              'resource',
              '=',
              '\n',
              ':',
              '/',
            ),
            fc.string({ unit: 'binary' }),
          ),
          { maxLength: 40 },
        ),
        (words) => {
          const { design, findings } = readNotation(words.join(' '))
          expect(Array.isArray(findings)).toBe(true)
          expect(typeof writeNotation(design)).toBe('string')
        },
      ),
      runs(500),
    )
  })
})

/** Changes that leave hops, pods and hosts in an order that no list of flows would come to. */
const anyChange = fc.tuple(fc.constantFrom('remove', 'except', 'connect', 'connect', 'turn'), fc.nat(), fc.nat())

function changed(design: Design, [what, a, b]: [string, number, number]): Design {
  const wires = design.hops.filter(isWireHop)
  const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
  if (what === 'remove') return remove(design, [at(wires, a)?.id ?? ''])
  if (what === 'turn')
    return { ...design, hops: [...design.hops.slice(a % design.hops.length), ...design.hops.slice(0, a % design.hops.length)] }
  if (what === 'except') {
    const pairs = wires.flatMap((mesh) =>
      wires.filter((outside) => outside.from === mesh.to).map((outside) => [mesh.id, outside.id] as const),
    )
    return pairs.length > 0 ? setCarried(design, ...at(pairs, a), false) : design
  }
  const drawn = connect(design, at(design.nodes, a).id, at(design.nodes, b).id)
  return 'design' in drawn ? drawn.design : design
}

test('round trip: the same paths in the same order, and the same YAML', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(anySoundDesign, fc.array(anyChange, { maxLength: 6 }), (grown, changes) => {
      const design = changes.reduce((before, change) => {
        const after = changed(before, change as [string, number, number])
        return isSound(after) ? after : before
      }, grown)
      const again = read(writeNotation(design))
      const lines = (of: Design) => [...new Set(pathsOf(of).map((path) => pathLine(flowOf(path, of))))]
      expect(lines(again)).toEqual(lines(design))
      for (const dialect of Object.values(dialects)) {
        const yaml = (of: Design) => textOf(print(compile(of, dialect), dialect, { comments: true, lang: 'en' }))
        expect(yaml(again)).toBe(yaml(design))
      }
      expect([again.guards, again.world, again.names]).toEqual([design.guards, design.world, design.names])
    }),
    runs(150),
  )
})

test('any name comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(read(writeNotation(setName(emptyDesign, name))).name).toBe(name)
    }),
    runs(500),
  )
})
