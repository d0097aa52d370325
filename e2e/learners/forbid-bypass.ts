import type { Learner } from './kind'

const from = 'test-egress/sleep'

export const forbidBypass: Learner = {
  lesson: 'forbid-bypass',
  steps: [
    { acts: [{ outbound: 'REGISTRY_ONLY' }, { send: { url: 'https://www.example.org/' } }] },
    { acts: [{ send: { from, url: 'https://www.example.org/' } }] },
    { acts: [{ guard: 'test-egress' }] },
    { acts: [{ flow: 'pod test-egress/sleep' }, { send: { from, url: 'https://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: 'name: egressgateway-for-cnn, namespace: default', by: 'name: egressgateway-for-cnn, namespace: test-egress' }],
      acts: [{ edit: 'name: egressgateway-for-cnn, namespace: test-egress', by: 'name: egressgateway-for-cnn, namespace: istio-system' }],
    },
    { acts: [{ guard: 'default' }] },
  ],
}
