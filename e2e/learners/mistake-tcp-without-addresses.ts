import type { Learner } from './kind'

export const mistakeTcpWithoutAddresses: Learner = {
  lesson: 'mistake-tcp-without-addresses',
  steps: [
    { acts: [{ send: { url: 'https://www.wikipedia.org/' } }] },
    { wrong: [{ outbound: 'REGISTRY_ONLY' }], acts: [{ outbound: 'ALLOW_ANY' }, { fix: 'L12' }] },
    { acts: [{ outbound: 'REGISTRY_ONLY' }] },
  ],
}
