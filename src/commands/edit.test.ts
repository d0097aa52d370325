import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run } from '../command-line'
import { compile } from '../core/compile/compile'
import { defaultDialect } from '../core/compile/default-dialect'
import { dialects } from '../core/compile/dialects'
import { print, textOf } from '../core/compile/print'
import type { Design } from '../core/model/design'
import { examples } from '../examples'
import type { Input } from './kind'

const texts = join(dirname(fileURLToPath(import.meta.url)), '../../e2e/mesh/field/texts')
const field = (name: string): string => readFileSync(join(texts, `${name}.yaml`), 'utf8')
const inputOf = (text: string): Input => ({
  read: (file) => (file === 'a.yaml' || file === '-' ? { text } : { problem: `${file} cannot be read: no such file` }),
})
const direct = field('timeout-lost')
const edited = (text: string, ...words: string[]) => run(['edit', ...words], inputOf(text))

test('prints the text with what was asked for, and nothing else is changed', () => {
  const { out, err, code } = edited(direct, 'a.yaml', '--tls', 'sleep to one.example.com=SIMPLE')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('- timeout: 3s\n')
  expect(out).toContain('subset: originate')
  const kept = direct.split('\n').filter((line) => !out.split('\n').includes(line))
  expect(kept).toEqual([])
})

test('prints a patch', () => {
  const { out, code } = edited(direct, '-', '--rename', 'one.example.com=two.example.com', '--diff')
  expect(code).toBe(0)
  expect(out).toMatch(/^--- a\/standard-input\.yaml\n\+\+\+ b\/standard-input\.yaml\n@@ /)
  const lines = out.split('\n').filter((line) => /^[-+](?![-+])/.test(line))
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.filter((line) => !/(one|two)\.example\.com/.test(line))).toEqual([])
})

test('writes the file', () => {
  const { out, code, files } = edited(direct, 'a.yaml', '--add', 'sleep HTTPS -> added.example.org PASSTHROUGH', '--write')
  expect([out, code, files?.map(({ name }) => name)]).toEqual(['', 0, ['a.yaml']])
  expect(files?.[0]?.text.startsWith(direct.trimEnd())).toBe(true)
  expect(files?.[0]?.text).toContain('added.example.org')
})

test('a host that is removed takes its objects along, which are told', () => {
  const text = field('document-end-markers')
  const { out, err, code } = edited(text, 'a.yaml', '--remove', 'one.example.com')
  expect(code).toBe(0)
  expect(out).not.toContain('one.example.com')
  expect(err).toMatch(
    /^ServiceEntry \S+ is gone from the text; delete it in the cluster too: kubectl delete -n \S+ se\/\S+ --ignore-not-found$/m,
  )
})

test('what would cost more than was asked for is told, and is made where it is asked for again', () => {
  const line = 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> added.example.org SIMPLE'
  const text = field('gateway-api-add-flow')
  const asked = edited(text, 'a.yaml', '--add', line.replace('istio-egressgateway', 'default/one-egress-gateway-istio'))
  expect([asked.code, asked.out]).toEqual([1, ''])
  expect(asked.err).toMatch(/added\.example\.org/)
  const anyway = edited(text, 'a.yaml', '--add', line.replace('istio-egressgateway', 'default/one-egress-gateway-istio'), '--anyway')
  expect(anyway.code).toBe(0)
  expect(anyway.err).toBe(asked.err)
  expect(anyway.out).toContain('added.example.org')
})

test('mends what a rule finds', () => {
  const twice = `${direct}---\n${direct}`
  const { out, code } = edited(twice, 'a.yaml', '--fix', 'L27')
  expect(code).toBe(0)
  expect(out.match(/kind: VirtualService/g)).toHaveLength(1)
})

