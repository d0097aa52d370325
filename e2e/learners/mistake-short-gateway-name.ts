import type { Learner } from './kind'

export const mistakeShortGatewayName: Learner = {
  lesson: 'mistake-short-gateway-name',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: 'gateways: [mesh, cnn-gateway]', by: 'gateways: [mesh, istio-system/cnn-gateway]' }],
      acts: [{ edit: 'gateways: [cnn-gateway]', by: 'gateways: [istio-system/cnn-gateway]' }],
    },
    { acts: [{ fix: 'L19' }, { send: { url: 'http://edition.cnn.com/politics' } }] },
  ],
}
