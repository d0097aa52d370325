import type { Learner } from './kind'

const hosts = (host: string) => `    hosts:\n    - ${host}\n`

const leg = '        host: edition.cnn.com\n        port: {number: 80}\n'
const second = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: www-cnn
  namespace: default
spec:
  hosts: [www.cnn.com]
  ports:
  - {number: 80, name: http, protocol: HTTP}
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: www-cnn-through-egress-gateway
  namespace: default
spec:
  hosts: [www.cnn.com]
  gateways: [mesh, istio-egressgateway]
  http:
  - match:
    - gateways: [mesh]
      port: 80
    route:
    - destination:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subset: cnn
        port: {number: 80}
  - match:
    - gateways: [istio-egressgateway]
      port: 80
    route:
    - destination:
        host: www.cnn.com
        port: {number: 80}
`

export const mistakeMissingSni: Learner = {
  lesson: 'mistake-missing-sni',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: hosts('edition.cnn.com'), by: hosts('"*"') }],
      acts: [{ edit: hosts('"*"'), by: hosts('edition.cnn.com') }, { fix: 'L1' }],
    },
    {
      wrong: [{ edit: leg, by: leg + second }],
      acts: [{ edit: hosts('edition.cnn.com'), by: `${hosts('edition.cnn.com')}    - www.cnn.com\n` }],
    },
  ],
}
