/** Then and now: making a host known. */
import { both } from '../../core/base/text'
import type { Comparison } from '../kind'
import { place, version } from './reasons'

export const outboundAccessThen: readonly Comparison[] = [
  {
    title: both('The ServiceEntry for both ports', '两个端口的 ServiceEntry'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata:
  name: cnn
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
`,
    today: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: cnn
  namespace: default
spec:
  hosts:
  - edition.cnn.com
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
`,
    reasons: [version, place],
  },
  {
    title: both('The same for another host', '换一个主机'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata:
  name: cnn
spec:
  hosts:
  - httpbin.org
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
`,
    today: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: httpbin
  namespace: default
spec:
  hosts:
  - httpbin.org
  ports:
  - number: 80
    name: http-port
    protocol: HTTP
  - number: 443
    name: https
    protocol: HTTPS
  resolution: DNS
`,
    reasons: [
      version,
      place,
      {
        at: 'name: httpbin',
        says: both(
          'The name decides nothing, but `cnn` for httpbin.org misleads whoever reads `kubectl get serviceentry` later.',
          '对象的名称不影响行为，但把 httpbin.org 叫作 `cnn`，以后看 `kubectl get serviceentry` 的人会被误导。',
        ),
      },
    ],
  },
]
