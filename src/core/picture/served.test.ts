/** A port of a host is drawn where it is served: at the ports of its endpoints' own, else at its targetPort. */
import { expect, test } from 'vitest'
import { writeNotation } from '../model/notation'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { draw } from './draw'

const remote = (more: string) => {
  const { documents } = parse(`apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: remote, namespace: default}
spec:
  hosts: [ads.example.com]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{number: 9555, name: grpc, protocol: GRPC${more}
`)
  const { design, notDrawn } = draw(documents, read(documents), null)
  return [writeNotation(design).split('\n')[0], ...notDrawn.map(({ why }) => why.en)]
}

test('endpoints with a port of their own', () => {
  expect(remote('}]\n  endpoints: [{address: 203.0.113.7, ports: {grpc: 15443}}]')).toEqual([
    'sleep HTTP:9555 -> ads.example.com:15443 DISABLE',
  ])
})

test('endpoints with different ones: the first is drawn, and the others are told of', () => {
  expect(remote('}]\n  endpoints: [{address: 203.0.113.7, ports: {grpc: 15443}}, {address: 203.0.113.8}]')).toEqual([
    'sleep HTTP:9555 -> ads.example.com:15443 DISABLE',
    'The endpoints of ads.example.com:9555 are served at ports 15443, 9555: only 15443 is drawn.',
  ])
})

test('a targetPort that is the port itself hides no call', () => {
  expect(remote(', targetPort: 9555}]\n  endpoints: [{address: 203.0.113.7}]')).toEqual(['sleep HTTP:9555 -> ads.example.com DISABLE'])
})
