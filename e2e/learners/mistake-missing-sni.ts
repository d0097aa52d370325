import type { Learner } from './kind'

const hosts = (host: string) => `    hosts:\n    - ${host}\n`

export const mistakeMissingSni: Learner = {
  lesson: 'mistake-missing-sni',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: hosts('edition.cnn.com'), by: hosts('"*"') }],
      acts: [{ edit: hosts('"*"'), by: hosts('edition.cnn.com') }, { fix: 'L1' }],
    },
  ],
}
