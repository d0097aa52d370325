import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../command-line'
import { but, c1, c6 } from '../core/lint/canon'
import type { Input } from './kind'

const lab = new URL('../../e2e/mesh/cases/', import.meta.url)
const c6NoSni = but(c6, ['ISTIO_MUTUAL, sni: edition.cnn.com}', 'ISTIO_MUTUAL}'])
const [entry, ...rest] = c1.split('---\n')
const own = (yaml: string) =>
  but(
    yaml,
    ['istio-egressgateway.istio-system.svc', 'my-egress.edge.svc'],
    ['{istio: egressgateway}', '{app: my-egress}'],
    ['namespace: default', 'namespace: shop'],
    ['namespace: istio-system', 'namespace: edge'],
  )
const texts: Record<string, string> = {
  'own.yaml': own(c6),
  'own-bad.yaml': own(c6NoSni),
  'good.yaml': c1,
  'bad.yaml': c6NoSni,
  'entry.yaml': entry ?? '',
  'rest.yaml': rest.join('---\n'),
  'broken.yaml': 'apiVersion: v1\nkind: [\n',
  'misspelled.yaml': but(c1, ['  hosts: [edition.cnn.com]\n  gateways', '  hosts: [edition.cnn.com]\n  gateway']),
  'world.yaml': 'outbound: REGISTRY_ONLY\npods: [{namespace: other, name: client}]\n',
  'old.yaml': but(c1, ['networking.istio.io/v1', 'networking.istio.io/v1alpha3']),
}
const input: Input = {
  read: (file) => {
    if (Object.hasOwn(texts, file)) return { text: texts[file] as string }
    try {
      return { text: readFileSync(new URL(file, lab), 'utf8') }
    } catch {
      return { problem: `${file} cannot be read: no such file` }
    }
  },
}
const lint = (...words: string[]) => run(['lint', ...words], input)

test('good YAML prints nothing and exits 0', () => {
  expect(lint('good.yaml')).toEqual({ out: '', err: '', code: 0 })
})

test('an error is told with file, line, column, level, code and sentence, and exits 1', () => {
  const { out, err, code } = lint('bad.yaml')
  expect([code, err]).toEqual([1, ''])
  const [line = '', ...more] = out.trimEnd().split('\n')
  expect(more).toEqual([])
  expect(line).toMatch(/^bad\.yaml:\d+:\d+ error L1 DestinationRule default\/egressgateway-for-cnn opens mTLS/)
  const [, row = '', column = ''] = line.split(/[: ]/)
  expect(c6NoSni.split('\n')[Number(row) - 1]?.slice(Number(column) - 1)).toMatch(/^\{mode: ISTIO_MUTUAL\}/)
  expect(lint('bad.yaml', '--lang', 'zh').out).toMatch(/error L1 DestinationRule default\/egressgateway-for-cnn 以 SNI/)
})

test('several files are one configuration', () => {
  expect(lint('rest.yaml').code).toBe(1)
  expect(lint('rest.yaml').out).toMatch(/^rest\.yaml:\d+:\d+ error L22 /)
  expect(lint('entry.yaml', 'rest.yaml')).toMatchObject({ out: '', code: 0 })
})

test('a gateway of another name, and another namespace: as the YAML speaks of them', () => {
  expect(lint('own.yaml')).toMatchObject({ out: '', code: 0 })
  expect(lint('own-bad.yaml').out).toMatch(/^own-bad\.yaml:\d+:\d+ error L1 /)
})

test('syntax and schema are told too', () => {
  expect(lint('broken.yaml')).toMatchObject({ code: 1 })
  expect(lint('broken.yaml').out).toMatch(/^broken\.yaml:\d+:\d+ error /)
  expect(lint('misspelled.yaml').out).toMatch(/misspelled\.yaml:\d+:\d+ error .*gateway/)
})

test('--world and --outbound say what is around; remarks do not fail', () => {
  expect(lint('good.yaml', '--world', 'world.yaml').out).toMatch(/L5 .*sidecars in other/)
  expect(lint('old.yaml').code).toBe(0)
  expect(lint('old.yaml').out).toMatch(/old\.yaml:1:13 info L17a /)
  expect(lint('good.yaml', '--outbound', 'sometimes')).toMatchObject({ code: 2 })
})

test('--bypass tells who gets past the gateway', () => {
  const { out, code } = lint('good.yaml', '--bypass')
  expect(code).toBe(0)
  expect(out).toMatch(/^default\/sleep edition\.cnn\.com bypass allow-any /m)
  expect(lint('yaml/np-guard.yaml', '--bypass').out).not.toMatch(/ bypass /)
})

test('--json tells findings with why and links, and the verdicts', () => {
  const { findings, bypass } = JSON.parse(lint('bad.yaml', '--json', '--bypass').out)
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({
    file: 'bad.yaml',
    level: 'error',
    rule: 'L1',
    by: 'rule',
    object: 'DestinationRule default/egressgateway-for-cnn',
    path: 'spec.subsets.0.trafficPolicy.portLevelSettings.0.tls',
    fix: 'Set sni to edition.cnn.com',
  })
  expect(findings[0].why).not.toBe('')
  expect(findings[0].links[0]).toMatch(/^https:\/\/github\.com\/istio\/istio\/issues\//)
  expect(bypass[0]).toMatchObject({ client: 'default/sleep', host: 'edition.cnn.com', can: true })
})

test('bad usage exits 2', () => {
  expect(lint().code).toBe(2)
  expect(lint('missing.yaml').code).toBe(2)
  expect(lint('good.yaml', '--lang', 'fr').code).toBe(2)
  expect(lint('good.yaml', '--istio', 'new').code).toBe(2)
})

test('--analyze tells what istioctl analyze will say, and that it is harmless; the exit status does not change', () => {
  const { out, code } = lint('yaml/c6-originate-mtls.yaml', '--analyze')
  expect(code).toBe(0)
  expect(out).toMatch(/^yaml\/c6-originate-mtls\.yaml:\d+:\d+ analyze warning IST0129 .*Harmless here: .*1\.21/m)
  expect(lint('yaml/c6-originate-mtls.yaml').out).not.toMatch(/IST/)
  const { analyze } = JSON.parse(lint('yaml/c6-originate-mtls.yaml', '--analyze', '--json').out)
  expect(analyze).toMatchObject([{ code: 'IST0129', level: 'warning', object: 'DestinationRule istio-system/originate-tls' }])
  expect(analyze[0].falseAlarm).not.toBeNull()
})

test('--json explains every finding, those of the reader and the schemas too', () => {
  const { findings } = JSON.parse(lint('broken.yaml', 'misspelled.yaml', '--json').out)
  expect(findings.map(({ why }: { why?: string }) => typeof why)).toEqual(findings.map(() => 'string'))
})