test.each([
  ['nothing to change', ['a.yaml', '--tls', 'sleep to one.example.com=DISABLE'], 3, /nothing to change/],
  ['a host that is not drawn', ['a.yaml', '--remove', 'none.example.com'], 1, /draws no none\.example\.com/],
  ['a hop that is not drawn', ['a.yaml', '--tls', 'sleep to none=SIMPLE'], 1, /draws no sleep to none/],
  ['a mode that cannot be', ['a.yaml', '--tls', 'sleep to one.example.com=PASSTHROUGH'], 1, /HTTP/],
  ['no mode at all', ['a.yaml', '--tls', 'sleep=SIMPEL'], 2, /FROM to TO=MODE/],
  ['a flow that cannot be read', ['a.yaml', '--add', 'sleep -> '], 2, /--add/],
  ['no change', ['a.yaml'], 2, /Say what to change/],
  ['a file named twice', ['a.yaml', 'a.yaml', '--fix', 'all', '--diff'], 2, /once/],
  ['two files to print', ['a.yaml', 'b.yaml', '--fix', 'all'], 2, /--write.*--diff/],
  ['a file that is not there', ['b.yaml', '--fix', 'all'], 2, /cannot be read/],
  ['to write what came from elsewhere', ['-', '--fix', 'all', '--write'], 2, /--write needs a FILE/],
])('%s', (_, words, code, err) => {
  const result = edited(direct, ...words)
  expect(result.code).toBe(code)
  expect(result.err).toMatch(err)
})

describe('several files', () => {
  const example = (id: string): Design => examples.find((each) => each.id === id)?.design as Design
  const printed = (design: Design, kinds: (kind: string) => boolean) =>
    textOf(
      print(
        compile(design, dialects[defaultDialect]).filter(({ kind }) => kinds(kind)),
        dialects[defaultDialect],
        { comments: false, lang: 'en' },
      ),
    )
  const design = example('http-gateway')
  const isEntry = (kind: string) => kind === 'ServiceEntry'
  const texts: Record<string, string> = {
    'mesh/hosts.yaml': `# hosts of everybody\r\n${printed(design, isEntry).replaceAll('\n', '\r\n')}`,
    'other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n    name:   mine # as it is\n',
    'mesh/egress.yaml': `# routes\n${printed(design, (kind) => !isEntry(kind))}`,
  }
  const input: Input = { read: (file) => (texts[file] === undefined ? { problem: `${file} cannot be read` } : { text: texts[file] }) }
  const files = Object.keys(texts)
  const edit = (...words: string[]) => run(['edit', ...files, ...words], input)

  test('are one configuration: each document stays in its own, and a new one comes to its kin', () => {
    const {
      code,
      err,
      files: written = [],
    } = edit('--add', 'sleep HTTP -> istio-egressgateway DISABLE -> api.example.com DISABLE', '--write')
    expect([code, err]).toEqual([0, ''])
    expect(written.map(({ name }) => name)).toEqual(['mesh/hosts.yaml', 'mesh/egress.yaml'])
    const [hosts = '', egress = ''] = written.map(({ text }) => text)
    expect(hosts.startsWith(texts['mesh/hosts.yaml'] as string)).toBe(true)
    expect(hosts).toContain('  - api.example.com\r\n')
    expect(hosts.replaceAll('\r\n', '')).not.toContain('\n')
    expect(hosts).not.toContain('kind: VirtualService')
    expect(egress.match(/^kind: .*$/gm)?.filter((line) => line.endsWith('Gateway'))).toHaveLength(1)
    expect(egress).not.toContain('kind: ServiceEntry')
    expect(egress).toContain('api.example.com')
  })

  test('are a patch with a header each, of those alone that change', () => {
    const { code, out } = edit('--rename', 'edition.cnn.com=www.example.org', '--diff')
    expect(code).toBe(0)
    expect(out.match(/^--- .*$/gm)).toEqual(['--- a/mesh/hosts.yaml', '--- a/mesh/egress.yaml'])
    const lines = out.split('\n').filter((line) => /^[-+](?![-+])/.test(line))
    expect(lines.filter((line) => !/edition\.cnn\.com|www\.example\.org/.test(line))).toEqual([])
  })

  test('lose what only a removed host used', () => {
    const { code, err, files: written = [] } = edit('--remove', 'edition.cnn.com', '--write')
    expect(code).toBe(0)
    expect(written.map(({ name }) => name)).toEqual(['mesh/hosts.yaml', 'mesh/egress.yaml'])
    expect(written.map(({ text }) => text).join('')).not.toContain('edition.cnn.com')
    expect(err).toMatch(
      /^ServiceEntry \S+ is gone from the text; delete it in the cluster too: kubectl delete -n \S+ se\/\S+ --ignore-not-found$/m,
    )
  })

  test('that nothing changes are not written', () => {
    expect(edit('--rename', 'edition.cnn.com=edition.cnn.com', '--write')).toMatchObject({ out: '', code: 3 })
  })
})
