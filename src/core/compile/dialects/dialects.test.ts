import { expect, test, vi } from 'vitest'
import { examples as subjects } from '../../../../e2e/mesh/proof-entry'
import { run } from '../../../command-line'
import { commands } from '../../../commands'
import { examples } from '../../../examples'
import { store } from '../../../store/state/store'
import { dialectIds, dialectNamed, dialectOf, dialects } from '.'

/** Another file in place of one that the list names: what follows here follows from the file and its line alone. */
vi.mock(import('./istio-v1alpha3'), async (original) => {
  const { istioV1alpha3 } = await original()
  const title = { en: 'Another one', zh: '另一种' }
  return { istioV1alpha3: { ...istioV1alpha3, id: 'another' as 'istio-v1alpha3', title, recognises: ({ version }) => version === 'v9' } }
})
const another = dialectNamed('another') as keyof typeof dialects

test('a dialect is offered', () => {
  expect(dialectIds).toContain('another')
  expect(dialectIds).not.toContain('istio-v1alpha3')
  expect(Object.values(dialects).map(({ title }) => title.en)).toContain('Another one')
  expect(store.getState().dialect).toBe(dialectIds[0])
})

test('the command line tells of it, writes it and names it where another is asked for', () => {
  const input = { read: () => ({ problem: 'no files here' }) }
  for (const { name, usage } of commands.filter(({ usage }) => usage.includes('--dialect')))
    expect(usage, name).toContain(`[--dialect ${dialectIds.join('|')}]`)
  const flow = ['--flow', 'sleep HTTP -> edition.cnn.com SIMPLE']
  expect(run(['yaml', ...flow, '--dialect', 'another'], input).out).toContain('networking.istio.io/v1alpha3')
  expect(run(['runbook', ...flow, '--dialect', 'istio-v1alpha3'], input)).toMatchObject({
    code: 2,
    err: expect.stringContaining(dialectIds.join(' or ')),
  })
})

test('it is proven: every example is a subject of the proof in it', () => {
  const names = subjects()
    .filter(({ dialect, impostor }) => dialect === another && !impostor)
    .map(({ name }) => name)
  expect(names).toEqual(examples.map(({ id }) => id))
})

test('a document is taken to be in the dialect that recognises it', () => {
  const of = (version: string) =>
    dialectOf({ group: 'networking.istio.io', version, kind: 'Gateway', namespace: 'a', name: 'b' } as never).id
  expect(['v1', 'v1beta1', 'v1alpha3', 'v9'].map(of)).toEqual(['istio-v1', 'istio-v1', 'istio-v1', 'another'])
})
