/** The script does what the runbook says, once and again, and nothing that a name says. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { examples } from '../../examples'
import { runs } from '../../testing/runs'
import { stage } from '../../testing/stub-tools'
import { dialects } from '../compile/dialects'
import { type Design, namespaceOf } from '../model/design'
import { parse } from '../yaml/parse'
import { containerOf, yamlOf } from './chapters/sample-pod'
import { heredoc } from './chapters/shell'
import { optionsIn } from './options'
import { type Asked, type Runbook, runbookOf, subjectOf } from './runbook'
import { toScript } from './script'

const dialect = dialects['istio-v1']
const place = stage()
afterAll(() => place.close())

/** What a cluster prints where all is well. */
const repliesOf = ({ chapters }: Runbook): string =>
  chapters
    .flatMap(({ blocks }) => blocks.flatMap(({ expect: printed, script }) => [printed ?? '', ...(script?.lines ?? [])]))
    .join('\n')
    .replaceAll('…', 'x')

const exampleOf = (id: string) => examples.find((example) => example.id === id) as (typeof examples)[number]

const scripts = examples.flatMap(({ id, design, requests }) =>
  (['en', 'zh'] as const).map((lang) => [`${id} ${lang}`, toScript(runbookOf(design, dialect, requests), lang)] as const),
)

