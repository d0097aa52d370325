import type { Learner } from './kind'

export const mistakeMissingFiles: Learner = {
  lesson: 'mistake-missing-files',
  steps: [
    { acts: [{ send: { url: 'http://partner.example.com/' } }, { send: { from: 'team-b/web', url: 'https://partner.example.com/' } }] },
    {
      wrong: [{ edit: '  name: partner-mtls\n  namespace: default', by: '  name: partner-mtls\n  namespace: istio-system' }],
      acts: [{ edit: '  host: partner.example.com', by: '  host: partner.example.com\n  exportTo: ["."]' }],
    },
    { acts: [{ send: { from: 'team-b/web', url: 'http://partner.example.com/' } }] },
  ],
}
