import type { Learner } from './kind'

const rule = 'name: originate-tls-for-cnn\n  namespace: default\nspec:\n'
const toAll = `  exportTo: [istio-system]
  host: edition.cnn.com
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls: {mode: SIMPLE}
`
const asSubset = `  host: edition.cnn.com
  subsets:
  - name: tls-origination
    trafficPolicy:
      portLevelSettings:
      - port: {number: 443}
        tls: {mode: SIMPLE}
`

export const mistakeDoubleTls: Learner = {
  lesson: 'mistake-double-tls',
  steps: [
    { acts: [{ send: { url: 'https://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: rule, by: `${rule}  exportTo: ["."]\n` }],
      acts: [{ edit: 'exportTo: ["."]', by: 'exportTo: [istio-system]' }],
    },
    {
      wrong: [{ edit: toAll, by: asSubset }],
      acts: [{ edit: '        port: {number: 443}\n', by: '        subset: tls-origination\n        port: {number: 443}\n' }],
    },
  ],
}
