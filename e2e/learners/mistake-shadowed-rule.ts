import type { Learner } from './kind'

const limit = `  trafficPolicy:
    connectionPool:
      tcp: {maxConnections: 100}
`
const subset = `  subsets:
  - name: httpbin
    trafficPolicy:
      tls: {mode: ISTIO_MUTUAL, sni: httpbin.org}
`
const host = '  host: istio-egressgateway.istio-system.svc.cluster.local\n'
const common = `  name: egressgateway\n  namespace: istio-system\nspec:\n${host}`
const ofShop = `---
# the shop team: not more than 100 connections to the gateway
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: limit-egress
  namespace: shop
spec:
${host}${limit}${subset}`

export const mistakeShadowedRule: Learner = {
  lesson: 'mistake-shadowed-rule',
  steps: [
    { acts: [{ send: { from: 'shop/sleep', url: 'http://httpbin.org/get' } }] },
    {
      wrong: [{ edit: limit, by: `${limit}  subsets:\n  - name: httpbin\n` }],
      acts: [{ edit: `${limit}  subsets:\n  - name: httpbin\n`, by: limit + subset }],
    },
    { wrong: [{ edit: common, by: common + limit }], acts: [{ edit: ofShop, by: '' }] },
  ],
}
