import { expect, test } from 'vitest'
import { workloads } from '../../testing/workloads'
import { parse } from '../yaml/parse'
import { read } from './read'

test('pods, and what makes them: who may have a sidecar, and who is a gateway', () => {
  const { podTemplates } = read(parse(workloads).documents)
  expect(podTemplates.map(({ name, sidecar, gateway }) => [name, sidecar, gateway])).toEqual([
    ['orders', true, false],
    ['db', true, false],
    ['agent', false, false],
    ['old', true, false],
    ['import', false, false],
    ['nightly', true, false],
    ['curl', true, false],
    ['egress', false, true],
    ['my-egress', false, true],
  ])
  expect(podTemplates[0]).toMatchObject({ namespace: 'shop', labels: { app: 'orders', version: 'v1' }, serviceAccount: 'clerk' })
  expect(podTemplates[1]).toMatchObject({ namespace: 'default', labels: { app: 'db' }, serviceAccount: 'default' })
  expect(podTemplates[5]).toMatchObject({ labels: { app: 'nightly' } })
  expect(podTemplates[6]).toMatchObject({ labels: { app: 'curl' }, serviceAccount: 'curl' })
})
