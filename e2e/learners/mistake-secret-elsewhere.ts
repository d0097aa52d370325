import type { Learner } from './kind'

export const mistakeSecretElsewhere: Learner = {
  lesson: 'mistake-secret-elsewhere',
  steps: [
    { acts: [{ send: { url: 'http://partner.example.com/' } }] },
    {
      wrong: [{ edit: 'credentialName: client-credential', by: 'credentialName: default/client-credential' }],
      acts: [
        { edit: 'credentialName: default/client-credential', by: 'credentialName: client-credential' },
        { edit: '  name: client-credential\n  namespace: default', by: '  name: client-credential\n  namespace: istio-system' },
        { send: { url: 'http://partner.example.com/' } },
      ],
    },
  ],
}
