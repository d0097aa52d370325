import { describe, expect, test } from 'vitest'
import { paste } from './copy'
import { type Design, emptyDesign, isAppHop, isWireHop } from './design'
import * as edit from './edit'
import { put, redo, start, undo } from './history'
import { readNotation } from './notation'
import { pathsOf } from './path'

const read = (text: string): Design => readNotation(text).design
const flows = (design: Design) =>
  pathsOf(design).map(
    (p) =>
      `${p.pod.name} ${p.speaks}:${p.dialled} ${p.mesh ? `${p.gateway?.name} ${p.mesh.tls} ` : ''}${p.host.name}:${p.outside.port} ${p.outside.tls}`,
  )
const gateway = 'gateway:istio-system/gate'
const first = read('sleep HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE')
const outside = `${gateway}>host:a.example.com`
const app = 'pod:default/sleep>sidecar:default/sleep'
const mesh = `sidecar:default/sleep>${gateway}`

describe('adding', () => {
  test('a pod comes with its sidecar and the hop between them', () => {
    const { design, id } = edit.addNode(emptyDesign, 'pod')
    expect(design.nodes.map((node) => node.kind)).toEqual(['pod', 'sidecar'])
    expect(edit.dockedTo(design, id)?.name).toBe('sleep')
  })
  test('names are free ones', () => {
    let design = emptyDesign
    for (let n = 0; n < 3; n++) for (const kind of ['pod', 'gateway', 'host'] as const) design = edit.addNode(design, kind).design
    const names = design.nodes.filter((node) => node.kind !== 'sidecar').map((node) => `${node.kind} ${node.name}`)
    expect(new Set(names).size).toBe(9)
    expect(new Set(design.nodes.map((node) => node.id)).size).toBe(design.nodes.length)
  })
})

describe('connecting', () => {
  const design = ['pod', 'pod', 'gateway', 'host'].reduce((d, kind) => edit.addNode(d, kind as 'pod').design, emptyDesign)
  const refused: [string, string, string, RegExp][] = [
    ['a host leads nowhere', 'host:edition.cnn.com', 'gateway:istio-system/istio-egressgateway', /where the road ends/],
    ['a gateway leads to hosts', 'gateway:istio-system/istio-egressgateway', 'pod:default/sleep', /leads to a host/],
    ['a pod leads to its sidecar', 'pod:default/sleep', 'host:edition.cnn.com', /leads to a sidecar/],
    ['a pod has one sidecar', 'pod:default/sleep', 'sidecar:default/sleep-2', /has its sidecar already/],
    ['nothing leads to itself', 'host:edition.cnn.com', 'host:edition.cnn.com', /two ends/],
    ['what is gone cannot be reached', 'pod:default/sleep', 'host:none.example.com', /nothing at that end/],
  ]
  test.each(refused)('%s', (_, from, to, says) => {
    const result = edit.connect(design, from, to)
    expect('refused' in result && result.refused.en).toMatch(says)
    expect('refused' in result && result.refused.zh).toMatch(/\p{Script=Han}/u)
  })

  test('a drawn hop has the first mode that fits what the app sends', () => {
    const tls = (speaks: 'HTTP' | 'HTTPS', from: string, to: string) => {
      const said = edit.setCall(design, app, { speaks })
      const drawn = 'design' in said ? edit.connect(said.design, from, to) : said
      const hop = 'id' in drawn && drawn.design.hops.find((h) => h.id === drawn.id)
      return hop && isWireHop(hop) && hop.wire.tls
    }
    expect(tls('HTTP', 'sidecar:default/sleep', 'host:edition.cnn.com')).toBe('SIMPLE')
    expect(tls('HTTPS', 'sidecar:default/sleep', 'host:edition.cnn.com')).toBe('PASSTHROUGH')
    expect(tls('HTTP', 'sidecar:default/sleep', 'gateway:istio-system/istio-egressgateway')).toBe('ISTIO_MUTUAL')
  })
})

