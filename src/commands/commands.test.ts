import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { run } from '../command-line'
import { compile } from '../core/compile/compile'
import { dialects } from '../core/compile/dialects'
import { print, textOf } from '../core/compile/print'
import { emptyDesign } from '../core/model/design'
import { addFlow } from '../core/model/flow'
import { designToJson } from '../core/model/link'
import { readNotation } from '../core/model/notation'
import { examples } from '../examples'
import type { Input } from './kind'

const files: Record<string, string> = {
  'good.flow': 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE\r\n',
  'wrong.flow': 'sleep HTTP -> a.example.com DISABLE\nsleep HTTP -> a.example.com PASSTHROUGH\n',
  'guarded.flow': 'sleep HTTP -> a.example.com DISABLE\nguard default\n',
  'nowhere.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
  'cut.json': '{"version": 1, "nodes": [',
  'unknown.json': designToJson(emptyDesign).replace('"nodes"', '"colour": "red", "nodes"'),
  'design.json': designToJson(
    addFlow(emptyDesign, { pod: { name: 'sleep' }, call: { speaks: 'HTTP' }, host: 'a.example.com', wire: { tls: 'DISABLE', fields: {} } }),
  ),
}
const good = readNotation('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE').design
files['good.yaml'] = textOf(print(compile(good, dialects['istio-v1']), dialects['istio-v1'], { comments: true, lang: 'en' }))

const input: Input = {
  read: (file) => (files[file] === undefined ? { problem: `${file} cannot be read: no such file` } : { text: files[file] }),
}

const cases: [string, string[], number, { out?: RegExp; err?: RegExp }][] = [
  [
    'a flow',
    ['yaml', '--flow', 'sleep HTTP -> edition.cnn.com SIMPLE'],
    0,
    { out: /^# .*\napiVersion: networking\.istio\.io\/v1\n/, err: /^$/ },
  ],
  [
    'several flows',
    ['yaml', '--flow=sleep HTTP -> a.example.com DISABLE', '--flow=sleep HTTPS -> a.example.com PASSTHROUGH'],
    0,
    { out: /number: 443/ },
  ],
  ['a file of flows with Windows line ends', ['yaml', 'good.flow'], 0, { out: /^(?!.*\r)[\s\S]*kind: VirtualService/ }],
  ['a design', ['yaml', 'design.json', '--no-comments'], 0, { out: /^apiVersion/ }],
  [
    'an example in the tutorials’ dialect',
    ['yaml', '--example', 'tls-origination-mtls', '--dialect', 'istio-v1alpha3'],
    0,
    { out: /networking\.istio\.io\/v1alpha3/ },
  ],
  ['comments in Chinese', ['yaml', 'good.flow', '--lang', 'zh'], 0, { out: /让网格认识/ }],
  [
    'a picture, in the words of a language',
    ['picture', 'good.flow', '--lang', 'zh', '--theme=dark'],
    0,
    { out: /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^\n]*>出口网关<[^\n]*<\/svg>\n$/, err: /^$/ },
  ],
  ['a picture of YAML', ['picture', 'good.yaml', '--no-legend'], 0, { out: />edition\.cnn\.com</ }],
  ['a picture of YAML that leads nowhere', ['picture', 'nowhere.yaml'], 2, { out: /^$/, err: /^nowhere\.yaml has nothing that is drawn/ }],
  ['a picture in a theme that there is not', ['picture', 'good.flow', '--theme', 'blue'], 2, { err: /--theme is light or dark, not blue/ }],
  [
    'a wrong line, with line, column and reason',
    ['yaml', 'wrong.flow'],
    1,
    { out: /^$/, err: /^wrong\.flow:2:\d+: App sends HTTP: no TLS to pass\.\n$/ },
  ],
  ['a design that cannot work', ['yaml', 'guarded.flow'], 1, { out: /^$/, err: /would time out.*\[guard-blocks\]/ }],
  ['a truncated design', ['yaml', 'cut.json'], 1, { err: /cut off/ }],
  ['an unknown field is told, and the rest is read', ['yaml', 'unknown.json'], 0, { err: /colour is unknown/ }],
  ['no such file', ['yaml', 'none.flow'], 2, { err: /cannot be read/ }],
  ['no such example', ['yaml', '--example', 'none'], 2, { err: /egress examples/ }],
  ['no such dialect', ['yaml', 'good.flow', '--dialect', 'v2'], 2, { err: /istio-v1 or istio-v1alpha3/ }],
  ['no such option', ['yaml', 'good.flow', '--colour'], 2, { err: /--colour is unknown/ }],
  ['an option without its value', ['yaml', '--flow'], 2, { err: /needs a value/ }],
  ['two things at once', ['yaml', 'good.flow', '--example', 'tls-origination'], 2, { err: /one thing only/ }],
  ['nothing', ['yaml'], 2, { err: /Usage: egress yaml/ }],
  ['no subcommand', [], 2, { err: /Flow notation/ }],
  ['an unknown subcommand', ['fly'], 2, { err: /no subcommand fly/ }],
  ['help', ['--help'], 0, { out: /egress yaml[\s\S]*egress examples[\s\S]*egress flow/ }],
  ['help of one', ['yaml', '--help'], 0, { out: /^egress yaml/ }],
  [
    'flow notation of an example',
    ['flow', '--example', 'tls-origination-mtls'],
    0,
    { out: /^name tls-origination-mtls\nsleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition\.cnn\.com SIMPLE\n$/ },
  ],
]