test.each(scripts)('%s is bash, strict, and has three subcommands', (_, script) => {
  const { status, stderr } = spawnSync('bash', ['-n', '-'], { input: script, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(script).toMatch(/^#!\/usr\/bin\/env bash\n/)
  expect(script).toMatch(/^set -euo pipefail$/m)
  for (const part of ['apply)', 'verify)', 'cleanup)']) expect(script).toContain(`\n${part}\n`)
  expect(script).not.toMatch(/kubectl delete [^\n]*\bgateway\//)
})

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0

/** What shellcheck says of scripts, down to a level of severity; nothing where they are clean. */
function complaints(texts: readonly string[], severity: 'style' | 'warning'): string {
  const folder = mkdtempSync(join(tmpdir(), 'egress-shellcheck-'))
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.sh`)
    writeFileSync(file, text)
    return file
  })
  const { stdout, stderr } = spawnSync('shellcheck', [`--severity=${severity}`, '--format=gcc', ...files], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return stdout + stderr
}

describe.skipIf(!shellcheck)('shellcheck (skipped where it is not installed)', () => {
  test(
    'has nothing to say of the scripts of all examples',
    () =>
      expect(
        complaints(
          scripts.map(([, script]) => script),
          'style',
        ),
      ).toBe(''),
    120_000,
  )

  // A backslash before a quote in a name is worth a note to it (SC1003), and right.
  test('nor more than a note of scripts of designs with odd names', () => {
    const designs = fc.sample(anyHostile, runs(12))
    expect(
      complaints(
        designs.map((design) => toScript(runbookOf(design, dialect), 'en')),
        'warning',
      ),
    ).toBe('')
  }, 120_000)
})

test('the end of a text that a command reads is no line of it, indented or not', () => {
  expect(heredoc('cat', 'a\n  EOF\nEOF_\n')).toBe("cat <<'EOF__'\na\n  EOF\nEOF_\nEOF__")
  expect(heredoc('cat', 'EOF.\n')).toBe("cat <<'EOF'\nEOF.\nEOF")
})

describe('apply', () => {
  const { design, requests } = exampleOf('mutual-tls-origination')
  const runbook = runbookOf(design, dialect, requests)
  const script = toScript(runbook, 'en')
  const replies = repliesOf(runbook)

  test('looks at tools and gateway, makes the pod, the certificates, and the objects as they are printed', () => {
    place.put(['ca.crt', 'server.crt', 'client.crt'])
    const { code, err, calls } = place.run(script, ['apply'], { replies })
    expect([code, err]).toEqual([0, ''])
    const words = calls.map((call) => call.words.join(' '))
    expect(words[0]).toBe('kubectl config current-context')
    expect(words.findIndex((line) => line.includes('-l istio=egressgateway'))).toBeLessThan(words.indexOf('kubectl create -f -'))
    const applied = calls.filter((call) => call.words.join(' ') === 'kubectl apply -f -').map(({ input }) => input)
    const { resources } = subjectOf(design, dialect, requests)
    expect(applied.join('---\n').replace(/^(---\n)+/, '')).toBe(yamlOf(resources, dialect))
    expect(applied.join()).toContain("'$remote_addr - $remote_user")
  })

  test('makes nothing twice, and no certificate anew', () => {
    const again = place.run(script, ['apply'], { replies, present: true })
    expect(again.code).toBe(0)
    expect(again.calls.filter(({ words }) => words[1] === 'create' && words.includes('-f'))).toEqual([])
    expect(again.calls.filter(({ words }) => words[0] === 'openssl').map(({ words }) => words[1])).toEqual(['verify'])
  })

  test('stops before it changes anything where the gateway is not there', () => {
    const { code, err, calls } = place.run(script, ['apply'], { replies: 'No resources found in istio-system namespace.' })
    expect(code).toBe(1)
    expect(err).toContain('Nothing was changed.')
    expect(calls.filter(({ words }) => ['create', 'apply', 'label', 'patch', 'delete'].includes(words[1] ?? ''))).toEqual([])
  })

  test('asks for files that only others can sign for', () => {
    const own = toScript(
      runbookOf({ ...design, nodes: design.nodes.map((node) => ({ ...node, fields: { ...node.fields, testServer: false } })) }, dialect),
      'en',
    )
    const bare = stage()
    const lacks = bare.run(own, ['apply'], { replies })
    bare.put(['ca.crt', 'client.crt', 'client.key'])
    const has = bare.run(own, ['apply'], { replies })
    bare.close()
    expect([lacks.code, lacks.err]).toEqual([1, expect.stringContaining('ca.crt ?')])
    expect(lacks.calls.some(({ words }) => words.join(' ') === 'kubectl apply -f -')).toBe(false)
    expect(has.code).toBe(0)
  })
})

describe('verify', () => {
  const { design, requests } = exampleOf('tls-origination-mtls')
  const runbook = runbookOf(design, dialect, requests)
  const script = toScript(runbook, 'en')

  test('passes where requests and logs are as foretold, and where the host redirects', () => {
    expect(place.run(script, ['verify'], { replies: repliesOf(runbook) })).toMatchObject({ code: 0, err: '' })
    expect(place.run(script, ['verify'], { replies: repliesOf(runbook).replaceAll(' 200', ' 301') }).code).toBe(0)
  })

  test.each([
    ['another status', ' 200', ' 503'],
    ['another cluster', 'outbound|443|', 'outbound|80|'],
    ['a line without the gateway', 'via_upstream', 'direct_response'],
  ])('fails on %s', (_, from, to) => {
    const { code, err } = place.run(script, ['verify'], { replies: repliesOf(runbook).replaceAll(from, to) })
    expect(code).toBe(1)
    expect(err).toContain('missing: ')
  })
})

test('cleanup removes nothing without --yes; with it, routes go first and the namespace last', () => {
  const { design, requests } = exampleOf('mutual-tls-files')
  const script = toScript(runbookOf(design, dialect, requests), 'en')
  const shown = place.run(script, ['cleanup'])
  expect(shown.code).toBe(0)
  expect(shown.calls.map(({ words }) => words.join(' '))).toEqual(['kubectl config current-context'])
  expect(shown.out).toContain('kubectl delete -n default vs/nginx-example-com')
  const { code, calls } = place.run(script, ['cleanup', '--yes'])
  expect(code).toBe(0)
  const gone = calls.flatMap(({ words }) =>
    words.filter((word) => /^(vs|dr|gw|se|namespace)\//.test(word)).map((word) => word.split('/')[0]),
  )
  expect(gone).toEqual(['vs', 'dr', 'dr', 'gw', 'se', 'namespace'])
  expect(calls.every(({ words }) => words[1] !== 'delete' || words.includes('--ignore-not-found'))).toBe(true)
})

describe('what this script did not make', () => {
  const { design, requests } = exampleOf('tls-origination-mtls')
  const runbook = runbookOf(design, dialect, requests)
  const replies = repliesOf(runbook)
  const script = toScript(runbook, 'en')
  /** As kubectl tells of a Gateway: of which manager and design it is, its kind, version and name. */
  const gateway = (owner: string) => `${owner} Gateway networking.istio.io/v1 istio-egressgateway\n`
  const named = 'Gateway.v1.networking.istio.io/istio-egressgateway'
  const changes = ['create', 'apply', 'label', 'patch', 'delete']

  // The stub prints a difference for every `kubectl diff`, and ends well: only its exit status says that there is none.
  const differs = script.replace('objects_0 diff ||', 'false ||')

  test.each([
    ['another design', 'egress-runbook second'],
    ['another tool', 'Helm tls-origination-mtls'],
    ['nobody', '<none> <none>'],
  ])('of %s: apply stops before it changes anything', (_, owner) => {
    const { code, err, calls } = place.run(differs, ['apply'], { replies, owners: gateway(owner) })
    expect(code).toBe(1)
    expect(err).toContain(named)
    expect(err).toContain('Nothing was changed.')
    expect(calls.filter(({ words }) => changes.includes(words[1] ?? ''))).toEqual([])
    expect(calls.filter(({ words }) => words[1] === 'diff').length).toBeGreaterThan(2)
  })

  test('alike, it is no obstacle, and is not marked', () => {
    const { code, calls } = place.run(script, ['apply'], { replies, owners: gateway('<none> <none>') })
    expect(code).toBe(0)
    expect(calls.filter(({ words }) => words.includes('--overwrite'))).toEqual([])
  })

  test('is not deleted, and is named', () => {
    const { code, out, calls } = place.run(script, ['cleanup', '--yes'], { owners: gateway('egress-runbook second') })
    expect(code).toBe(0)
    expect(out).toContain(named)
    expect(calls.filter(({ words }) => words[1] === 'delete' && words.includes(named))).toEqual([])
  })

  test('what it made it applies again, and deletes by its full name', () => {
    const owners = gateway('egress-runbook tls-origination-mtls')
    expect(place.run(differs, ['apply'], { replies, owners }).code).toBe(0)
    const { calls } = place.run(script, ['cleanup', '--yes'], { owners })
    expect(calls.filter(({ words }) => words[1] === 'delete' && words.includes(named)).length).toBeGreaterThan(0)
  })
})

test('without a subcommand it says its usage', () => {
  expect(place.run(scripts[0]?.[1] ?? '', [])).toMatchObject({ code: 2, calls: [] })
})

/** Names that a careless script would run: each would leave the file `pwned`. */
const hostile = fc.constantFrom(
  '$(touch pwned)',
  '`touch pwned`',
  "'; touch pwned; '",
  '"; touch pwned; "',
  '\ntouch pwned\n',
  'EOF\ntouch pwned\nEOF',
  '\r\ntouch pwned',
  '; touch pwned #',
  '| touch pwned',
  '&& touch pwned',
  '> pwned',
  '${IFS}$(touch pwned)',
  "$'\\x27'; touch pwned",
  "\\'; touch pwned; \\'",
  '\0; touch pwned',
  '\u001b]0;x\u0007$(touch pwned)',
  "a'b",
  '--kubeconfig=pwned',
  '-n',
  '*',
  '%s%s%n',
  '```\n$(touch pwned)\n```',
  '__proto__',
  '',
)

/** A text in place of some of the texts of a design, but for ids and words of a closed list. */
const withNames = (design: Design, texts: readonly string[], every: number): Design => {
  let count = 0
  const closed = new Set(['id', 'from', 'to', 'kind', 'speaks', 'tls', 'resolution', 'outbound'])
  const changed = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return closed.has(key) || count++ % every !== 0 ? value : (texts[count % texts.length] ?? value)
    if (Array.isArray(value)) return value.map((item) => changed(item, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, name)]))
  }
  return changed(design, '') as Design
}

const anyHostile = fc
  .tuple(fc.constantFrom(...examples), fc.array(hostile, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 5 }))
  .map(([{ design }, texts, every]) => withNames(design, texts, every))

const wellFormed = (text: string) => text.replaceAll('\0', '\ufffd')

test('whatever is in a design, nothing of it is run, by the script or from a copied block', () => {
  fc.assert(
    fc.property(anyHostile, fc.boolean(), (design, present) => {
      const asked: Asked[] = []
      const runbook = runbookOf(design, dialect, asked)
      const script = toScript(runbook, 'zh')
      const copied = runbook.chapters.flatMap(({ blocks }) => blocks.map(({ run }) => run)).join('\n')
      const replies = repliesOf(runbook)
      const fresh = stage()
      fresh.put(['ca.crt', 'server.crt', 'client.crt', 'client.key'])
      const plays = [['apply'], ['verify'], ['cleanup', '--yes'], ['cleanup']].map((words) =>
        fresh.run(script, words, { replies, present }),
      )
      const verified = plays[1]
      plays.push(fresh.run(wellFormed(copied), [], { replies, present }))
      fresh.close()
      for (const { left } of plays) expect(left.filter((name) => name !== 'egress-certificates')).toEqual([])
      for (const { err } of plays.slice(0, 4)) expect(err).not.toMatch(/syntax error|command not found|unbound variable|here-document/)
      // Where a name could be an option, commands are left out (runbook-options.test.ts).
      if (optionsIn(subjectOf(design, dialect, asked)).size > 0) return
      const sent = verified?.calls.filter(({ words }) => words[1] === 'exec').map(({ words }) => words) ?? []
      const flows = subjectOf(design, dialect, asked).flows.filter(({ trace, raw }) => trace.unknown === null && !raw)
      expect(sent.length).toBeGreaterThanOrEqual(flows.length)
      for (const { pod, url } of flows) {
        const start = ['kubectl', 'exec', '-n', namespaceOf(pod), `deploy/${pod.name}`, '-c', containerOf(pod), '--', 'curl'].map(
          wellFormed,
        )
        const mine = sent.some((words) => start.every((word, index) => words[index] === word) && words.at(-1) === wellFormed(url))
        expect(mine, url).toBe(true)
      }
    }),
    runs(25),
  )
}, 240_000)

/** Objects with such names, and lines that would end a heredoc. */
const hostileText = fc.array(hostile, { minLength: 4, maxLength: 8 }).map((texts) => {
  const [name, namespace, host, label] = texts.map((text) => JSON.stringify(text))
  const objects = [
    `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  hosts: [${host}, a.example.com]\n  ports: [{number: 80, name: http, protocol: HTTP}]`,
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${host}\n  namespace: ${label}`,
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${label}\n  namespace: ${name}\ndata: {a: b}`,
    `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"x": "one\nEOF\ntouch pwned\nEOF_\n"}}`,
  ]
  return objects.join('\n---\n')
})

test('nor is anything of a text of one’s own', () => {
  const { design } = exampleOf('network-policy')
  fc.assert(
    fc.property(hostileText, (text) => {
      const parsed = parse(text)
      expect(parsed.documents.map(({ kind }) => kind)).toContain('ConfigMap')
      const runbook = runbookOf(design, dialect, [], { parsed, refused: new Set() })
      const copied = runbook.chapters.flatMap(({ blocks }) => blocks.map(({ run }) => run)).join('\n')
      const fresh = stage()
      const script = toScript(runbook, 'en')
      const plays = [['apply'], ['verify'], ['cleanup', '--yes'], ['cleanup']].map((words) =>
        fresh.run(script, words, { replies: repliesOf(runbook), present: true }),
      )
      plays.push(fresh.run(wellFormed(copied), [], { replies: repliesOf(runbook), present: true }))
      fresh.close()
      for (const { left } of plays) expect(left.filter((name) => name !== 'egress-certificates')).toEqual([])
      for (const { err } of plays) expect(err).not.toMatch(/syntax error|command not found|unbound variable|here-document/)
      const fed = plays[0]?.calls.map(({ input }) => input).join('')
      if (!/"--?[a-z]/.test(text)) expect(fed).toContain('touch pwned\nEOF_\n')
    }),
    runs(15),
  )
}, 240_000)
