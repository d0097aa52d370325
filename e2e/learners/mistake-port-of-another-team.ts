import type { Learner } from './kind'

export const mistakePortOfAnotherTeam: Learner = {
  lesson: 'mistake-port-of-another-team',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: '{host: edition.cnn.com, port: {number: 443}}', by: '{host: edition.cnn.com, port: {number: 80}}' }],
      acts: [
        { edit: '{host: edition.cnn.com, port: {number: 80}}', by: '{host: edition.cnn.com, port: {number: 443}}' },
        {
          edit: '  creationTimestamp: "2024-02-01T09:00:00Z"\nspec:',
          by: '  creationTimestamp: "2024-02-01T09:00:00Z"\nspec:\n  exportTo: ["."]',
        },
        { send: { url: 'http://edition.cnn.com/politics' } },
      ],
    },
    {
      wrong: [
        {
          edit: '  - {number: 80, name: http-web, protocol: HTTP}',
          by: '  - {number: 80, name: http-web, protocol: HTTP}\n  - {number: 443, name: http-secure, protocol: HTTP}',
        },
      ],
      acts: [
        { edit: '{number: 443, name: http-secure, protocol: HTTP}', by: '{number: 443, name: https, protocol: HTTPS}' },
        { send: { from: 'billing/invoices', url: 'https://edition.cnn.com/politics' } },
      ],
    },
  ],
}
