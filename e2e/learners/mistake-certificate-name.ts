import type { Learner } from './kind'

export const mistakeCertificateName: Learner = {
  lesson: 'mistake-certificate-name',
  steps: [
    { acts: [{ send: { url: 'http://news.example.com/politics' } }] },
    {
      wrong: [{ edit: '{mode: SIMPLE}', by: '{mode: SIMPLE, insecureSkipVerify: true}' }],
      acts: [{ edit: 'insecureSkipVerify: true', by: 'sni: edition.cnn.com' }],
    },
    { acts: [{ fix: 'L10' }, { send: { url: 'http://news.example.com/politics' } }] },
  ],
}
