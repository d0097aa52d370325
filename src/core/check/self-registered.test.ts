/** Machines that register themselves make their WorkloadEntries in the cluster: a text without one is no mistake for sure. */
import { expect, test } from 'vitest'
import { draw } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { lint } from './lint'

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: vm, namespace: default}
spec:
  hosts: [vm.example.com]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{number: 80, name: http, protocol: HTTP}]
  workloadSelector: {labels: {app: vm}}
`
const other = `---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm-1, namespace: default}
spec: {address: 203.0.113.7, labels: {app: vn}}
`

test.each([
  ['none is written', entry, 'warning'],
  ['those that are written are not selected', entry + other, 'error'],
  [
    'the one that would be selected is in another namespace',
    entry + other.replace('namespace: default', 'namespace: infra').replace('app: vn', 'app: vm'),
    'error',
  ],
])('%s', (_, text, level) => {
  const { documents } = parse(text)
  const mesh = read(documents)
  const around = surroundingsOf(draw(documents, mesh, null).design, mesh)
  expect(
    lint({ documents, mesh, around })
      .filter(({ rule }) => rule === 'L28')
      .map((found) => found.level),
  ).toEqual([level])
})
