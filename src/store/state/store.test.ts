import { beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../../core/compile/print'
import type { Design } from '../../core/model/design'
import { isWireHop } from '../../core/model/design'
import { tlsOriginationMtls } from '../../examples/tls-origination-mtls'
import * as actions from '../actions/actions'
import * as view from '../actions/view'
import { findingsOf } from '../derived/select'
import { docAt, docsOf, idsAt, linesOf, resourcesOf } from '../derived/written'
import { designOf, store } from './store'

const { design } = tlsOriginationMtls
const state = () => store.getState()
const text = () => textOf(docsOf(state()))
const outside = (of: Design) => of.hops.find((hop) => isWireHop(hop) && hop.to.startsWith('host:'))?.id as string

beforeEach(() => {
  store.setState(store.getInitialState())
  actions.open('test', design)
})

describe('an edit', () => {
  test('reaches the YAML, and undo and redo take it back and forth', () => {
    const before = text()
    actions.setTls(outside(design), 'DISABLE')
    const after = text()
    expect(after).not.toBe(before)
    actions.undo()
    expect(text()).toBe(before)
    actions.redo()
    expect(text()).toBe(after)
  })

  test('makes anew only the documents that it touches', () => {
    const before = docsOf(state())
    actions.addNode('host', { name: 'api.example.com' })
    actions.connect('gateway:istio-system/istio-egressgateway', 'host:api.example.com')
    const after = docsOf(state())
    expect(after.length).toBeGreaterThan(before.length)
    expect(before.filter((doc) => after.includes(doc)).length).toBeGreaterThan(0)
  })
})

describe('a move', () => {
  test('is a step of the history and no change of meaning', () => {
    const [resources, docs, findings] = [resourcesOf(state()), docsOf(state()), findingsOf(state())]
    const [node] = designOf(state()).nodes
    actions.move({ [node?.id as string]: { x: 321, y: 123 } })
    expect(designOf(state()).nodes[0]?.at).toEqual({ x: 321, y: 123 })
    expect(state().history.past.length).toBe(1)
    expect(resourcesOf(state())).toBe(resources)
    expect(docsOf(state())).toBe(docs)
    expect(findingsOf(state())).toBe(findings)
    actions.undo()
    expect(docsOf(state())).toBe(docs)
  })
})

describe('dialect, comments and language', () => {
  test('change the text and come back to the very same documents', () => {
    const before = docsOf(state())
    actions.setDialect('istio-v1alpha3')
    expect(text()).toContain('networking.istio.io/v1alpha3')
    actions.setDialect('istio-v1')
    expect(textOf(docsOf(state()))).toBe(textOf(before))
    view.setComments(false)
    expect(text()).not.toMatch(/^#/m)
    const bare = docsOf(state())
    store.setState({ lang: 'zh' })
    expect(docsOf(state())).toBe(bare)
    view.setComments(true)
    expect(text()).toMatch(/^# .*[一-龥]/m)
  })
})

describe('lines', () => {
  test('of a hop are lines that say so, and a line tells its hop', () => {
    const docs = docsOf(state())
    const mesh = design.hops.find((hop) => isWireHop(hop) && hop.wire.tls === 'ISTIO_MUTUAL')?.id as string
    const all = text().split('\n')
    const lines = linesOf(docs, [mesh])
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.flatMap(({ from, to }) => all.slice(from - 1, to)).join('\n')).toContain('mode: ISTIO_MUTUAL')
    for (const { from, to } of lines) for (let line = from; line <= to; line++) expect(idsAt(docs, line), `line ${line}`).toContain(mesh)
  })

  test('are counted through separators', () => {
    const docs = docsOf(state())
    const all = text().split('\n')
    for (const [index, line] of all.slice(0, -1).entries()) {
      const at = docAt(docs, index + 1)
      if (line === '---') expect(idsAt(docs, index + 1)).toEqual([])
      else expect(at?.doc.text.split('\n')[at.line]).toBe(line)
    }
    expect(docAt([], 1)).toBeNull()
    expect(idsAt([], 1)).toEqual([])
    expect(linesOf(docs, ['nobody'])).toEqual([])
  })

  test('of neighbours are one', () => {
    const docs = docsOf(state())
    const everything = design.nodes.map((node) => node.id).concat(design.hops.map((hop) => hop.id))
    const lines = linesOf(docs, everything)
    for (const [index, range] of lines.entries()) expect(range.from).toBeGreaterThan((lines[index - 1]?.to ?? -1) + 1)
  })
})
