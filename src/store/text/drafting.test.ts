/** The two-way text, without a browser. */
import { beforeEach, describe, expect, test } from 'vitest'
import { isWireHop } from '../../core/model/design'
import { pathsOf } from '../../core/model/path'
import { tlsOriginationMtls } from '../../examples/tls-origination-mtls'
import * as actions from '../actions/actions'
import { accept, applyFix, importText, keepText, reprint, settle, type } from './drafting'
import './patching'
import { documentsOf, problemsOf, textOf } from '../derived/understand'
import { designOf, draftOf, store, workOf } from '../state/store'

const { design } = tlsOriginationMtls
const state = () => store.getState()
const text = () => textOf(state())
const outside = () => designOf(state()).hops.find((hop) => isWireHop(hop) && hop.to.startsWith('host:'))
const modes = () => pathsOf(designOf(state())).map((path) => [path.mesh?.tls, path.outside.tls])
/** Edits over a text come through a module that is loaded on demand. */
const later = () => import('./patching').then(() => new Promise((next) => setTimeout(next)))

beforeEach(() => {
  store.setState(store.getInitialState())
  actions.open('test', design)
})

describe('typing', () => {
  test('is the person’s text at once, and the picture follows', () => {
    const before = designOf(state())
    type(text().replace('mode: SIMPLE', 'mode: MUTUAL\n          credentialName: client'))
    expect(draftOf(state())?.is).toBe('typing')
    expect(designOf(state())).toBe(before)
    settle()
    expect(draftOf(state())?.is).toBe('drawn')
    expect(modes()).toEqual([['ISTIO_MUTUAL', 'MUTUAL']])
    expect(designOf(state()).nodes.map(({ id, at }) => [id, at])).toEqual(before.nodes.map(({ id, at }) => [id, at]))
    expect(outside()?.id).toBe(before.hops.find((hop) => hop.to.startsWith('host:'))?.id)
  })

  test('joins into one step, with what the picture makes of it', () => {
    const first = text()
    for (const word of ['#', '# a', '# a word']) type(`${word}\n${first}`)
    settle()
    type(`# a word more\n${first}`)
    settle()
    expect(state().history.past).toHaveLength(1)
    actions.undo()
    expect(text()).toBe(first)
    expect(draftOf(state())).toBeNull()
    actions.redo()
    expect(text()).toBe(`# a word more\n${first}`)
  })

  test('what the design prints anyway is nobody’s text', () => {
    const first = text()
    type(`# x\n${first}`)
    settle()
    expect(draftOf(state())?.is).toBe('drawn')
    type(first)
    expect(draftOf(state())).toBeNull()
  })

  test('half a document leaves the picture as it was and is told of', () => {
    const before = designOf(state())
    const broken = text().replace('hosts:\n  - edition.cnn.com', 'hosts: [edition.cnn.com')
    type(broken)
    settle()
    expect(draftOf(state())).toEqual({ text: broken, is: 'broken' })
    expect(designOf(state())).toBe(before)
    expect(problemsOf(state()).some(({ by, level }) => by === 'yaml' && level === 'error')).toBe(true)
    type(broken.replace('[edition.cnn.com', '[edition.cnn.com] # mine'))
    settle()
    expect(draftOf(state())?.is).toBe('drawn')
  })
})