describe('choosing a mode', () => {
  test('only what makes sense fits, and the rest says why', () => {
    const why = (hop: string, mode: Parameters<typeof edit.fits>[2]) => {
      const answer = edit.fits(first, hop, mode)
      return answer === true ? true : answer.en
    }
    expect(why(mesh, 'DISABLE')).toBe(true)
    expect(why(mesh, 'SIMPLE')).toMatch(/Only on the way outside/)
    expect(why(outside, 'MUTUAL')).toBe(true)
    expect(why(outside, 'PASSTHROUGH')).toMatch(/no TLS to pass/)
    expect(why(outside, 'ISTIO_MUTUAL')).toMatch(/no Istio certificate/)
  })

  test('an app that says HTTPS takes its outside hop along to PASSTHROUGH, and back', () => {
    const https = edit.setCall(first, app, { speaks: 'HTTPS' })
    if (!('design' in https)) throw new Error('refused')
    expect(flows(https.design)).toEqual(['sleep HTTPS:443 gate ISTIO_MUTUAL a.example.com:443 PASSTHROUGH'])
    const back = edit.setCall(https.design, app, { speaks: 'HTTP' })
    expect('design' in back && flows(back.design)).toEqual(['sleep HTTP:80 gate ISTIO_MUTUAL a.example.com:443 SIMPLE'])
  })

  test('a hop that another pod shares is not changed behind its back', () => {
    const shared = read('sleep HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE\ncart HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE')
    const result = edit.setCall(shared, app, { speaks: 'HTTPS' })
    expect('refused' in result && result.refused.en).toMatch(/cart says HTTP over the same hop/)
  })

  test('an override differs for one outside hop alone, and can be taken back', () => {
    const two = read('sleep HTTP -> gate ISTIO_MUTUAL -> a.example.com SIMPLE\nsleep HTTP -> gate ISTIO_MUTUAL -> b.example.com SIMPLE')
    const differs = edit.overrideWire(two, mesh, outside, { tls: 'DISABLE' })
    expect(flows(differs)).toEqual([
      'sleep HTTP:80 gate DISABLE a.example.com:443 SIMPLE',
      'sleep HTTP:80 gate ISTIO_MUTUAL b.example.com:443 SIMPLE',
    ])
    expect(flows(edit.overrideWire(differs, mesh, outside, null))).toEqual(flows(two))
    expect(flows(edit.setCarried(two, mesh, outside, false))).toHaveLength(1)
    expect(flows(edit.setCarried(edit.setCarried(two, mesh, outside, false), mesh, outside, true))).toEqual(flows(two))
  })

  test('an emptied field is gone from the design', () => {
    const filled = edit.setWire(first, outside, { port: 8443, fields: { sni: 'b.example.com', subjectAltNames: ['b.example.com'] } })
    const emptied = edit.setWire(filled, outside, { port: undefined as unknown as number, fields: { sni: '', subjectAltNames: [] } })
    expect(emptied.hops.find((hop) => hop.id === outside)).toMatchObject({ wire: { tls: 'SIMPLE', fields: {} } })
    expect(pathsOf(emptied)[0]?.outside.port).toBe(443)
  })
})

describe('removing', () => {
  test('a node takes its hops along, a pod its sidecar', () => {
    expect(edit.remove(first, [gateway]).hops.map((hop) => hop.id)).toEqual([app])
    expect(edit.remove(first, ['pod:default/sleep']).nodes.map((node) => node.kind)).toEqual(['gateway', 'host'])
  })
  test('what was said about a hop goes with it', () => {
    const said = edit.setCarried(edit.overrideWire(first, mesh, outside, { tls: 'DISABLE' }), mesh, outside, false)
    const called = edit.setCall(said, app, { speaks: 'HTTP', port: 8080 }, outside)
    const left = edit.remove('design' in called ? called.design : said, [outside])
    for (const hop of left.hops) expect([hop.overrides, isAppHop(hop) ? [] : hop.except]).toEqual([{}, []])
  })
  test('removing what is not there changes nothing', () => expect(edit.remove(first, ['none'])).toBe(first))
})

