/** What a runbook is told of the text's past: objects that applying it leaves in a cluster. */
import { beforeEach, expect, test } from 'vitest'
import { remove } from '../../core/model/edit'
import { tlsOriginationMtls } from '../../examples/tls-origination-mtls'
import * as actions from '../actions/actions'
import { designOf, store } from '../state/store'
import { accept, importText, settle, type } from '../text/drafting'
import { runbookSources } from './runbook'
import { textOf } from './understand'

const state = () => store.getState()
const gone = () => runbookSources(state()).gone.map(({ kind, name }) => `${kind} ${name}`)
const isHost = ({ kind }: { kind: string }) => kind === 'host'

beforeEach(() => {
  store.setState(store.getInitialState())
  actions.open('test', tlsOriginationMtls.design)
})

test('objects that edits took from the text since it was opened, until another one is', async () => {
  const text = `# mine\n${textOf(state())}`
  expect(gone()).toEqual([])
  await importText(text)
  accept()
  actions.edit('remove', (design) =>
    remove(
      design,
      design.nodes.filter(isHost).map(({ id }) => id),
    ),
  )
  await actions.editing
  expect(designOf(state()).nodes.some(isHost)).toBe(false)
  expect(gone()).toContain('ServiceEntry edition-cnn-com')
  type(`# mine as well\n${textOf(state())}`)
  settle()
  expect(gone()).toContain('ServiceEntry edition-cnn-com')
  actions.undo()
  actions.undo()
  expect([textOf(state()), gone()]).toEqual([text, []])
  actions.redo()
  expect(gone()).toContain('ServiceEntry edition-cnn-com')
  await importText('kind: ConfigMap\napiVersion: v1\nmetadata: {name: other}\n')
  accept()
  expect(gone()).toEqual([])
})
