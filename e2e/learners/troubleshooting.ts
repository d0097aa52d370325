import type { Learner } from './kind'

const send = { send: { url: 'http://edition.cnn.com/politics' } }

export const troubleshooting: Learner = {
  lesson: 'troubleshooting',
  steps: [
    { acts: [send, { fix: 'L4' }] },
    { acts: [send, { edit: 'subset: edition', by: 'subset: cnn' }] },
    {
      wrong: [
        {
          edit: '{number: 80}, tls: {mode: ISTIO_MUTUAL}',
          by: '{number: 80}, tls: {mode: ISTIO_MUTUAL, sni: istio-egressgateway.istio-system.svc.cluster.local}',
        },
      ],
      acts: [send, { edit: 'sni: istio-egressgateway.istio-system.svc.cluster.local', by: 'sni: edition.cnn.com' }],
    },
    { acts: [send, { edit: 'port: 8080', by: 'port: 80' }] },
    { acts: [send, { edit: 'resolution: NONE', by: 'resolution: DNS' }] },
    { acts: [{ send: { url: 'https://www.wikipedia.org/' } }, { fix: 'L3' }] },
  ],
}