describe('an edit of the picture', () => {
  const own = () => {
    type(`# mine\n${text()}---\nkind: Odd\napiVersion: x/v1\nmetadata: {name: odd}\n`)
    settle()
  }

  test('is written into the text, and one undo takes both back', async () => {
    own()
    const before = text()
    actions.setTls(outside()?.id as string, 'DISABLE')
    await later()
    expect(text()).not.toBe(before)
    expect(text()).toMatch(/^# mine\n/)
    expect(text()).toContain('metadata: {name: odd}')
    expect(text()).not.toContain('mode: SIMPLE')
    expect(modes()).toEqual([['ISTIO_MUTUAL', 'DISABLE']])
    actions.undo()
    expect(text()).toBe(before)
    expect(modes()).toEqual([['ISTIO_MUTUAL', 'SIMPLE']])
  })

  test('that moves a node never touches it', () => {
    own()
    const before = draftOf(state())
    actions.move({ [design.nodes[0]?.id as string]: { x: 1, y: 2 } })
    expect(draftOf(state())).toBe(before)
    expect(designOf(state()).nodes[0]?.at).toEqual({ x: 1, y: 2 })
  })

  test('over a text that cannot be read asks, and nothing is lost either way', async () => {
    own()
    const broken = `${text()}---\nkind: [\n`
    type(broken)
    settle()
    const before = workOf(state())
    actions.setTls(outside()?.id as string, 'DISABLE')
    await later()
    expect(workOf(state())).toBe(before)
    expect(state().question?.drops.length).toBeGreaterThan(1)
    expect(state().question?.error?.from).toBeGreaterThan(0)
    keepText()
    expect(workOf(state())).toBe(before)
    actions.setTls(outside()?.id as string, 'DISABLE')
    await later()
    reprint()
    expect(draftOf(state())).toBeNull()
    expect(modes()).toEqual([['ISTIO_MUTUAL', 'DISABLE']])
    actions.undo()
    expect(text()).toBe(broken)
  })

  test('of the World is in no text, and asks nothing', async () => {
    type(`${text()}---\nkind: [\n`)
    settle()
    const before = draftOf(state())
    actions.setWorld({ outbound: 'REGISTRY_ONLY' })
    await later()
    expect(designOf(state()).world.outbound).toBe('REGISTRY_ONLY')
    expect(draftOf(state())).toBe(before)
    expect(state().question).toBeNull()
  })

  test('another dialect asks too', async () => {
    own()
    actions.setDialect('istio-v1alpha3')
    await later()
    expect(state().dialect).toBe('istio-v1')
    reprint()
    expect(state().dialect).toBe('istio-v1alpha3')
    expect(text()).toContain('v1alpha3')
  })
})

test('a fix is one step', () => {
  const before = text()
  const of = documentsOf(state()).find(({ kind }) => kind === 'ServiceEntry')
  if (!of) throw new Error(before)
  applyFix({ says: { en: '', zh: '' }, changes: [{ set: { of: of.id, path: ['spec', 'resolution'] }, value: 'DNS_ROUND_ROBIN' }] })
  expect(text()).toContain('resolution: DNS_ROUND_ROBIN')
  expect(designOf(state()).nodes.find(({ kind }) => kind === 'host')?.fields.resolution).toBe('DNS_ROUND_ROBIN')
  actions.undo()
  expect(text()).toBe(before)
})

describe('import', () => {
  const yaml =
    'apiVersion: networking.istio.io/v1\r\nkind: ServiceEntry\r\nmetadata: {name: api, namespace: shop}\r\nspec:\r\n  hosts: [api.example.com] # mine\r\n  ports: [{number: 443, name: tls, protocol: TLS}]\r\n  resolution: DNS\r\n'

  test('is shown first, and taken over as one step', async () => {
    const before = workOf(state())
    await importText(yaml)
    expect(workOf(state())).toBe(before)
    expect(state().incoming?.is).toBe('read')
    accept()
    expect(text()).toBe(yaml.replaceAll('\r', ''))
    expect(pathsOf(designOf(state())).map(({ pod, host, speaks }) => [pod.namespace, host.name, speaks])).toEqual([
      ['shop', 'api.example.com', 'HTTPS'],
    ])
    actions.undo()
    expect(workOf(state())).toBe(before)
  })

  test('takes several files, and leaves keys out', async () => {
    const secret = 'kind: Secret\napiVersion: v1\nmetadata: {name: s}\ndata:\n  tls.key: c2VjcmV0LWtleQ==\n'
    await importText([new File([yaml], 'a.yaml'), new File([secret], 'b.yaml')])
    accept()
    expect(documentsOf(state()).map(({ kind }) => kind)).toEqual(['ServiceEntry', 'Secret'])
    expect(text()).not.toContain('c2VjcmV0')
  })

  test('of many documents tells how far it is', async () => {
    const told: unknown[] = []
    const stop = store.subscribe((s) => s.incoming?.is === 'reading' && told.push(s.incoming.done))
    await importText(Array.from({ length: 450 }, (_, n) => yaml.replaceAll('api', `api-${n}`)).join('---\n'))
    stop()
    expect(new Set(told)).toEqual(new Set([0, 200, 400, 450]))
    accept()
    expect(documentsOf(state())).toHaveLength(450)
  })

  test('a broken document does not hide the others', async () => {
    await importText(`${yaml}---\nkind: [\n`)
    accept()
    expect(designOf(state()).nodes.some(({ name }) => name === 'api.example.com')).toBe(true)
  })
})