test.each(cases)('%s', (_, words, code, { out, err }) => {
  const result = run(words, input)
  expect(result.code, result.err).toBe(code)
  if (out) expect(result.out).toMatch(out)
  if (err) expect(result.err).toMatch(err)
})

test('--json tells the YAML, the findings, the objects and what is needed beside them', () => {
  const { out, code } = run(
    ['yaml', '--json', '--flow', 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> a.example.com MUTUAL credentialName=cred'],
    input,
  )
  const { yaml, findings, resources, needs } = JSON.parse(out)
  expect(code).toBe(0)
  expect(findings).toEqual([])
  expect(resources.map((r: { kind: string }) => r.kind)).toContain('VirtualService')
  expect(load(yaml.split('\n---\n')[0])).toMatchObject({ kind: 'ServiceEntry' })
  expect(needs[0].run).toBe(
    'kubectl create secret generic -n istio-system cred --from-file=tls.crt=client.crt --from-file=tls.key=client.key --from-file=ca.crt=ca.crt',
  )
})

test('--json tells of a text that cannot be read in the same form', () => {
  const { out, err, code } = run(['yaml', 'wrong.flow', '--json'], input)
  expect([code, err]).toEqual([1, ''])
  expect(JSON.parse(out)).toMatchObject({
    yaml: '',
    findings: [{ rule: 'notation', level: 'error', line: 2, word: 'PASSTHROUGH' }],
    resources: [],
    needs: [],
  })
  expect(JSON.parse(run(['yaml', 'cut.json', '--json'], input).out).findings[0]).toMatchObject({ rule: 'file', level: 'error' })
  expect(JSON.parse(run(['yaml', 'unknown.json', '--json'], input).out).findings[0]).toMatchObject({
    rule: 'file',
    level: 'warning',
    path: 'colour',
  })
})

test('examples lists each with its requests, for people and as JSON', () => {
  const list = JSON.parse(run(['examples', '--json'], input).out)
  expect(list.map((example: { id: string }) => example.id)).toEqual(examples.map((example) => example.id))
  for (const example of examples) expect(run(['examples'], input).out).toContain(example.title.en)
  expect(run(['examples', '--lang', 'zh'], input).out).toContain(examples[0]?.title.zh)
})
