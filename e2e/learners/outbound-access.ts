import type { Learner } from './kind'

export const outboundAccess: Learner = {
  lesson: 'outbound-access',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    { acts: [{ outbound: 'REGISTRY_ONLY' }] },
    {
      wrong: [{ outbound: 'ALLOW_ANY' }],
      acts: [{ outbound: 'REGISTRY_ONLY' }, { flow: 'sleep HTTP -> edition.cnn.com DISABLE' }],
    },
    { acts: [{ flow: 'sleep HTTPS -> edition.cnn.com PASSTHROUGH' }] },
    {
      wrong: [{ outbound: 'ALLOW_ANY' }],
      acts: [
        { outbound: 'REGISTRY_ONLY' },
        { remove: 'sidecar legacy' },
        { send: { from: 'default/legacy', url: 'http://www.wikipedia.org/' } },
      ],
    },
  ],
}
