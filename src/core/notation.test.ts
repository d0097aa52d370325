import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyDesign } from './design'
import { readNotation, writeNotation } from './notation'
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
    ['namespaces, ports and fields', 'team-a/sleep HTTP:8080 -> egress/door ISTIO_MUTUAL:443 -> nginx.example.com:8443 MUTUAL credentialName=client-credential sni=a.example.com subjectAltNames=a.example.com,b.example.com'],
    ['a direct road', 'sleep HTTP -> edition.cnn.com SIMPLE insecureSkipVerify'],
    ['TCP with its port', 'sleep TCP:5432 -> db.example.com DISABLE\nhost db.example.com addresses=203.0.113.7'],
    ['nodes that say something of themselves', 'cart HTTP -> *.example.com DISABLE\npod default/cart labels=app=cart,tier=web serviceAccount=cart-account\nhost *.example.com resolution=NONE'],
    ['a gateway’s Service', 'sleep HTTP -> door ISTIO_MUTUAL -> a.example.com SIMPLE\ngateway istio-system/door labels=istio=door ports=80:80,8443:8443'],
    ['the World, guards and names', 'name 出口\nistio 1.30\nroot istio-root\nsleep HTTP -> a.example.com DISABLE\nguard team-a\nguard team-b dns=false\noutbound REGISTRY_ONLY\nresource service-entry a.example.com = mine'],
    ['one host from two namespaces says where its objects lie', 'a/sleep HTTP -> x.example.com DISABLE\nb/sleep HTTP -> x.example.com DISABLE\nhost x.example.com namespace=a'],
    ['one gateway, different hops for different hosts', 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> a.example.com SIMPLE\nsleep HTTPS -> istio-egressgateway DISABLE -> b.example.com PASSTHROUGH'],
    ['nodes that no path reaches', 'pod default/lonely\ngateway istio-system/door\nhost nowhere.example.com'],
  ]
  test.each(lines)('%s', (_, text) => expect(writeNotation(read(text))).toBe(`${text}\n`))

  test('hands that type: other arrows, blanks, tabs, cases, comments, line ends, a BOM', () => {
    const typed = '\uFEFF# the road\r\nsleep\thttp → istio-egressgateway istio_mutual => edition.cnn.com　simple   # out\r\n\r\nOUTBOUND registry_only'
    expect(writeNotation(read(typed))).toBe('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE\noutbound REGISTRY_ONLY\n')
  })

  test('the same line twice is one path', () => expect(pathsOf(read('a HTTP -> x.example.com DISABLE\na HTTP -> x.example.com DISABLE'))).toHaveLength(1))
  test('lines are added to the design that is there', () => {
    const into = read('a HTTP -> gate ISTIO_MUTUAL -> x.example.com SIMPLE')
    expect(pathsOf(readNotation('b HTTP -> gate DISABLE -> x.example.com SIMPLE', into).design).map((path) => `${path.pod.name} ${path.mesh?.tls}`)).toEqual(['a ISTIO_MUTUAL', 'b DISABLE'])
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
    ['a scheme: the right form is offered', 'sleep HTTP -> https://a.example.com/x DISABLE', 'https://a.example.com/x', /Write a\.example\.com\./],
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
    ['an unknown policy', 'outbound MAYBE', 'MAYBE', /ALLOW_ANY or REGISTRY_ONLY/],
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

  test('two megabytes of noise are read in linear time', () => {
    const noise = 'a -> "b=c,d #e 中文\n'.repeat(100_000)
    expect(readNotation(noise).findings.length).toBeLessThanOrEqual(200)
  })

  test('no string makes it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('sleep', 'HTTP', '->', 'gate', 'ISTIO_MUTUAL', 'a.example.com', 'SIMPLE', 'sni=', '"', 'host', 'guard', 'resource', '=', '\n', ':', '/'), fc.string({ unit: 'binary' })), { maxLength: 40 }), (words) => {
        const { design, findings } = readNotation(words.join(' '))
        expect(Array.isArray(findings)).toBe(true)
        expect(typeof writeNotation(design)).toBe('string')
      }),
      { numRuns: 500, seed: 20260101 },
    )
  })
})
