import { expect, test } from 'vitest'
import { emptyMesh, type Mesh } from '../core/istio/mesh'
import { rest as en } from '../words/en/rest'
import { rest as zh } from '../words/zh/rest'
import { describeAt } from './describe'

const rest = { en, zh }

import type { SchemaNode } from './schema-node'

const schema: SchemaNode = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['host'],
      properties: {
        host: { type: 'string', description: 'Name <of> it.' },
        weight: { type: 'integer', minimum: 0, maximum: 100 },
        mode: { type: 'string', enum: ['DISABLE', 'SIMPLE'] },
      },
    },
  },
}
const from = { of: {} as never, path: [] }
const mesh: Mesh = {
  ...emptyMesh,
  serviceHosts: [
    {
      by: 'ServiceEntry',
      name: 'cnn',
      namespace: 'default',
      hosts: ['edition.cnn.com'],
      ports: [{ number: 443, name: 'https', protocol: 'HTTPS', from }],
      resolution: 'DNS',
      labels: {},
      creationTimestamp: '',
      external: true,
      from,
      addresses: [],
      endpoints: [],
      selector: null,
      subjectAltNames: [],
      exportTo: [],
    },
  ],
}
const tell = (marked: string, lang: 'en' | 'zh' = 'en') =>
  describeAt(marked.replace('¦', ''), marked.indexOf('¦'), (_, kind) => (kind === 'K' ? schema : undefined), mesh, rest[lang].describing)
    ?.blocks ?? null

test.each<[string, string, string[] | null]>([
  ['a key', 'kind: K\nspec:\n  ho¦st: a', ['`host` – string, required', 'Name \\<of> it.']],
  ['limits', 'kind: K\nspec:\n  weig¦ht: 1', ['`weight` – integer, 0–100']],
  ['an enum, at its value', 'kind: K\nspec:\n  mode: SIM¦PLE', ['`mode` – string', 'One of: `DISABLE`, `SIMPLE`']],
  ['a field that is none', 'kind: K\nspec:\n  hosst¦: 1', ['`hosst` – No field of this kind.']],
  [
    'a host that is known',
    'kind: L\nspec:\n  host: edition.c¦nn.com',
    ['Known to the mesh:\n- ServiceEntry `default/cnn`: 443 HTTPS; DNS; MESH_EXTERNAL'],
  ],
  ['a host that is not', 'kind: L\nspec:\n  host: a.¦b', ['`a.b`: No ServiceEntry or Service of this text names it.']],
  ['a key of a kind without a schema', 'kind: L\nspec:\n  ho¦st: a', null],
  ['a dash', 'kind: K\nspec:\n  ¦- a', null],
  ['a prototype’s name', 'kind: K\nspec:\n  constr¦uctor: 1', ['`constructor` – No field of this kind.']],
])('%s', (_, marked, wanted) => expect(tell(marked)).toEqual(wanted))

test('in Chinese, but for what the CRD says', () => {
  expect(tell('kind: K\nspec:\n  ho¦st: a', 'zh')).toEqual(['`host` – string, 必填', 'Name \\<of> it.'])
})