describe('copies', () => {
  test('a whole flow gets free names and keeps its meaning', () => {
    const { design, ids } = paste(first, first, { x: 10, y: 10 })
    expect(ids).toHaveLength(4)
    expect(flows(design)).toEqual([...flows(first), 'sleep-2 HTTP:80 gate-2 ISTIO_MUTUAL copy-2.a.example.com:443 SIMPLE'])
  })
  test('a pod alone is connected to the gateway that is there', () => {
    const nodes = first.nodes.filter((node) => node.kind === 'pod' || node.kind === 'sidecar')
    const hops = first.hops.filter((hop) => hop.to !== 'host:a.example.com')
    expect(flows(paste(first, { nodes, hops }, { x: 0, y: 0 }).design)).toHaveLength(2)
  })
})

describe('an edit that changes nothing gives back the very design', () => {
  const guarded = edit.setGuard(first, 'default', {})
  const placed = edit.move(guarded, { [gateway]: { x: 1, y: 2 } })
  const same: [string, (design: Design) => Design][] = [
    ['setTls', (d) => edit.setTls(d, outside, 'SIMPLE')],
    ['setWire', (d) => edit.setWire(d, outside, { fields: { sni: '' } })],
    ['setCall', (d) => (edit.setCall(d, app, { speaks: 'HTTP' }) as { design: Design }).design],
    ['clearCall', (d) => edit.clearCall(d, app, outside)],
    ['overrideWire', (d) => edit.overrideWire(d, mesh, outside, null)],
    ['setCarried', (d) => edit.setCarried(d, mesh, outside, true)],
    ['setIdentity', (d) => edit.setIdentity(d, 'pod:default/sleep', { name: 'sleep' })],
    ['setFields', (d) => edit.setFields(d, 'pod:default/sleep', { labels: {} })],
    ['setName', (d) => edit.setName(d, d.name)],
    ['setWorld', (d) => edit.setWorld(d, { outbound: 'ALLOW_ANY' })],
    ['setGuard', (d) => edit.setGuard(d, 'default', { dns: true })],
    ['setGuard of none', (d) => edit.setGuard(d, 'nobody', null)],
    ['move', (d) => edit.move(d, { [gateway]: { x: 1, y: 2 } })],
    ['a hop that is not there', (d) => edit.setTls(d, 'none', 'MUTUAL')],
  ]
  test.each(same)('%s', (_, change) => expect(change(placed)).toBe(placed))
})

test('a guard that changes keeps its place', () => {
  const two = edit.setGuard(edit.setGuard(first, 'a', {}), 'b', {})
  expect(edit.setGuard(two, 'a', { dns: false }).guards.map((guard) => guard.namespace)).toEqual(['a', 'b'])
})

test('a renamed pod takes its sidecar along', () => {
  const design = edit.setIdentity(first, 'pod:default/sleep', { name: 'cart', namespace: 'team' })
  expect(
    design.nodes.filter((node) => node.kind !== 'host' && node.kind !== 'gateway').map((node) => `${node.namespace}/${node.name}`),
  ).toEqual(['team/cart', 'team/cart'])
})

test('a guard is set once a namespace, changed and taken away', () => {
  const guarded = edit.setGuard(edit.setGuard(first, 'default', {}), 'default', { dns: false })
  expect(guarded.guards).toEqual([{ kind: 'NetworkPolicy', namespace: 'default', dns: false }])
  expect(edit.setGuard(guarded, 'default', null).guards).toEqual([])
})

describe('history', () => {
  const one = put(start(first), edit.setTls(first, outside, 'MUTUAL'), 'tls')
  test('undo gives the very design of before, redo the very one of after', () => {
    expect(undo(one).now).toBe(first)
    expect(redo(undo(one)).now).toBe(one.now)
    expect(undo(start(first))).toEqual(start(first))
  })
  test('changes of one step are one entry', () => {
    const typed = ['n', 'na', 'nam'].reduce((h, name) => put(h, edit.setName(h.now, name), 'rename', 'name'), start(first))
    expect(typed.past).toHaveLength(1)
    expect(undo(typed).now).toBe(first)
  })
  test('a change that changes nothing is no entry, and a new change forgets what was undone', () => {
    expect(put(one, one.now, 'tls')).toBe(one)
    expect(put(undo(one), edit.setTls(first, outside, 'DISABLE'), 'tls').future).toEqual([])
  })
})
