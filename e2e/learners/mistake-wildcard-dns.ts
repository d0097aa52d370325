import type { Learner } from './kind'

export const mistakeWildcardDns: Learner = {
  lesson: 'mistake-wildcard-dns',
  steps: [
    { acts: [{ send: { url: 'https://en.wikipedia.org/' } }] },
    { wrong: [{ edit: 'resolution: DNS', by: 'resolution: STATIC' }], acts: [{ edit: 'resolution: STATIC', by: 'resolution: NONE' }] },
    {
      acts: [
        { edit: '["*.wikipedia.org"]', by: '[en.wikipedia.org, de.wikipedia.org]' },
        { edit: 'resolution: NONE', by: 'resolution: DNS' },
        { send: { url: 'https://fr.wikipedia.org/' } },
      ],
    },
  ],
}
