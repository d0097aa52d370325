/** What Istio's webhook says of single values that the CRD lets pass (istio/README 5; pkg/config/validation, by the kind). */

import { asList, field, has, inside, itemsOf, type Loose, textOf } from '../base/loose'
import { both } from '../base/text'
import { documentRule, networking, type Remark } from '../rules/one-document'
import { destinationRule, policiesOf } from './destination-rule'
import { serviceEntry } from './service-entry'

const unix = 'unix://'
/** Left out, it is 0, which is no port. */
const isPort = (value: unknown): boolean => (typeof value !== 'number' ? (value ?? null) !== null : value > 0 && value <= 65535)

/** Of settings for one port alone Istio does not look at the tunnel. */
const tunnels = (spec: Loose): Remark[] =>
  policiesOf(spec).flatMap(({ path, policy, port }): Remark[] => {
    const protocol = textOf(inside(policy, 'tunnel'), 'protocol')
    return port || protocol === '' || protocol === 'CONNECT' || protocol === 'POST'
      ? []
      : [
          {
            path: [...path, 'tunnel', 'protocol'],
            says: both(`A tunnel is made by CONNECT or POST, not by ${protocol}.`, `隧道只能用 CONNECT 或 POST 建立，不能用 ${protocol}。`),
          },
        ]
  })

function listeners(spec: Loose): Remark[] {
  const none = both('A listener needs a port: Istio refuses it without.', '监听器需要端口：没有时 Istio 会拒绝。')
  const egress = itemsOf(spec, 'egress').flatMap(([index, of]): Remark[] =>
    has(of, 'port') && !isPort(field(inside(of, 'port'), 'number')) && !textOf(of, 'bind').startsWith(unix)
      ? [{ path: ['spec', 'egress', index, 'port', 'number'], says: none }]
      : [],
  )
  const ingress = itemsOf(spec, 'ingress').flatMap(([index, of]): Remark[] => {
    const path = ['spec', 'ingress', index]
    const end = textOf(of, 'defaultEndpoint')
    return [
      ...(has(of, 'port') && !isPort(field(inside(of, 'port'), 'number')) ? [{ path: [...path, 'port', 'number'], says: none }] : []),
      ...(end === '' || isOwnEnd(end)
        ? []
        : [
            {
              path: [...path, 'defaultEndpoint'],
              says: both(
                `${end} is no end in the pod: write 127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix://PATH.`,
                `${end} 不是 Pod 内的地址：请写 127.0.0.1:端口、0.0.0.0:端口、[::1]:端口、[::]:端口 或 unix://路径。`,
              ),
            },
          ]),
    ]
  })
  return [...egress, ...ingress]
}

function isOwnEnd(end: string): boolean {
  if (end.startsWith(unix)) return /^unix:\/\/[/@]./.test(end)
  const [, port = ''] = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\]|):(\d+)$/.exec(end) ?? []
  return isPort(Number(port))
}

const ways = ['httpGet', 'tcpSocket', 'exec', 'grpc']
const probe = (spec: Loose): Remark[] =>
  has(spec, 'probe') && ways.every((name) => !has(inside(spec, 'probe'), name))
    ? [
        {
          path: ['spec', 'probe'],
          says: both('A probe needs a way to ask: httpGet, tcpSocket or exec.', '探针需要探测方式：httpGet、tcpSocket 或 exec。'),
        },
      ]
    : []

/** What is behind a Unix socket has no ports to tell apart. */
const sockets = (spec: Loose): Remark[] =>
  itemsOf(spec, 'endpoints')
    .filter(([, endpoint]) => textOf(endpoint, 'address').startsWith(unix) && asList(spec.ports).length !== 1)
    .map(([index]) => ({
      path: ['spec', 'endpoints', index, 'address'],
      says: both(
        'A Unix socket serves one port: Istio refuses it in an entry with more.',
        'Unix 套接字只提供一个端口：条目有多个端口时 Istio 会拒绝。',
      ),
    }))

const looks: Readonly<Record<string, (spec: Loose) => Remark[]>> = {
  DestinationRule: tunnels,
  Sidecar: listeners,
  WorkloadGroup: probe,
  ServiceEntry: sockets,
}

const sidecar = (lines: string) => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: own, namespace: default}
spec:
${lines}
`
const group = (lines: string) => `apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: {name: vms, namespace: default}
spec:
  template: {ports: {http: 80}}
${lines}
`
const tunnel = (protocol: string) =>
  destinationRule(`  trafficPolicy: {tunnel: {protocol: ${protocol}, targetHost: edition.cnn.com, targetPort: 443}}\n`)
const socket = (ports: string) => serviceEntry({ resolution: 'STATIC', ports, more: '  endpoints: [{address: "unix:///var/run/x"}]\n' })
const http = '{number: 80, name: http, protocol: HTTP}'

const values = documentRule({
  id: 'W49',
  level: 'error',
  title: both('Values that Istio looks at beyond the CRD', 'CRD 之外由 Istio 检查的值'),
  why: both(
    'Some values fit their type and mean nothing to Istio: a tunnel that is neither CONNECT nor POST, a listener without a port or with an end outside of its pod, a probe that asks for nothing, a Unix socket for several ports.',
    '有些值符合类型，但对 Istio 没有意义：既不是 CONNECT 也不是 POST 的隧道，没有端口或终点不在 Pod 内的监听器，没有探测方式的探针，对应多个端口的 Unix 套接字。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/'],
  group: networking,
  kinds: Object.keys(looks),
  look: (spec, { kind }) => looks[kind]?.(spec) ?? [],
  good: [
    { says: 'a tunnel by POST', yaml: tunnel('POST') },
    {
      says: 'an end in the pod',
      yaml: sidecar('  ingress: [{port: {number: 80, protocol: HTTP, name: http}, defaultEndpoint: "127.0.0.1:8080"}]'),
    },
  ],
  bad: [
    {
      says: 'a tunnel by GET',
      yaml: tunnel('GET'),
      at: 'DestinationRule/cnn spec.trafficPolicy.tunnel.protocol',
      shows: { check: 'tunnel protocol must be' },
    },
    {
      says: 'a listener without a number',
      yaml: sidecar('  egress: [{port: {protocol: HTTP, name: http}, hosts: ["./*"]}]'),
      at: 'Sidecar/own spec.egress.0.port.number',
      shows: { check: 'ports with 0 value must have a unix domain socket bind address' },
    },
    {
      says: 'an end without a port',
      yaml: sidecar('  ingress: [{port: {number: 80, protocol: HTTP, name: http}, defaultEndpoint: localhost}]'),
      at: 'Sidecar/own spec.ingress.0.defaultEndpoint',
      shows: { check: 'missing port in address' },
    },
    {
      says: 'an ingress listener on port 0',
      yaml: sidecar('  ingress: [{port: {number: 0, protocol: HTTP, name: http}}]'),
      at: 'Sidecar/own spec.ingress.0.port.number',
      shows: { check: 'must be in the range 1..65535' },
    },
    {
      says: 'a probe of nothing',
      yaml: group('  probe: {periodSeconds: 5}'),
      at: 'WorkloadGroup/vms spec.probe',
      shows: { check: 'unknown health check method' },
    },
    {
      says: 'a socket for two ports',
      yaml: socket(`[${http}, {number: 81, name: http-alt, protocol: HTTP}]`),
      at: 'ServiceEntry/cnn spec.endpoints.0.address',
      shows: { check: 'exactly 1 service port required for unix endpoints' },
    },
  ],
})

export const webhookValues = [values]
