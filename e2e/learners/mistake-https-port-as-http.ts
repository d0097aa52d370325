import type { Learner } from './kind'

export const mistakeHttpsPortAsHttp: Learner = {
  lesson: 'mistake-https-port-as-http',
  steps: [
    { acts: [{ send: { url: 'https://www.wikipedia.org/' } }] },
    { acts: [{ outbound: 'REGISTRY_ONLY' }] },
    { wrong: [{ edit: 'name: http-443', by: 'name: https' }], acts: [{ fix: 'L12' }] },
  ],
}
